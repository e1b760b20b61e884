// @vitest-environment jsdom
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { whenTypingRests } from './when-idle.ts'

beforeAll(() => void vi.useFakeTimers())
afterAll(() => void vi.useRealTimers())
// Nobody has typed for long.
beforeEach(() => void vi.advanceTimersByTime(60_000))

/** A key every tenth of a second, for so many seconds. */
function type(seconds: number, kind = 'keydown'): void {
  for (let letter = 0; letter < seconds * 10; letter += 1) {
    document.body.dispatchEvent(new Event(kind, { bubbles: true }))
    vi.advanceTimersByTime(100)
  }
}

test.each(['keydown', 'input'])('what waits for typing to rest is not done between letters (%s)', (kind) => {
  const act = vi.fn()
  type(0.1, kind)
  whenTypingRests(act)
  type(3, kind)
  expect(act).not.toHaveBeenCalled()
  vi.advanceTimersByTime(600)
  expect(act).toHaveBeenCalledTimes(1)
})

test('it is done at once where nobody types', () => {
  const act = vi.fn()
  whenTypingRests(act)
  vi.advanceTimersByTime(50)
  expect(act).toHaveBeenCalledTimes(1)
})

test('who never rests is waited for once, however much there is to do one after another', () => {
  let done = 0
  const go = () => {
    done += 1
    if (done < 50) whenTypingRests(go)
  }
  type(0.1)
  whenTypingRests(go)
  type(14.5)
  expect(done).toBe(0)
  type(3)
  expect(done).toBe(50)
  // Another who begins to type is waited for again.
  vi.advanceTimersByTime(2000)
  const act = vi.fn()
  type(0.1)
  whenTypingRests(act)
  type(14)
  expect(act).not.toHaveBeenCalled()
})
