import type { InputChannel, InputOutcome } from '@cabildo/protocol/http/inputs'
import { outcomeNames, type WrittenLanguage } from '@cabildo/protocol/names'

/** Words of what people brought to a plan, and what they were answered. */
export interface InputWords {
  inputsTitle: string
  inputsLead: string
  noInputs: string
  input: (number: number) => string
  takenBack: string
  nobody: string
  pending: string
  answer: string
  earlier: string
  channel: Record<InputChannel, string>
  outcome: Record<InputOutcome, string>
  about: string
  saidIn: (number: number, title: string) => string
  mergedInto: (number: number) => string
  shownInPlan: (number: number) => string
  shownIn: (number: number, commitment: number) => string
  next: string
  first: string
}

const es: InputWords = {
  inputsTitle: 'Aportes y respuestas',
  inputsLead: 'Lo que la gente trajo al plan, y lo que se le respondió.',
  noInputs: 'No hay más aportes.',
  input: (number) => `Aporte ${number}`,
  takenBack: 'Quien lo trajo lo retiró, o pidió que se borrara.',
  nobody: 'Sin nombre',
  pending: 'Todavía sin respuesta.',
  answer: 'Respuesta',
  earlier: 'Respuestas anteriores',
  channel: {
    ...{ online: 'En línea', meeting: 'En una reunión', paper: 'En papel', voice: 'De voz', photo: 'En una foto' },
    ...{ mail: 'Por correo', web: 'En esta página' },
  },
  outcome: outcomeNames.es,
  about: 'Sobre',
  saidIn: (number, title) => `Dicho en la reunión ${number}: ${title}`,
  mergedInto: (number) => `Se unió al aporte ${number}.`,
  shownInPlan: (number) => `Se ve en la versión ${number} del texto del plan.`,
  shownIn: (number, commitment) => `Se ve en la versión ${number} del compromiso ${commitment}.`,
  next: 'Aportes siguientes',
  first: 'Volver al principio',
}

const en: InputWords = {
  inputsTitle: 'Contributions and answers',
  inputsLead: 'What people brought to the plan, and what they were answered.',
  noInputs: 'There are no more contributions.',
  input: (number) => `Contribution ${number}`,
  takenBack: 'Whoever brought it took it back, or asked for it to be erased.',
  nobody: 'No name',
  pending: 'Not answered yet.',
  answer: 'Answer',
  earlier: 'Earlier answers',
  channel: {
    ...{ online: 'Online', meeting: 'At a meeting', paper: 'On paper', voice: 'By word of mouth', photo: 'In a photo' },
    ...{ mail: 'By mail', web: 'On this page' },
  },
  outcome: outcomeNames.en,
  about: 'About',
  saidIn: (number, title) => `Said at meeting ${number}: ${title}`,
  mergedInto: (number) => `It was merged into contribution ${number}.`,
  shownInPlan: (number) => `It shows in version ${number} of the text of the plan.`,
  shownIn: (number, commitment) => `It shows in version ${number} of commitment ${commitment}.`,
  next: 'Next contributions',
  first: 'Back to the first',
}

/** Words of what people brought to a plan, and what they were answered, by language. */
export const inputWords: Record<WrittenLanguage, InputWords> = { es, en }
