/**
 * The form of OGP Local, ready to be pasted: its own questions in its own order, each with the plan's answer. The numbers are
 * those of the published form as it was read in 2024, and which part of the plan answers which is the plan form's own table
 * (`planRows`). A question that nobody answered yet stays empty.
 */
import type { WrittenLanguage } from '@cabildo/protocol/names'
import { ogpPlan, type PlanRow, planRows } from '@cabildo/schema/templates/ogp-plan'
import type { Localized } from '@cabildo/schema/templates/template'
import { type Block, clean, heading, type Outline, paragraph } from './outline.ts'
import type { Exporting, PlanText } from './plan-text.ts'
import { csvOf } from './tables.ts'
import { dayOf } from './words.ts'

/** A row of the form: a part of it, a question, the answer. */
interface FormRow {
  number: string
  part: string
  question: string
  answer: string
}

/** Rows that follow those of the plan's own form. */
const endorsementRow = 28
const letterRow = 29

/** The questions of the form in OGP's words (Spanish: ours), by row. Rows 31 to 33 are files, photos and pages of their own. */
const questions: Readonly<Record<number, Localized>> = {
  1: {
    es: 'Título de la página',
    en: 'Page title',
  },
  2: {
    es: 'Plan de acción',
    en: 'Action Plan',
  },
  3: {
    es: 'Presentación del plan de acción',
    en: 'Action Plan Submission',
  },
  4: {
    es: 'Fin del plan de acción',
    en: 'Action Plan End',
  },
  5: {
    es: 'Institución responsable',
    en: 'Lead Institution',
  },
  6: {
    es: 'Descripción: duración',
    en: 'Description: Duration',
  },
  7: {
    es: 'Fecha de presentación',
    en: 'Date Submitted',
  },
  8: {
    es: 'Prólogo(s)',
    en: 'Foreword(s)',
  },
  9: {
    es: '¿Cuál es la visión a largo plazo de gobierno abierto en su contexto y jurisdicción?',
    en: 'What is the long-term vision for open government in your context and jurisdiction?',
  },
  10: {
    es: '¿Cuáles son los logros de gobierno abierto hasta la fecha (por ejemplo, reformas recientes)?',
    en: 'What are the achievements in open government to date (for example, recent open government reforms)?',
  },
  11: {
    es: '¿Cuáles son los retos o áreas por mejorar que la jurisdicción quiere atender?',
    en: 'What are the current challenges/areas for improvement in open government that the jurisdiction wishes to tackle?',
  },
  12: {
    es: '¿Cuáles son las metas de gobierno abierto a mediano plazo?',
    en: 'What are the medium-term open government goals that the government wants to achieve?',
  },
  13: {
    es: '¿Cómo contribuye este plan a lograr la visión estratégica de gobierno abierto?',
    en: 'How does this action plan contribute to achieve the Open Government Strategic Vision?',
  },
  14: {
    es: '¿Cómo contribuye la visión estratégica a las metas de la administración actual?',
    en: "How does the open government strategic vision contribute to the accomplishment of the current administration's overall policy goals?",
  },
  15: {
    es: 'Enumere las instituciones responsables de implementar este plan de acción.',
    en: 'Please list the lead institutions responsible for the implementation of this OGP action plan.',
  },
  16: {
    es: '¿Qué arreglos institucionales hay para coordinar entre dependencias la implementación del plan?',
    en: 'What kind of institutional arrangements are in place to coordinate between government agencies and departments to implement the OGP action plan?',
  },
  17: {
    es: '¿Qué espacios usó o creó para que gobierno y sociedad civil colaboraran? Mencione los presenciales y los virtuales.',
    en: 'What kind of spaces have you used or created to enable the collaboration between government and civil society in the co-creation and implementation of this action plan? Mention both offline and online spaces.',
  },
  18: {
    es: '¿Qué medidas tomó para asegurar la diversidad de representación en esos espacios?',
    en: 'What measures did you take to ensure diversity of representation (including vulnerable or marginalized populations) in these spaces?',
  },
  19: {
    es: '¿Quiénes participaron en esos espacios?',
    en: 'Who participated in these spaces?',
  },
  20: {
    es: '¿Cuántos grupos participaron en esos espacios?',
    en: 'How many groups participated in these spaces?',
  },
  21: {
    es: '¿Cuántas reuniones abiertas al público hubo durante la cocreación?',
    en: 'How many public-facing meetings were held in the co-creation process?',
  },
  22: {
    es: '¿Cómo seguirán colaborando el gobierno y los actores no gubernamentales durante la implementación?',
    en: 'How will government and non-governmental stakeholders continue to collaborate through the implementation of the action plan?',
  },
  23: {
    es: 'Describa el ente de monitoreo independiente de este plan.',
    en: 'Please describe the independent Monitoring Body you have identified for this plan.',
  },
  24: {
    es: 'Proporcione los datos de contacto del ente de monitoreo independiente.',
    en: 'Provide the contact details for the independent monitoring body.',
  },
  25: {
    es: '¿Qué actividades tendrá para conversar sobre el avance con los actores?',
    en: 'What types of activities will you have in place to discuss progress on commitments with stakeholders?',
  },
  26: {
    es: '¿Cómo dará seguimiento regular al avance con las dependencias?',
    en: 'How will you regularly check in on progress with implementing agencies?',
  },
  27: {
    es: '¿Cómo compartirá los resultados del monitoreo con el público?',
    en: 'How will you share the results of your monitoring efforts with the public?',
  },
  28: {
    es: 'Aval de actores no gubernamentales',
    en: 'Endorsement from Non-Governmental Stakeholders',
  },
  29: {
    es: 'Cartas de apoyo y demás archivos',
    en: 'Support letters and downloads',
  },
}

