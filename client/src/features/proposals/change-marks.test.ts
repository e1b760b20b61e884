import { buildField, type JsonNode } from '@cabildo/schema/content'
import { expect, test } from 'vitest'
import { changeMarks } from './change-marks.ts'

const words = (text: string): JsonNode => ({ type: 'text', text })
const paragraph = (...content: JsonNode[]): JsonNode => ({ type: 'paragraph', content })
const item = (text: string): JsonNode => ({ type: 'listItem', content: [paragraph(words(text))] })

const marksOf = (before: JsonNode[], after: JsonNode[]) => {
  const doc = buildField({ content: after }, 'rich')
  return changeMarks(before, doc).map((mark) =>
    mark.kind === 'went' ? ['went', mark.at, mark.words] : [mark.kind, doc.textBetween(mark.from, mark.to, '|')],
  )
}

test('[PC1] words that came are marked where they stand, words that went where they stood', () => {
  const before = [paragraph(words('Se publica cada mes.'))]
  expect(marksOf(before, [paragraph(words('Se publica cada dos semanas.'))])).toEqual([
    ['went', 17, 'mes'],
    ['came', 'dos semanas'],
  ])
  expect(marksOf(before, before)).toEqual([])
  const broken = [paragraph(words('Uno'), { type: 'hardBreak' }, words('dos'))]
  expect(marksOf(broken, [paragraph(words('Uno'), { type: 'hardBreak' }, words('dos tres'))])).toEqual([
    ['came', ' tres'],
  ])
})

test('[PC1] blocks that came are marked whole, also inside a list, and of those that went the words', () => {
  const one = paragraph(words('Uno'))
  const two = paragraph(words('Dos'))
  expect(marksOf([one], [one, two])).toEqual([['block', 'Dos']])
  expect(marksOf([one, two], [two])).toEqual([['went', 0, 'Uno']])
  const list = (...items: string[]): JsonNode => ({ type: 'bulletList', content: items.map(item) })
  expect(marksOf([list('a', 'b')], [list('a', 'b', 'c')])).toEqual([['block', 'c']])
  expect(marksOf([one], [{ ...one, type: 'heading', attrs: { level: 2 } }])).toEqual([
    ['went', 0, 'Uno'],
    ['block', 'Uno'],
  ])
})
