import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tellCounts, workshopsOf } from './meetings-part.ts'

test('[PU4] [PU8] no count below three is told, and no sum gives a single one away', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 8 }), (counts) => {
      const told = tellCounts(counts)
      const hidden = counts.filter((_, at) => told[at] === null)
      for (const [at, count] of told.entries())
        expect(count === null || (count >= 3 && count === counts[at])).toBe(true)
      // One alone is left out only where there is no other, and then the sum is not told either.
      if (hidden.length === 1) expect(counts).toEqual(hidden)
      // No more is left out than that needs.
      const few = counts.filter((count) => count < 3).length
      expect(hidden.length).toBe(few === 1 && counts.length > 1 ? 2 : few)
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
