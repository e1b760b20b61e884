import { type MinutesFieldName, meetingMinutesShape } from './meeting-minutes-shape.ts'
import type { Localized, Template, TemplateField } from './template.ts'

type Words = Omit<TemplateField, 'name' | 'kind' | 'ogpRow'>

const words: Readonly<Record<MinutesFieldName, Words>> = {
  attendees: {
    label: { es: 'Quiénes estuvieron', en: 'Who was there' },
    question: {
      es: '¿Qué no dicen los números sobre quienes vinieron?',
      en: 'What do the counts not say of who came?',
    },
    help: {
      es: 'La asistencia aparece sola. Cuente aquí de dónde vinieron, quién faltó y por qué, y si hubo traducción o cuidado de niños. No escriba nombres: están en la lista firmada.',
      en: 'Attendance appears by itself. Tell here where people came from, who was missing and why, and whether there was interpretation or child care. Write no names: they are on the signed list.',
    },
    softLimit: 600,
  },
  points: {
    label: { es: 'Puntos tratados', en: 'Points dealt with' },
    question: {
      es: '¿Qué puntos se trataron, y cuáles quedaron?',
      en: 'Which points were dealt with, and which were left?',
    },
    help: {
      es: 'Un punto por línea, en el orden en que se trataron. Diga qué punto pidió la gente y cuál de la agenda no se alcanzó.',
      en: 'One point a line, in the order in which they came. Say which point people asked for, and which one of the agenda was not reached.',
    },
    softLimit: 800,
  },
  said: {
    label: { es: 'Lo que se dijo', en: 'What was said' },
    question: { es: '¿Qué se dijo sobre cada punto?', en: 'What was said on each point?' },
    help: {
      es: 'Lo que pesó en la conversación, también los desacuerdos, con las palabras de la gente. Diga de qué grupo viene cada voz, sin nombres de personas.',
      en: 'What weighed in the conversation, disagreements too, in people’s own words. Say which group each voice comes from, without names of people.',
    },
    softLimit: 3000,
  },
  agreements: {
    label: { es: 'Acuerdos', en: 'Agreements' },
    question: {
      es: '¿Qué se acordó, quién lo hace y para cuándo?',
      en: 'What was agreed, who does it and by when?',
    },
    help: {
      es: 'Un acuerdo por línea, con la oficina o el grupo que responde y la fecha. Si no hubo acuerdo en algo, dígalo.',
      en: 'One agreement a line, with the office or group that answers for it and the date. Where there was no agreement, say so.',
    },
    softLimit: 1200,
  },
  outcomes: {
    label: { es: 'Qué pasa con lo que se trajo', en: 'What becomes of what was brought' },
    question: {
      es: '¿Cómo pasa al plan lo que la gente trajo?',
      en: 'How does what people brought reach the plan?',
    },
    help: {
      es: 'Los aportes de la reunión aparecen solos, con su respuesta. Explique aquí qué cambia en el plan por ellos y qué falta responder.',
      en: 'The contributions of the meeting appear by themselves, with their answers. Explain here what changes in the plan because of them and what is still to be answered.',
    },
    softLimit: 1200,
  },
}

const fields: readonly (TemplateField & { name: MinutesFieldName })[] = meetingMinutesShape.fields.map((field) => ({
  ...field,
  ...words[field.name],
}))

const section = (id: string, label: Localized, help: Localized, names: readonly MinutesFieldName[]) => ({
  ...{ id, label, help },
  ...{ fields: names, facts: [] },
})

/** The form of the minutes of a meeting, version 1, in words of ours. */
export const meetingMinutes: Template = {
  ...meetingMinutesShape,
  label: { es: 'Acta de la reunión', en: 'Minutes of the meeting' },
  sections: [
    section(
      'gathering',
      { es: 'La reunión', en: 'The meeting' },
      { es: 'Cuándo y dónde fue, y quiénes vinieron.', en: 'When and where it was, and who came.' },
      ['attendees'],
    ),
    section(
      'talk',
      { es: 'La conversación', en: 'The conversation' },
      { es: 'Los puntos y lo que se dijo de cada uno.', en: 'The points, and what was said on each.' },
      ['points', 'said'],
    ),
    section(
      'decided',
      { es: 'Lo que sale de ella', en: 'What comes of it' },
      {
        es: 'Lo que se acordó, y lo que pasa con los aportes.',
        en: 'What was agreed, and what becomes of the contributions.',
      },
      ['agreements', 'outcomes'],
    ),
  ],
  fields,
}
