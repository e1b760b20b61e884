import { expect, test } from 'vitest'
import { createRandom } from '../harness/random.ts'
import { renderSearch } from './suite.ts'
import { createVocabulary } from './words.ts'

test('the table tells how long each kind of question took, and all of them together', () => {
  const text = renderSearch({
    ...{ items: 100_000, planting: 60 },
    answers: [{ label: 'a seldom word', found: 1012, p50: 8.04, p95: 16.16, most: 42 }],
    all: { count: 2800, p50: 9, p95: 61.26, most: 80 },
  })
  expect(text).toContain('| words looked for in 100,000 texts; ms | found | p50 | p95 | most |')
  expect(text).toContain('| a seldom word | 1,012 | 8.0 | 16.2 | 42.0 |')
  expect(text).toContain('| **all 2,800 questions** | | 9.0 | 61.3 | 80.0 |')
})

test('a few words come often and most seldom, the same for the same seed', () => {
  const { sentence, at } = createVocabulary(createRandom(7))
  const words = Array.from({ length: 4000 }, () => sentence(25)).map((text) => text.slice(0, -1).split(' '))
  expect(createVocabulary(createRandom(7)).sentence(25)).toBe(`${words[0]?.join(' ')}.`)
  const textsWith = (rank: number) => words.filter((text) => text.includes(at(rank))).length
  expect(textsWith(0) / words.length).toBeGreaterThan(0.1)
  expect(textsWith(2000) / words.length).toBeLessThan(0.01)
  expect(new Set(Array.from({ length: 8000 }, (_, rank) => at(rank))).size).toBeGreaterThan(7000)
})
