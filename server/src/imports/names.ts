/** By which names of headings a form's fields and facts are found. */
import { targetsOf } from '@cabildo/schema/imported/targets'
import { folded } from '@cabildo/schema/imported/words'
import type { Template } from '@cabildo/schema/templates/template'

/** Other names that headings have in OGP's own forms and handbook, and in texts that towns write, in both languages. */
const otherNames: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'ogp-commitment': {
    'field:title': [
      ...['Número y nombre del compromiso', 'Number and Name of the Commitment', 'Título', 'Title', 'Commitment Title'],
      ...['Título del compromiso', 'Nombre'],
    ],
    'field:summary': [
      ...['Breve descripción del compromiso', 'Brief Description of the Commitment', 'Resumen', 'Summary'],
      ...['Descripción', 'Description', 'Descripción del compromiso', 'Commitment description'],
    ],
    'field:problem': [
      ...['¿Cuál es el problema que el compromiso busca abordar?', 'What problem does the commitment aim to address?'],
      ...['Problema', 'Problem', 'Definición del problema', 'Problem definition', 'Problemática', 'Problema público'],
    ],
    'field:causes': ['¿Cuáles son las causas del problema?', 'What are the causes of the problem?'],
    'field:background': [
      ...['¿Qué se ha hecho hasta ahora para resolver el problema?', 'What has been done so far to solve the problem?'],
      ...['Situación actual', 'Status quo', 'Antecedentes', 'Background'],
    ],
    'field:solution': [
      ...['¿Qué solución se propone?', 'What solution are you proposing?', 'Acción', 'Action', 'Solución propuesta'],
      'Proposed solution',
    ],
    'field:results': [
      ...['¿Qué resultados se quieren lograr con la implementación?', 'Resultados esperados', 'Expected results'],
      'What results do we want to achieve by implementing this commitment?',
    ],
    'field:transparency': [...['¿Cómo promoverá la transparencia?', 'How will the commitment promote transparency?']],
    'field:accountability': [
      ...['¿Cómo fomentará la rendición de cuentas?', 'How will the commitment help foster accountability?'],
    ],
    'field:participation': [
      '¿Cómo mejorará la participación ciudadana al definir, implementar y monitorear soluciones?',
      'How will the commitment improve citizen participation in defining, implementing, and monitoring solutions?',
      ...['Participación ciudadana', 'Citizen participation'],
    ],
    'field:resources': ['Recursos necesarios', 'Resources needed', 'Presupuesto y recursos', 'Presupuesto', 'Budget'],
    'field:milestones': [
      ...['Hitos y actividades', 'Planning', 'Planificación', 'Milestones and activities', 'Cronograma', 'Timeline'],
    ],
    'fact:leadInstitution': [
      ...['Institución responsable (líder) del compromiso', 'Commitment Lead', 'Responsable', 'Institución líder'],
      'Entidad responsable',
    ],
    'fact:periodStart': ['Fecha de inicio', 'Inicio', 'Start date', 'Commitment Start'],
    'fact:periodEnd': ['Fecha de fin', 'Fin', 'End date', 'Commitment End', 'Fecha final'],
    'fact:policyAreas': ['Área de política principal', 'Primary Policy Area', 'Áreas de política', 'Policy area'],
    'fact:ogpValues': ['Valores de OGP', 'OGP Value', 'OGP Values', 'Valores de gobierno abierto'],
  },
  'ogp-plan': {
    'field:forewords': ['Prólogo', 'Presentación', 'Foreword', 'Introducción', 'Introduction'],
    'field:vision': [
      'Visión a largo plazo',
      'Long-term vision',
      'Visión de gobierno abierto',
      'Open government vision',
    ],
    'field:achievements': ['Logros', 'Achievements', 'Avances'],
    'field:challenges': ['Desafíos'],
    'field:monitoringBody': ['Mecanismo de monitoreo', 'Monitoring mechanism', 'Órgano de monitoreo'],
  },
}

/** Finds where a heading leads; undefined when the form has nothing of that name. */
export function createNaming(template: Template): (heading: string) => string | undefined {
  const own = [
    ...template.fields.flatMap(({ name, label, question }) =>
      [label.es, label.en, question.es, question.en].map((text) => [text, `field:${name}`] as const),
    ),
    ...template.facts.flatMap(({ key, label }) => [label.es, label.en].map((text) => [text, `fact:${key}`] as const)),
  ]
  const known = targetsOf(template)
  const others = Object.entries(otherNames[template.id] ?? {}).flatMap(([target, texts]) =>
    known.has(target) ? texts.map((text) => [text, target] as const) : [],
  )
  // What the form itself says comes last, and so has the last word.
  const named = new Map([...others, ...own].map(([text, target]) => [folded(text), target]))
  return (heading) => named.get(folded(heading))
}
