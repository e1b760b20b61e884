import { filler } from '@cabildo/verify/redact'
import { expect, test } from 'vitest'
import { type BesideText, besideWithout } from './texts.ts'

test('[TH13] of words that a thread is on, those go whose places were taken out, and the others stay', () => {
  const quotes: BesideText['quotes'] = [
    {
      id: 'a',
      quote: 'Vive Ana aquí',
      origins: [
        [7, 0, 8],
        [9, 4, 5],
      ],
    },
    { id: 'b', quote: 'Otra', origins: [[8, 5, 4]] },
  ]
  const beside = { quotes, comments: [{ id: 'c', body: 'Ana' }], wordings: [], reasons: [], inputs: [], answers: [] }
  const ranges = [
    { client: 7, clock: 5, length: 3 },
    { client: 9, clock: 8, length: 4 },
  ]
  const changed = besideWithout(beside, null, ranges)
  expect(changed.quotes.map(({ id, quote }) => [id, quote])).toEqual([['a', `Vive ${filler.repeat(3)} aqu${filler}`]])
  expect(changed.comments).toEqual([])
})
