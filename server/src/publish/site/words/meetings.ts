import type { MeetingMode } from '@cabildo/protocol/http/meetings'
import { meetingModeNames, type WrittenLanguage } from '@cabildo/protocol/names'

/** Words of meetings and workshops. */
export interface MeetingWords {
  workshop: string
  meeting: string
  followUp: string
  followUps: string
  followUpsLead: string
  attended: (count: number) => string
  cameFrom: string
  mode: Record<MeetingMode, string>
  agenda: string
  results: string
  materials: string
  sentOn: (day: string) => string
  photos: string
  moreOf: string
}

const es: MeetingWords = {
  workshop: 'Taller',
  meeting: 'Reunión',
  followUp: 'Reunión de seguimiento',
  followUps: 'Reuniones de seguimiento',
  followUpsLead: 'En ellas se revisó el avance de lo aprobado en este plan.',
  attended: (count) => `${count} personas`,
  cameFrom: 'Asistieron',
  mode: meetingModeNames.es,
  agenda: 'Agenda',
  results: 'Qué salió de ella',
  materials: 'Materiales',
  sentOn: (day) => `enviado el ${day}`,
  photos: 'Fotos y archivos',
  moreOf: 'Agenda, asistencia y materiales',
}

const en: MeetingWords = {
  workshop: 'Workshop',
  meeting: 'Meeting',
  followUp: 'Follow-up meeting',
  followUps: 'Follow-up meetings',
  followUpsLead: 'At these it was looked at how far what was approved in this plan has come.',
  attended: (count) => `${count} people`,
  cameFrom: 'Who came',
  mode: meetingModeNames.en,
  agenda: 'Agenda',
  results: 'What came of it',
  materials: 'Material',
  sentOn: (day) => `sent on ${day}`,
  photos: 'Photos and files',
  moreOf: 'Agenda, attendance and material',
}

/** Words of meetings and workshops, by language. */
export const meetingWords: Record<WrittenLanguage, MeetingWords> = { es, en }
