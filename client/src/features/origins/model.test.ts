import type { WordsFromInput } from '@cabildo/protocol/http/inputs'
import type { JsonNode } from '@cabildo/schema/content'
import { expect, test } from 'vitest'
import { dressOrigins, findNear, lettersOf } from './model.ts'

const text = (value: string, ...marks: string[]): JsonNode => ({
  ...{ type: 'text', text: value },
  ...(marks.length > 0 && { marks: marks.map((type) => ({ type })) }),
})
const doc = (...blocks: JsonNode[][]): JsonNode => ({
  type: 'doc',
  content: blocks.map((content) => ({ type: 'paragraph', content })),
})
const passage = (number: number, start: number, words: string, field = 'summary') =>
  ({
    input: { id: `i${number}`, number },
    places: [{ field, text: words, start, ids: [] }],
  }) as unknown as WordsFromInput

const told = (fields: Record<string, JsonNode>, passages: WordsFromInput[]) => {
  const dressed = dressOrigins(fields, passages)
  return {
    stretches: dressed.stretches.map((one) => [one.field, one.text, one.passages.map(({ input }) => input.number)]),
    letters: Object.fromEntries(Object.entries(dressed.fields).map(([name, field]) => [name, lettersOf(field)])),
  }
}

test('words are marked where they stand, over formatting and paragraphs, and no letter changes', () => {
  const fields = { summary: doc([text('Se ponen '), text('faroles', 'bold'), text(' altos')], [text('en el parque')]) }
  expect(told(fields, [passage(1, 9, 'faroles altosen'), passage(2, 17, 'altosen el parque')])).toEqual({
    stretches: [
      ['summary', 'faroles ', [1]],
      ['summary', 'altosen', [1, 2]],
      ['summary', ' el parque', [2]],
    ],
    letters: { summary: 'Se ponen faroles altosen el parque' },
  })
})

test('a place that says other words than stand there marks nothing', () => {
  const fields = { summary: doc([text('Se ponen faroles')]), problem: doc([text('Está oscuro')]) }
  expect(told(fields, [passage(1, 8, 'faroles'), passage(2, 0, 'Se ponen', 'problem')]).stretches).toEqual([])
})

test('words are looked for where they were selected', () => {
  expect(findNear('luz y luz y luz', 'luz', 7)).toBe(6)
  expect(findNear('luz y luz', 'agua', 0)).toBeUndefined()
  expect(findNear('luz', '', 0)).toBeUndefined()
})
