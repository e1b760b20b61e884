import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tellCounts, workshopsOf } from './meetings-part.ts'

const sumOf = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0)

test('[PU4] [PU8] no count below three is told, and no sum gives a single one away', () => {
  const count = fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 12 }))
  fc.assert(
    fc.property(fc.array(count, { maxLength: 8 }), (counts) => {
      const { attended, told } = tellCounts(counts)
      for (const [at, one] of told.entries()) expect(one === null || (one >= 3 && one === counts[at])).toBe(true)
      expect(attended === null || (attended >= 3 && attended === sumOf(counts))).toBe(true)
      const hidden = counts.filter((_, at) => told[at] === null)
      // Who knows that each is one at least knows each from a sum that is no more than that, and one alone from any sum.
      if (attended !== null && hidden.length > 0) {
        expect(sumOf(hidden)).toBeGreaterThan(hidden.length)
        expect(hidden.length).toBeGreaterThan(1)
      }
      // No more is left out than that needs.
      const few = counts.filter((one) => one < 3)
      const givesAway = few.length === 1 || (few.length > 1 && sumOf(few) === few.length)
      expect(hidden.length).toBe(few.length + (givesAway && counts.length > few.length ? 1 : 0))
      if (sumOf(counts) >= 3 && hidden.length > few.length) expect(attended).not.toBe(null)
    }),
  )
})

test('[PU8] a workshop is told of by itself until an open meeting that it was is held, and never when that is closed', () => {
  const meeting = (id: string | null, state: 'planned' | 'held' | 'cancelled', isPublic = true) => ({
    ...{ state, isPublic, workshop: id === null ? null : { id } },
  })
  const apart = workshopsOf([
    ...[meeting('a', 'planned'), meeting('b', 'held'), meeting('c', 'cancelled'), meeting(null, 'held')],
    ...[meeting('d', 'planned', false), meeting('e', 'held', false)],
  ])
  expect([...apart].sort()).toEqual(['b', 'd', 'e'])
})

test('[PU8] ones beside one more take its number along, and alone the sum', () => {
  expect(tellCounts([12, 1, 1])).toEqual({ attended: 14, told: [null, null, null] })
  expect(tellCounts([12, 5, 1, 1])).toEqual({ attended: 19, told: [12, null, null, null] })
  expect(tellCounts([1, 1, 1])).toEqual({ attended: null, told: [null, null, null] })
  expect(tellCounts([12, 2, 1])).toEqual({ attended: 15, told: [12, null, null] })
  expect(tellCounts([12, 5])).toEqual({ attended: 17, told: [12, 5] })
})
