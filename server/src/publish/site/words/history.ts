import type { Act, PlanAct } from '@cabildo/protocol/lifecycle'
import type { WrittenLanguage } from '@cabildo/protocol/names'

/** Words of the page that tells how a text came to be. */
export interface HistoryWords {
  historyTitle: string
  historyLead: string
  timeline: string
  noEvents: string
  act: Record<Act, string>
  planAct: Record<PlanAct, string>
  happened: {
    text: (version: number) => string
    endorsement: (organisation: string) => string
    letter: (organisation: string) => string
    progress: (number: number, status: string) => string
    assessment: (level: string) => string
  }
  closes: (day: string) => string
  allDissents: string
  why: string
}

const es: HistoryWords = {
  historyTitle: 'Cómo se llegó a este texto',
  historyLead: 'Lo que pasó desde que se anunció el plan: reuniones, consultas y decisiones.',
  timeline: 'Qué pasó y cuándo',
  noEvents: 'Todavía no ha pasado nada público.',
  act: {
    ...{ begin: 'Empezó la redacción', review: 'Pasó a revisión', consult: 'Se abrió la consulta pública' },
    ...{ respond: 'Se cerró la consulta', propose: 'Se propuso como texto final' },
    ...{ propose_unconsulted: 'Se propuso como final, sin consulta', endorse: 'La sociedad civil lo avaló' },
    ...{ approve: 'Se aprobó', return: 'Se devolvió para ajustarlo', recall: 'Se retiró la solicitud de aprobación' },
    ...{ submit: 'Se presentó', implement: 'Empezó la implementación', complete: 'Se dio por completado' },
    ...{ resume: 'Volvió a la implementación', assess: 'Se evaluó', amend: 'Se abrió una enmienda' },
    ...{ redraft: 'Volvió a la redacción', reconsult: 'Se consultó otra vez', merge: 'Se fusionó con otro' },
    ...{ withdraw: 'Se retiró', restore: 'Se retomó', extend: 'Se dio más plazo a la consulta' },
  },
  planAct: {
    ...{ announce: 'Se anunció el plan', gather: 'Se abrió la recolección de aportes' },
    ...{ gather_longer: 'Se dio más plazo para aportar', draft: 'Empezó la redacción del plan' },
    ...{ consult: 'Se abrió la consulta pública del plan', extend: 'Se dio más plazo a la consulta del plan' },
    ...{ respond: 'Se cerró la consulta del plan', revise: 'Empezó la revisión del plan' },
    ...{ revise_unconsulted: 'Empezó la revisión del plan, sin consulta', propose: 'El plan se propuso al foro' },
    ...{ endorse: 'El foro avaló el plan', submit: 'El plan se presentó a OGP' },
    ...{ implement: 'Empezó la implementación del plan', inspect: 'Empezó la evaluación inicial' },
    ...{ report: 'Se recibió el informe de la evaluación inicial', close: 'El plan se cerró' },
    ...{ amend: 'Se abrió una modificación del plan', replan: 'El plan volvió a la preparación' },
    ...{ recall: 'El plan volvió a la convocatoria', regather: 'Se volvió a abrir la recolección de aportes' },
    ...{ redraft: 'El plan volvió a la redacción', reconsult: 'El plan se consultó otra vez' },
    ...{ return: 'El plan se devolvió para ajustarlo', reopen: 'El plan se abrió otra vez' },
  },
  happened: {
    text: (version) => `Se publicó el texto del plan, versión ${version}`,
    endorsement: (organisation) => `Aval de ${organisation}`,
    letter: (organisation) => `Carta de apoyo de ${organisation}`,
    progress: (number, status) => `Informe sobre el hito ${number}: ${status.toLowerCase()}`,
    assessment: (level) => `Evaluación del ente de monitoreo: ${level.toLowerCase()}`,
  },
  closes: (day) => `Hasta el ${day}`,
  allDissents: 'Posiciones reservadas',
  why: 'Por qué',
}

const en: HistoryWords = {
  historyTitle: 'How this text came to be',
  historyLead: 'What happened since the plan was announced: meetings, consultations and decisions.',
  timeline: 'What happened, and when',
  noEvents: 'Nothing public has happened yet.',
  act: {
    ...{ begin: 'Drafting began', review: 'It went into review', consult: 'The public consultation opened' },
    ...{ respond: 'The consultation closed', propose: 'It was proposed as the final text' },
    ...{ propose_unconsulted: 'It was proposed as final, without consultation', endorse: 'Civil society endorsed it' },
    ...{
      approve: 'It was approved',
      return: 'It was returned to be adjusted',
      recall: 'The request for approval was withdrawn',
    },
    ...{ submit: 'It was submitted', implement: 'Implementation began', complete: 'It was declared complete' },
    ...{ resume: 'It went back to implementation', assess: 'It was assessed', amend: 'An amendment was opened' },
    ...{
      redraft: 'It went back to drafting',
      reconsult: 'It was consulted on again',
      merge: 'It was merged into another',
    },
    ...{
      withdraw: 'It was withdrawn',
      restore: 'It was taken up again',
      extend: 'The consultation was given more time',
    },
  },
  planAct: {
    ...{ announce: 'The plan was announced', gather: 'The gathering of contributions opened' },
    ...{ gather_longer: 'More time was given for contributions', draft: 'The drafting of the plan began' },
    ...{ consult: 'The public consultation of the plan opened', extend: 'More time was given to its consultation' },
    ...{ respond: 'The consultation of the plan closed', revise: 'The revision of the plan began' },
    ...{ revise_unconsulted: 'The revision of the plan began, without consultation' },
    ...{ propose: 'The plan was proposed to the forum', endorse: 'The forum endorsed the plan' },
    ...{ submit: 'The plan was submitted to OGP', implement: 'The implementation of the plan began' },
    ...{ inspect: 'The inception assessment began', report: 'The inception report is in' },
    ...{ close: 'The plan was closed', amend: 'The plan was opened to be amended' },
    ...{ replan: 'The plan went back to planning', recall: 'The plan went back to outreach' },
    ...{ regather: 'The gathering of contributions opened again', redraft: 'The plan went back to drafting' },
    ...{ reconsult: 'The plan was consulted on again', return: 'The plan was returned to be adjusted' },
    ...{ reopen: 'The plan was opened again' },
  },
  happened: {
    text: (version) => `The text of the plan was published, version ${version}`,
    endorsement: (organisation) => `Endorsement of ${organisation}`,
    letter: (organisation) => `Letter of support of ${organisation}`,
    progress: (number, status) => `Report on milestone ${number}: ${status.toLowerCase()}`,
    assessment: (level) => `Assessment of the monitoring body: ${level.toLowerCase()}`,
  },
  closes: (day) => `Until ${day}`,
  allDissents: 'Reserved positions',
  why: 'Why',
}

/** Words of the page that tells how a text came to be, by language. */
export const historyWords: Record<WrittenLanguage, HistoryWords> = { es, en }
