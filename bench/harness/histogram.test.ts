import { expect, test } from 'vitest'
import { createHistogram, median } from './histogram.ts'

test('quantiles are exact to their step, over both ranges', () => {
  const times = createHistogram()
  for (let i = 1; i <= 99; i++) times.add(i - 0.01)
  times.add(2000.5)
  expect(times.quantile(0.5)).toBeCloseTo(50, 5)
  expect(times.quantile(0.99)).toBeCloseTo(99, 5)
  expect(times.quantile(1)).toBe(2001)
})

test('what never arrived counts as the longest', () => {
  const times = createHistogram()
  for (let i = 0; i < 95; i++) times.add(1)
  times.addLost(5)
  expect([times.quantile(0.95), times.quantile(0.99)]).toEqual([1.05, Number.POSITIVE_INFINITY])
  expect(createHistogram().quantile(0.5)).toBeNaN()
})

test('the median of an even count is the mean of the middle two', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, Number.NaN])
})
