import { expect, test } from 'vitest'
import { contentOfState, seedDocument } from '../content.ts'
import { contentHtml } from '../html.ts'
import { meetingMinutes } from './meeting-minutes.ts'
import { minutesGuidance } from './meeting-minutes-guidance.ts'
import { meetingMinutesShape } from './meeting-minutes-shape.ts'
import type { Localized } from './template.ts'

test('[ME11] the form of minutes shows every text in one section, in order, with words in both languages', () => {
  const names = meetingMinutes.fields.map(({ name }) => name)
  expect(meetingMinutes.sections.flatMap(({ fields }) => fields)).toEqual(names)
  expect(Object.keys(minutesGuidance)).toEqual(names)
  const said: Localized[] = [
    meetingMinutes.label,
    ...meetingMinutes.sections.flatMap(({ label, help }) => [label, help]),
    ...meetingMinutes.fields.flatMap(({ label, question, help }) => [label, question, help]),
    ...Object.values(minutesGuidance).flat(),
  ]
  expect(said.filter(({ es, en }) => es.trim().length < 2 || en.trim().length < 2 || /[!¡]/.test(es + en))).toEqual([])
  const asks = ({ es, en }: Localized) => /^¿.*\?$/.test(es) && en.endsWith('?')
  expect(meetingMinutes.fields.filter(({ question }) => !asks(question))).toEqual([])
})

test('[ME11] a new document of it says so, and reads as it', () => {
  const content = contentOfState(seedDocument('', 1, meetingMinutesShape))
  expect([content.template, content.version]).toEqual(['meeting-minutes', 1])
  const paragraph = { type: 'paragraph', content: [{ type: 'text', text: 'Volver en mayo' }] }
  const written = { ...content, fields: { ...content.fields, agreements: { type: 'doc', content: [paragraph] } } }
  expect(contentHtml(written, 'en')).toBe(
    '<article lang="en"><h1>Minutes of the meeting</h1><section><h2>What comes of it</h2>' +
      '<h3>Agreements</h3><p>Volver en mayo</p></section></article>',
  )
})
