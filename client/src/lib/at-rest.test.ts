import { afterEach, expect, test, vi } from 'vitest'
import { createAtRest } from './at-rest.ts'

afterEach(() => void vi.useRealTimers())

/** Notes when it is done, in milliseconds from the first asking. */
function noted() {
  vi.useFakeTimers()
  const start = performance.now()
  const done: number[] = []
  return { done, ...createAtRest(() => done.push(performance.now() - start), { calm: 400, atLast: 5000 }) }
}

test('it is done once nobody asked for a while, and once for all who did', () => {
  const { done, ask } = noted()
  ask()
  vi.advanceTimersByTime(300)
  ask()
  vi.advanceTimersByTime(399)
  expect(done).toEqual([])
  vi.advanceTimersByTime(10_000)
  expect(done).toEqual([700])
})

test('where they never rest it is done at last, and then anew', () => {
  const { done, ask } = noted()
  for (let key = 0; key < 120; key += 1) {
    ask()
    vi.advanceTimersByTime(100)
  }
  expect(done).toEqual([5000, 10_000])
})

test('what is called off is not done', () => {
  const { done, ask, cancel } = noted()
  ask()
  cancel()
  vi.advanceTimersByTime(10_000)
  expect(done).toEqual([])
  ask()
  vi.advanceTimersByTime(400)
  expect(done).toHaveLength(1)
})
