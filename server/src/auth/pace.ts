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

/** After somebody had to be refused because all places to wait were taken: how long the pace stays slow, in milliseconds. */
const floodLasts = 5000

/** Lets work begin in step. */
export interface Pace {
  /** Throws `throttled` where `begin` would, and takes no place. */
  check(from?: string): void
  /** Answers when it is this one's turn; throws `throttled` at once when that would be too late. */
  begin(from?: string): Promise<void>
}

/**
 * Lets work begin at most `perSecond` times a second, a second's worth at once after a pause. Whoever comes too early
 * waits in the order of coming, two seconds at most; beyond that `throttled` is thrown at once. Those who come `from` one
 * network take at most half of the places to wait, so that a flood from one place leaves room for everybody else. While
 * it comes from everywhere, so that more and more have to be refused, work begins `inFlood` times a second only.
 */
export function createPace(perSecond: number, clock: PaceClock = machine, inFlood = perSecond): Pace {
  const usualStep = 1000 / perSecond
  const floodStep = 1000 / inFlood
  const places = patience * perSecond
  // One for all: a stack for each of many thousands would say nothing, and cost some 30 µs each.
  const tooLate = new AppError('throttled', { retryAfter: patience })
  const waitingFrom = new Map<string, number>()
  /** When the next one may begin if nothing were saved up. */
  let free = Number.NEGATIVE_INFINITY
  let floodUntil = Number.NEGATIVE_INFINITY

  /** How long one who comes now waits, 0 or less for not at all. Throws when that is too long. */
  const waitOf = (from: string, now: number): number => {
    const wait = Math.max(free, now) - now - (1000 - usualStep)
    // Not `<=`: without a bound there is nothing to count with.
    if (!(wait > 0)) return 0
    const isFull = wait > patience * 1000
    if (isFull) floodUntil = now + floodLasts
    if (isFull || (waitingFrom.get(from) ?? 0) >= places / 2) throw tooLate
    return wait
  }

  return {
    check: (from = '') => void waitOf(from, clock.now()),
    async begin(from = '') {
      const now = clock.now()
      const wait = waitOf(from, now)
      free = Math.max(free, now) + (now < floodUntil ? floodStep : usualStep)
      if (wait === 0) return
      waitingFrom.set(from, (waitingFrom.get(from) ?? 0) + 1)
      await new Promise<void>((resolve) => clock.after(wait, resolve))
      const left = (waitingFrom.get(from) ?? 1) - 1
      if (left > 0) waitingFrom.set(from, left)
      else waitingFrom.delete(from)
    },
  }
}
