import { expect, test } from 'vitest'
import { pauseBefore } from './provider.ts'

test('pauses double, end at twenty seconds, and differ from person to person', () => {
  expect([1, 2, 3, 6].map((attempt) => pauseBefore(attempt, 1))).toEqual([200, 400, 800, 6400])
  expect([10, 60].map((attempt) => pauseBefore(attempt, 1))).toEqual([20_000, 20_000])
  expect([pauseBefore(3, 0), pauseBefore(3, 0.5)]).toEqual([400, 600])
})
