import type { MinutesFieldName } from './meeting-minutes-shape.ts'
import type { Localized } from './template.ts'

/** What a reviewer will look for in each text of minutes, one short sentence each. Read by who asks for it. */
export const minutesGuidance: Readonly<Record<MinutesFieldName, readonly Localized[]>> = {
  attendees: [
    { es: 'No nombra a personas.', en: 'It names no people.' },
    { es: 'Dice quién faltó y por qué.', en: 'It says who was missing, and why.' },
  ],
  points: [
    { es: 'Sigue el orden de la reunión.', en: 'It follows the order of the meeting.' },
    { es: 'Dice qué punto no se alcanzó.', en: 'It says which point was not reached.' },
  ],
  said: [
    { es: 'Se oyen todos los grupos.', en: 'Every group is heard.' },
    { es: 'Cuenta también los desacuerdos.', en: 'It tells of disagreements too.' },
  ],
  agreements: [
    { es: 'Cada acuerdo tiene responsable.', en: 'Each agreement has somebody who answers for it.' },
    { es: 'Cada acuerdo tiene fecha.', en: 'Each agreement has a date.' },
  ],
  outcomes: [
    { es: 'Dice qué cambia en el plan.', en: 'It says what changes in the plan.' },
    { es: 'Dice qué falta responder.', en: 'It says what is still to be answered.' },
  ],
}
