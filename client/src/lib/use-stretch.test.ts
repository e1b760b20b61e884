import { expect, test } from 'vitest'
import { rangeWith } from './use-stretch.ts'

test('[TH23] of a long list the beginning is drawn, and what is looked for with what stands around it', () => {
  const first = { from: 0, to: 40 }
  expect(rangeWith(first, 500, -1)).toEqual(first)
  expect(rangeWith(first, 500, 39)).toEqual(first)
  expect(rangeWith(first, 500, 40)).toEqual({ from: 30, to: 70 })
  expect(rangeWith({ from: 30, to: 70 }, 500, 3)).toEqual(first)
  expect(rangeWith(first, 500, 499)).toEqual({ from: 489, to: 529 })
  // What was looked for is not in the list any more; the list became shorter.
  expect(rangeWith({ from: 100, to: 140 }, 120, 500)).toEqual({ from: 100, to: 140 })
  expect(rangeWith({ from: 100, to: 140 }, 100, -1)).toEqual(first)
})
