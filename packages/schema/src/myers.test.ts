import fc from 'fast-check'
import { expect, test } from 'vitest'
import { commonRuns, numbered } from './myers.ts'

const places = (left: Int32Array, right: Int32Array) =>
  commonRuns(left, right).flatMap(({ left: i, right: j, length }) =>
    Array.from({ length }, (_, n) => [i + n, j + n] as const),
  )

/** Length of a longest common subsequence, the slow sure way. */
function longest(left: readonly number[], right: readonly number[]): number {
  let row = new Array<number>(right.length + 1).fill(0)
  for (const item of left) {
    const next = [0]
    for (const [j, other] of right.entries()) {
      next.push(item === other ? (row[j] ?? 0) + 1 : Math.max(row[j + 1] ?? 0, next[j] ?? 0))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

const sequence = (values: number, maxLength: number) => fc.array(fc.nat(values), { maxLength })

test('finds a longest common subsequence while differences are few', () => {
  fc.assert(
    fc.property(sequence(4, 60), sequence(4, 60), (left, right) => {
      const pairs = places(Int32Array.from(left), Int32Array.from(right))
      expect(pairs.every(([i, j]) => left[i] === right[j])).toBe(true)
      expect(
        pairs.every(([i, j], n) => n === 0 || (i > (pairs[n - 1]?.[0] ?? 0) && j > (pairs[n - 1]?.[1] ?? 0))),
      ).toBe(true)
      expect(pairs.length).toBe(longest(left, right))
    }),
    { numRuns: 1000 },
  )
})

test('beyond its horizon still gives a common subsequence, and most of the longest', () => {
  fc.assert(
    fc.property(sequence(3, 900), sequence(3, 900), (left, right) => {
      const pairs = places(Int32Array.from(left), Int32Array.from(right))
      expect(pairs.every(([i, j]) => left[i] === right[j])).toBe(true)
      expect(
        pairs.every(([i, j], n) => n === 0 || (i > (pairs[n - 1]?.[0] ?? 0) && j > (pairs[n - 1]?.[1] ?? 0))),
      ).toBe(true)
      expect(pairs.length).toBeGreaterThanOrEqual(0.8 * longest(left, right))
    }),
    { numRuns: 25 },
  )
})

test('gives runs that do not touch', () => {
  const left = Int32Array.from([1, 2, 3, 9, 4, 5])
  const right = Int32Array.from([8, 1, 2, 3, 4, 5])
  expect(commonRuns(left, right)).toEqual([
    { left: 0, right: 1, length: 3 },
    { left: 4, right: 4, length: 2 },
  ])
  expect(commonRuns(left, new Int32Array())).toEqual([])
})

test('numbers equal items alike across sequences', () => {
  const known = new Map<string, number>()
  expect([...numbered(['a', 'b', 'a'], known), ...numbered(['b', 'c'], known)]).toEqual([0, 1, 0, 1, 2])
})
