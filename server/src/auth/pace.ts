import { AppError } from '@cabildo/protocol/errors'

/** Milliseconds that never go back, and a call after some of them. */
export interface PaceClock {
  now(): number
  after(milliseconds: number, run: () => void): void
}

const machine: PaceClock = {
  now: () => performance.now(),
  after: (milliseconds, run) => void setTimeout(run, milliseconds),
}

/** How long somebody waits at most, in seconds. */
const patience = 2

/**
 * Lets work begin at most `perSecond` times a second, a second's worth at once after a pause. Whoever comes too early
 * waits in the order of coming, two seconds at most; beyond that `throttled` is thrown at once. Those who come `from` one
 * network take at most half of the places to wait, so that a flood from one place leaves room for everybody else.
 */
export function createPace(perSecond: number, clock: PaceClock = machine): (from?: string) => Promise<void> {
  const step = 1000 / perSecond
  const places = patience * perSecond
  const waitingFrom = new Map<string, number>()
  /** When the next one may begin if nothing were saved up. */
  let free = Number.NEGATIVE_INFINITY

  return async (from = '') => {
    const now = clock.now()
    const begin = Math.max(free, now)
    const wait = begin - now - (1000 - step)
    if (!(wait > 0)) {
      free = begin + step
      return
    }
    const others = waitingFrom.get(from) ?? 0
    if (wait > patience * 1000 || others >= places / 2) throw new AppError('throttled', { retryAfter: patience })
    free = begin + step
    waitingFrom.set(from, others + 1)
    await new Promise<void>((resolve) => clock.after(wait, resolve))
    const left = (waitingFrom.get(from) ?? 1) - 1
    if (left > 0) waitingFrom.set(from, left)
    else waitingFrom.delete(from)
  }
}