const endorsementPart: Localized = {
  es: 'Aval de actores no gubernamentales',
  en: 'Endorsement from Non-Governmental Stakeholders',
}

const unpublished: Localized = {
  es: 'No se publica: escríbalo en el formulario.',
  en: 'Never published: type it into the form.',
}

const columns = {
  es: ['N.º', 'Parte del formulario', 'Pregunta', 'Respuesta'],
  en: ['No.', 'Part of the form', 'Question', 'Answer'],
} as const

const commitmentPart = {
  es: (number: number, title: string) => `Compromiso ${number}: ${title}`,
  en: (number: number, title: string) => `Commitment ${number}: ${title}`,
} as const

/** A question of the form of one commitment, in its order, with the fields or facts that answer it. */
const ofCommitment: readonly { text: Localized; keys: readonly string[] }[] = [
  { text: { es: 'Inicio del compromiso', en: 'Commitment Start' }, keys: ['periodStart'] },
  { text: { es: 'Fin del compromiso', en: 'Commitment End' }, keys: ['periodEnd'] },
  {
    text: { es: 'Instituciones involucradas', en: 'Institutions involved' },
    keys: ['leadInstitution', 'supportGovernment', 'supportCivilSociety', 'supportOther'],
  },
  { text: { es: 'Área de política principal', en: 'Primary Policy Area' }, keys: ['policyAreas'] },
  { text: { es: 'Valor de OGP', en: 'OGP Value' }, keys: ['ogpValues'] },
  { text: { es: 'Número en OGP', en: 'Commitment ID' }, keys: ['ogpId'] },
  { text: { es: 'Breve descripción', en: 'Brief description' }, keys: ['summary'] },
  { text: { es: 'Problema', en: 'Problem' }, keys: ['problem', 'causes'] },
  { text: { es: 'Situación actual', en: 'Status quo' }, keys: ['background'] },
  { text: { es: 'Acción', en: 'Action' }, keys: ['solution'] },
  {
    text: {
      es: '¿Cómo contribuirá el compromiso a resolver el problema?',
      en: 'How will the commitment contribute to solving the public problem described above?',
    },
    keys: ['results'],
  },
  {
    text: {
      es: '¿Por qué es pertinente para ese valor de OGP?',
      en: 'Why is this commitment relevant to this value?',
    },
    keys: ['transparency', 'accountability', 'participation'],
  },
  { text: { es: 'Recursos necesarios', en: 'Resources needed' }, keys: ['resources'] },
  { text: { es: 'Hitos', en: 'Milestones' }, keys: ['milestones'] },
]

