import type { TemplateShape } from './template.ts'

const rich = <Name extends string>(name: Name) => ({ name, kind: 'rich' }) as const

/**
 * What the minutes of a meeting hold, version 1: what people tell of it in words. When and where it was, who came and what
 * was brought there is no field: the program knows it from the meeting's own rows. Apart from its words, which only who
 * shows them fetches.
 */
export const meetingMinutesShape = {
  id: 'meeting-minutes',
  version: 1,
  fields: [rich('attendees'), rich('points'), rich('said'), rich('agreements'), rich('outcomes')],
  facts: [],
} as const satisfies TemplateShape

/** Name of one text of minutes. */
export type MinutesFieldName = (typeof meetingMinutesShape)['fields'][number]['name']
