import { expect, test } from 'vitest'
import { type Content, contentOfState, type JsonNode, seedDocument } from './content.ts'
import { dayInWords } from './milestone-words.ts'
import { ogpCommitment } from './templates/ogp-commitment.ts'
import { factText, fieldLength, fieldText, labelledText, plainText } from './text.ts'

const text = (value: string): JsonNode => ({ type: 'text', text: value })
const p = (...words: string[]): JsonNode => ({
  type: 'paragraph',
  content: words.flatMap((word, index) => (index === 0 ? [text(word)] : [{ type: 'hardBreak' }, text(word)])),
})
const node = (type: string, ...content: JsonNode[]): JsonNode => ({ type, content })
const doc = (...content: JsonNode[]): JsonNode => ({ type: 'doc', content })

const milestone: JsonNode = {
  type: 'milestone',
  attrs: { start: '2024-07-01', due: null, lead: 'Alcaldía', supportGovernment: '', supportOther: 'CIFHU' },
  content: [
    node('milestoneTitle', text('Portal')),
    node('milestoneOutputs', text('Un sitio'), { type: 'hardBreak' }, text('y un manual')),
  ],
}

test('a field reads as text: lists with signs, quotes, tables with tabs, milestones in words', () => {
  const field = doc(
    p('Uno', 'y medio'),
    node('heading', text('Lista')),
    node(
      'bulletList',
      node('listItem', p('agua'), node('orderedList', node('listItem', p('río')), node('listItem', p('lago')))),
      node('listItem', p('luz', 'y gas')),
    ),
    { ...node('orderedList', node('listItem', p('diez'))), attrs: { start: 10 } },
    node('blockquote', p('cita'), p('otra')),
    node(
      'table',
      node('tableRow', node('tableHeader', p('a'), p('b')), node('tableCell', p('c', 'd'))),
      node('tableRow', node('tableCell', p('\te'))),
    ),
    node('paragraph'),
  )
  expect(fieldText(field)).toBe(
    [
      'Uno\ny medio',
      'Lista',
      '• agua\n  1. río\n  2. lago\n• luz\n  y gas',
      '10. diez',
      '> cita\n> otra',
      'a b\tc d\ne',
    ].join('\n\n'),
  )
  expect(fieldText(doc(milestone, milestone))).toBe(
    [1, 2]
      .map(
        (n) =>
          `${n}. Portal\n   Productos: Un sitio\n   y un manual\n   Empieza: 1 de julio de 2024\n   Responsable: Alcaldía\n   Apoyo: otros: CIFHU`,
      )
      .join('\n\n'),
  )
  expect(fieldText(doc(milestone), 'en')).toContain('Starts: 1 July 2024')
  expect(fieldText(undefined)).toBe('')
})

test('length is what people typed, in characters', () => {
  expect(fieldLength(doc(p('año'), node('bulletList', node('listItem', p('👍🏽')))))).toBe(5)
  expect(fieldLength(doc(milestone))).toBe('Portal'.length + 'Un sitio'.length + 1 + 'y un manual'.length)
  expect(fieldLength(undefined)).toBe(0)
})

test('facts read in words', () => {
  const said = (key: string, value: unknown, language: 'es' | 'en') => {
    const fact = ogpCommitment.facts.find((each) => each.key === key)
    return fact && factText(fact, value, language)
  }
  expect(said('periodStart', '2024-03-28', 'es')).toBe('28 de marzo de 2024')
  expect(said('periodStart', '2024-03-28', 'en')).toBe('28 March 2024')
  expect(said('policyAreas', ['open_data', 'unheard_of'], 'es')).toBe('Datos abiertos; unheard_of')
  expect(said('supportGovernment', ['ANTAI', 'MINGOB'], 'es')).toBe('ANTAI; MINGOB')
  expect(said('leadInstitution', undefined, 'es')).toBe('')
  expect(dayInWords('2024-13-01', 'es')).toBe('2024-13-01')
})

test('a document reads in order, with or without names', () => {
  const seed = contentOfState(seedDocument('Cuentas claras', 1))
  const content: Content = {
    ...seed,
    fields: { ...seed.fields, problem: doc(p('No se sabe')), milestones: doc(milestone) },
    facts: { leadInstitution: 'Alcaldía', periodEnd: '2025-06-30' },
  }
  expect(plainText(content)).toBe(`Cuentas claras\n\nNo se sabe\n\n${fieldText(doc(milestone))}`)
  expect(labelledText(content, ogpCommitment, 'en')).toBe(
    [
      'Name of the commitment\n\nCuentas claras',
      'Lead institution: Alcaldía\nEnds: 30 June 2025',
      'The problem\n\nNo se sabe',
      `Milestones\n\n${fieldText(doc(milestone), 'en')}`,
    ].join('\n\n\n'),
  )
})