/** Every question with its answer: those of the plan, then those of each commitment. */
function formRows(plan: PlanText, language: WrittenLanguage): FormRow[] {
  const { endorsements, files } = plan
  const row = (number: number, part: string, answer: string): FormRow => ({
    ...{ number: String(number), part, question: questions[number]?.[language] ?? '', answer },
  })
  const backed = endorsements.map(({ name, role, organisation }) =>
    [name, role, organisation].filter(Boolean).join(', '),
  )
  return [
    ...planRows.map((one) => row(one.row, partOf(one, language), answerOf(plan, one, language))),
    row(endorsementRow, endorsementPart[language], lines([...new Set(backed)])),
    row(letterRow, endorsementPart[language], lines(files.map(({ name, sha256 }) => `${name} (SHA-256 ${sha256})`))),
    ...plan.commitments.flatMap(({ number, title, facts, fields }) => {
      const part = commitmentPart[language](number, title)
      return ofCommitment.map(({ text, keys }, at) => ({
        ...{ number: `33.${number}.${at + 1}`, part, question: text[language] },
        answer: keys
          .map(
            (key) =>
              (facts.find((one) => one.key === key) ?? fields.find((one) => one.key === key))?.text[language] ?? '',
          )
          .filter((answer) => answer !== '')
          .join('\n\n'),
      }))
    }),
  ]
}

const partOf = ({ section }: PlanRow, language: WrittenLanguage): string =>
  ogpPlan.sections.find(({ id }) => id === section)?.label[language] ?? ''

const lines = (several: readonly string[]): string => several.filter((one) => one !== '').join('\n')

/** What answers a row of the plan's form. What the program knows of spaces and groups stands below what people wrote. */
function answerOf({ facts, sections, meetings, groups }: PlanText, one: PlanRow, language: WrittenLanguage): string {
  if (one.by === 'private') return unpublished[language]
  if (one.by === 'known') return facts.find(({ key }) => key === one.known)?.text[language] ?? ''
  const written = sections.find(({ key }) => key === one.field)?.text[language] ?? ''
  const known = {
    spaces: () => lines(meetings.map(({ heldOn, title, place }) => `${heldOn}: ${title}, ${place}`)),
    participants: () => lines(groups.map(({ name }) => name)),
  }
  const more = one.field === 'spaces' || one.field === 'participants' ? known[one.field]() : ''
  return [written, more].filter((text) => text !== '').join('\n\n')
}

/** The form as a table, a row for each question. */
export function formSheet(plan: PlanText, language: WrittenLanguage): string {
  return csvOf([
    columns[language],
    ...formRows(plan, language).map(({ number, part, question, answer }) => [number, part, question, answer]),
  ])
}

const page = {
  es: {
    title: 'Formulario de OGP',
    lead: 'Cada pregunta con su número y la respuesta del plan, para copiar.',
    empty: 'Sin respuesta todavía.',
  },
  en: {
    title: 'OGP form',
    lead: 'Each question with its number and the plan’s answer, to be copied.',
    empty: 'No answer yet.',
  },
} as const

/** The form as a page, from which answers are copied one by one. */
export function formOutline(plan: PlanText, { language, at, address }: Exporting): Outline {
  const say = page[language]
  const title = clean(`${say.title}: ${plan.title}`)
  let before = ''
  const blocks = formRows(plan, language).flatMap(({ number, part, question, answer }): Block[] => {
    const begins = part !== before
    before = part
    return [
      ...(begins ? [heading(2, part)] : []),
      heading(3, `${number}. ${question}`, `q${number.replaceAll('.', '-')}`),
      ...(answer === ''
        ? [{ kind: 'note', text: say.empty } as const]
        : answer.split('\n').filter(Boolean).map(paragraph)),
    ]
  })
  return {
    ...{ language, title, author: clean(plan.place), at, blocks },
    lines: [say.lead, dayOf(at, language)],
    foot: { lines: [title], address },
  }
}
