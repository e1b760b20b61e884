import { contentOf } from '@cabildo/schema/content'
import { expect, test } from 'vitest'
import { applyUpdate, Doc } from 'yjs'
import { createRandom } from '../harness/random.ts'
import { createVocabulary } from '../search/words.ts'
import { openPaper } from './paper.ts'
import { renderExports } from './suite.ts'

test('the tables tell how long files took, beside the libraries alone, and what a pack asks for', () => {
  const text = renderExports({
    pdf: {
      pages: 41,
      kilobytes: 300,
      first: 900,
      took: [500, 700, 600],
      cpu: { own: 30, beside: 400 },
      alone: { milliseconds: 300, pages: 38 },
    },
    pack: {
      ...{ milliseconds: 12_340, bytes: 64 * 2 ** 20, told: 19, files: 18, silent: 5100 },
      ...{ before: 102_400, peak: 512_000, beside: 204_800, longest: 31.4, cpu: { own: 6000, beside: 2000 } },
      ...{ commitments: 10, inputs: 2000, entries: 100_000, archived: 22, alone: 450 },
      verified: { seconds: 9.04, exitCode: 0 },
    },
    ...{ planting: 1, growing: 2 },
  })
  expect(text).toContain('| a plan of 41 pages as PDF, 3 times; ms | |')
  expect(text).toContain('| median | 600 |\n| worst | 700 |')
  expect(text).toContain('| median to Typst alone | 2.00 |')
  expect(text).toContain('| until it is whole | 12.3 s |')
  expect(text).toContain('| different answers to how far it is; the longest without another | 19, 5.1 s |')
  expect(text).toContain('| memory of the server at rest, and above that at most | 100 MiB, 400 MiB |')
  expect(text).toContain('| 9.0 s, exit code 0 |')
})

test('a paper is what its updates say, whoever typed them', () => {
  const random = createRandom(7)
  const paper = openPaper('paper', 1, createVocabulary(random), { paragraphs: 1, words: 20 })
  const updates = Array.from({ length: 300 }, (_, turn) => paper.type(turn % 5, 1 + (turn % 4), random)).flat()
  const doc = new Doc()
  for (const update of [paper.seed, ...updates]) applyUpdate(doc, update)
  expect(contentOf(doc)).toEqual(contentOf(paper.doc))
  expect(updates.length).toBeGreaterThan(300)
})
