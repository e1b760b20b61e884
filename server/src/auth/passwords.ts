import { randomBytes } from 'node:crypto'
import { AppError } from '@cabildo/protocol/errors'
import type { Options } from '@node-rs/argon2'
import { createHashers } from './hashers.ts'
import { createPace, type PaceClock } from './pace.ts'

/** OWASP's minimum for argon2id: 19 MiB, two passes, one lane; about 25 ms here. Argon2id is the library's default. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } satisfies Options

/** What is kept of a password, or where to read it once it is this attempt's turn. */
export type Stored = string | null | undefined | (() => Promise<string | null | undefined>)

/** Hashes and checks passwords, a few at a time. */
export interface Passwords {
  /**
   * Throws `throttled` when `verify` would refuse this network at once, before it asks anything. So a flood can be turned
   * away before anything of it is read.
   */
  checkRoom(from: string): void
  hash(password: string): Promise<string>
  /**
   * Whether `password` belongs to `stored`. Without a stored hash it takes as long and answers false, so that time does
   * not tell who has an account. `first` runs once it is this attempt's turn, before the work; it may throw. `wrong` runs
   * before the turn ends when the password is not the right one, so that the next attempt finds it counted. `from` is
   * the network that asks. Throws `throttled` at once when too many wait already, of all or of this network. Who is `known`
   * stands in a line of their own, which a flood of strangers does not fill.
   */
  verify(
    stored: Stored,
    password: string,
    first?: () => Promise<void>,
    more?: { from?: string; wrong?: () => Promise<void>; known?: boolean },
  ): Promise<boolean>
}

/**
 * Passwords with argon2id. Each hash takes 19 MB and a core, so only `atOnce` run and `waiting` wait; whoever comes
 * beyond is `throttled`. Checks, which strangers may ask for, begin at most `perSecond` times a second, for two seconds
 * of waiting at most, `inFlood` times a second while strangers have to be refused, and their threads give way to all
 * other work: a flood of sign-ins leaves the machine to those who write.
 */
export function createPasswords({
  atOnce = 2,
  waiting = 200,
  perSecond = 20,
  inFlood = perSecond / 10,
  clock,
}: {
  atOnce?: number
  waiting?: number
  perSecond?: number
  inFlood?: number
  clock?: PaceClock
} = {}): Passwords {
  const turn = createTurnstile(atOnce, waiting)
  // A machine that has no time for its pace falls behind by two seconds of it at most.
  const inStep = Math.min(waiting, 2 * perSecond)
  const pace = createPace(perSecond, clock, inFlood)
  const paceOfKnown = createPace(perSecond, clock)
  const { hash, verify } = createHashers(cost)
  const nobody = hashOfNobody()

  return {
    checkRoom(from) {
      pace.check(from)
      turn.check(inStep)
    },
    hash: (password) => turn.take(() => hash(normal(password))),
    async verify(stored, password, first, { from, wrong, known = false } = {}) {
      if (!known) turn.check(inStep)
      await (known ? paceOfKnown : pace).begin(from)
      return turn.take(async () => {
        await first?.()
        const kept = typeof stored === 'function' ? await stored() : stored
        const matches = await verify(kept ?? nobody, normal(password))
        const right = matches && kept !== null && kept !== undefined
        if (!right) await wrong?.()
        return right
      })
    },
  }
}

/**
 * What stands in for the hash of somebody without one: of our cost, with chance for its salt and its digest (the PHC string
 * format), so that checking against it takes as long and no password is known to match.
 */
function hashOfNobody(): string {
  const { memoryCost, timeCost, parallelism } = cost
  const chance = (bytes: number) => randomBytes(bytes).toString('base64').replace(/=+$/, '')
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${chance(16)}$${chance(32)}`
}

/** One form of each character, so that a password typed on another keyboard is the same (NIST SP 800-63B). */
function normal(password: string): string {
  return password.normalize('NFKC')
}

function createTurnstile(atOnce: number, waiting: number) {
  let inside = 0
  const queue: (() => void)[] = []

  // One for all, as in `pace.ts`.
  const tooMany = new AppError('throttled', { retryAfter: 5 })
  const check = (most: number) => {
    if (inside >= atOnce && queue.length >= most) throw tooMany
  }

  return {
    /** Throws `throttled` when `most` wait already. */
    check,
    async take<Result>(work: () => Promise<Result>): Promise<Result> {
      check(waiting)
      if (inside < atOnce) inside += 1
      else await new Promise<void>((resolve) => queue.push(resolve))
      try {
        return await work()
      } finally {
        const next = queue.shift()
        // The one who leaves hands over the place, so that nobody can slip in between.
        if (next) next()
        else inside -= 1
      }
    },
  }
}
