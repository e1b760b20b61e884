// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { whenTypingRests } from './when-idle.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const press = (kind: string) => document.body.dispatchEvent(new Event(kind, { bubbles: true }))

test.each(['keydown', 'input'])('what waits for typing to rest is not done between letters (%s)', (kind) => {
  const act = vi.fn()
  press(kind)
  whenTypingRests(act)
  for (let letter = 0; letter < 30; letter += 1) {
    vi.advanceTimersByTime(100)
    press(kind)
  }
  expect(act).not.toHaveBeenCalled()
  vi.advanceTimersByTime(600)
  expect(act).toHaveBeenCalledTimes(1)
})

test('it is done at once where nobody types, and at last where somebody never rests', () => {
  vi.advanceTimersByTime(60_000)
  const act = vi.fn()
  whenTypingRests(act)
  vi.advanceTimersByTime(50)
  expect(act).toHaveBeenCalledTimes(1)
  const late = vi.fn()
  press('keydown')
  whenTypingRests(late)
  for (let letter = 0; letter < 160; letter += 1) {
    vi.advanceTimersByTime(100)
    press('keydown')
  }
  expect(late).toHaveBeenCalledTimes(1)
})
