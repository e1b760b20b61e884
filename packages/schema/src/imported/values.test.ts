import { createRandom } from '@cabildo/testkit/random'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fieldJson } from '../content.arbitrary.ts'
import type { JsonNode } from '../content.ts'
import { ogpCommitment } from '../templates/ogp-commitment.ts'
import type { FieldKind, TemplateFact } from '../templates/template.ts'
import { childrenOf, textOf } from '../text.ts'
import { dayFrom, factFrom, fieldFrom } from './values.ts'
import { linesOf } from './words.ts'

const text = (words: string): JsonNode => ({ type: 'paragraph', content: [{ type: 'text', text: words }] })
const part = (...content: JsonNode[]) => [{ heading: null, content: { type: 'doc', content } }]
const row = (...cells: string[]): JsonNode => ({
  type: 'tableRow',
  content: cells.map((words) => ({ type: 'tableCell', content: [words === '' ? { type: 'paragraph' } : text(words)] })),
})
const fact = (key: string): TemplateFact => {
  const found = ogpCommitment.facts.find((one) => one.key === key)
  if (!found) throw new Error(key)
  return found
}
const milestones = (...content: JsonNode[]) =>
  childrenOf(fieldFrom('milestones', part(...content))).map(({ attrs, content: [title, outputs] = [] }) => ({
    ...{ title: textOf(title), outputs: textOf(outputs) },
    ...Object.fromEntries(Object.entries(attrs ?? {}).filter(([, value]) => value !== null && value !== '')),
  }))

test('[IM10] a rich field takes parts under their headings, a line takes their words', () => {
  const parts = [{ heading: 'Anexo', content: { type: 'doc', content: [text('Uno.'), text('Dos.')] } }]
  expect(fieldFrom('rich', parts).content?.map(({ type }) => type)).toEqual(['heading', 'paragraph', 'paragraph'])
  expect(textOf(fieldFrom('line', parts))).toBe('Uno. Dos.')
})

test('[IM11] milestones come from tables by their heads, from headings with what stands below, and from lists', () => {
  const table = {
    type: 'table',
    content: [
      row('Hito', 'Productos', 'Se cumple', 'Responsable', 'Costo'),
      row('Portal', 'Un sitio', '30 de junio de 2026', 'Tesorería', 'B/. 500'),
      row('Taller', '', 'a mitad de año', '', ''),
      row('', '', '', '', ''),
    ],
  }
  expect(milestones(table)).toEqual([
    { title: 'Portal', outputs: 'Un sitio\nCosto: B/. 500', due: '2026-06-30', lead: 'Tesorería' },
    { title: 'Taller', outputs: 'Se cumple: a mitad de año' },
  ])
  const heading = { type: 'heading', attrs: { level: 3 }, content: [{ type: 'text', text: 'Portal' }] }
  expect(milestones(heading, text('Responsable: Tesorería'), text('Inicio: 2026-01-02'), text('Un sitio.'))).toEqual([
    { title: 'Portal', outputs: 'Un sitio.', lead: 'Tesorería', start: '2026-01-02' },
  ])
  const list = { type: 'bulletList', content: [{ type: 'listItem', content: [text('Uno'), text('Dos')] }] }
  expect(milestones(text('Primero'), list)).toEqual([
    { title: 'Primero', outputs: '' },
    { title: 'Uno', outputs: 'Dos' },
  ])
  expect(milestones({ type: 'table', content: [row('a', 'b'), row('c', 'd')] })).toEqual([
    { title: 'a', outputs: 'b' },
    { title: 'c', outputs: 'd' },
  ])
})

test('[IM12] facts are read as their kind; what says no value, or more than one holds, is none', () => {
  const read = (key: string, ...lines: string[]) => factFrom(fact(key), part(...lines.map(text)))
  expect(read('periodStart', '1/2/2026')).toBe('2026-02-01')
  for (const words of ['pronto', 'Desde el 1/2/2026', '31/02/2026', '']) expect(read('periodStart', words)).toBe(null)
  expect(read('supportOther', 'Universidad; Gremio', 'Colegio')).toEqual(['Universidad', 'Gremio', 'Colegio'])
  expect(read('supportOther', ...Array.from({ length: 41 }, (_, n) => `${n}`))).toBe(null)
  expect(read('leadInstitution', 'Tesorería', 'Municipal')).toBe('Tesorería Municipal')
  expect(read('leadInstitution', 'x'.repeat(9000))).toBe(null)
  expect(read('ogpId', 'PA <1>')).toBe(null)
  expect(read('policyAreas', 'Datos abiertos, anticorrupción e integridad')).toEqual(['anti_corruption', 'open_data'])
  expect(read('policyAreas', 'Datos abiertos; otra cosa')).toBe(null)
  const days = [
    '2026-03-28',
    '28/3/2026',
    '28 de marzo de 2026.',
    '28 March 2026',
    'March 28, 2026',
    '28 de marzo del 2026',
  ]
  expect(days.map(dayFrom)).toEqual(days.map(() => '2026-03-28'))
  expect(['2026-13-01', '28 de brumario de 2026', '1/1/26', 'el 28/3/2026'].map(dayFrom)).toEqual([
    null,
    null,
    null,
    null,
  ])
})

/** Letters and digits, which nothing tidies away. */
const letters = (words: string) => words.replaceAll(/[^\p{L}\p{N}]/gu, '')

test('[IM6] every word of a part arrives in the field that it is written into, of any kind', () => {
  fc.assert(
    fc.property(fieldJson('rich'), fc.constantFrom<FieldKind>('rich', 'line', 'milestones'), (doc, kind) => {
      const field = fieldFrom(kind, [{ heading: null, content: doc }])
      const said = letters(linesOf(doc).join(' '))
      const kept = letters(JSON.stringify(field))
      // In a table of milestones words may stand in another order: letters are counted.
      const counted = (text: string) => Object.entries(Object.groupBy([...text], (letter) => letter))
      for (const [letter, all] of counted(said))
        expect([...kept].filter((one) => one === letter).length, letter).toBeGreaterThanOrEqual(all?.length ?? 0)
    }),
    { seed: createRandom().seed },
  )
})
