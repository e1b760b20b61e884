import type { PlanFieldName } from './ogp-plan-shape.ts'
import type { Localized } from './template.ts'

/** What a reviewer will look for in each text of a plan, one short sentence each. Read by who asks for it. */
export const planGuidance: Readonly<Record<PlanFieldName, readonly Localized[]>> = {
  forewords: [
    { es: 'Dice quién habla y en nombre de quién.', en: 'It says who speaks, and in whose name.' },
    { es: 'Explica por qué ahora.', en: 'It explains why now.' },
  ],
  vision: [
    { es: 'Habla de la gente, no solo de la institución.', en: 'It speaks of people, not only of the institution.' },
    { es: 'Mira más allá de esta administración.', en: 'It looks beyond this administration.' },
  ],
  achievements: [
    { es: 'Cada avance tiene fecha.', en: 'Each achievement has a date.' },
    { es: 'Cada avance se puede comprobar.', en: 'Each achievement can be checked.' },
  ],
  challenges: [
    { es: 'Nombra problemas concretos.', en: 'It names concrete problems.' },
    { es: 'Se apoya en lo que dijo la gente.', en: 'It rests on what people said.' },
  ],
  goals: [
    { es: 'Cada meta dice para cuándo.', en: 'Each goal says by when.' },
    { es: 'Se podrá comprobar si se alcanzó.', en: 'One will be able to check whether it was reached.' },
  ],
  planContribution: [
    { es: 'Menciona los compromisos.', en: 'It mentions the commitments.' },
    { es: 'No repite la visión.', en: 'It does not repeat the vision.' },
  ],
  administrationGoals: [
    { es: 'Nombra metas del plan de gobierno.', en: 'It names aims of the administration’s programme.' },
    { es: 'Dice qué queda para quien venga después.', en: 'It says what remains for whoever comes next.' },
  ],
  arrangements: [
    { es: 'Dice quién coordina.', en: 'It says who coordinates.' },
    { es: 'Dice cada cuánto se reúnen.', en: 'It says how often they meet.' },
  ],
  spaces: [
    { es: 'Nombra espacios en persona y en línea.', en: 'It names places in person and online.' },
    { es: 'Dice qué se decidió en ellos.', en: 'It says what was decided there.' },
  ],
  diversity: [
    { es: 'Dice a quiénes se buscó.', en: 'It says who was sought out.' },
    { es: 'Dice qué obstáculo se quitó.', en: 'It says which obstacle was removed.' },
  ],
  participants: [
    { es: 'Concuerda con los grupos registrados.', en: 'It agrees with the groups registered.' },
    { es: 'No nombra a personas.', en: 'It names no people.' },
  ],
  collaboration: [
    { es: 'Habla del futuro.', en: 'It speaks of the future.' },
    { es: 'Dice qué podrán decidir las organizaciones.', en: 'It says what organisations will be able to decide.' },
  ],
  monitoringBody: [
    { es: 'Explica por qué es independiente.', en: 'It explains why it is independent.' },
    { es: 'No trae teléfonos ni correos.', en: 'It has no telephone numbers or addresses.' },
  ],
  discussion: [
    { es: 'Cada actividad tiene frecuencia.', en: 'Each activity has a rhythm.' },
    { es: 'Dice quién convoca.', en: 'It says who calls it.' },
  ],
  checkins: [
    { es: 'Nombra a la oficina que revisa.', en: 'It names the office that reviews.' },
    { es: 'Dice qué pasa con los atrasos.', en: 'It says what happens with delays.' },
  ],
  sharing: [
    { es: 'Los enlaces abren.', en: 'The links open.' },
    { es: 'Piensa en quien no tiene internet.', en: 'It thinks of people without internet.' },
  ],
}
