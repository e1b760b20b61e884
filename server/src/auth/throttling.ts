import { createHash } from 'node:crypto'
import { AppError } from '@cabildo/protocol/errors'
import { RateLimiterMemory } from 'rate-limiter-flexible'

/** Counts sign-ins that failed. Held in this process: one server has one count. */
export interface SignInThrottle {
  /** Throws `throttled`, saying when to come back, while this account or this network has failed too often. */
  check(email: string, network: string): Promise<void>
  failed(email: string, network: string): Promise<void>
}

/** How many failures are let through within `seconds`. */
export interface ThrottleLimits {
  seconds: number
  /** By one network against one account: somebody guesses, or forgot. */
  pair: number
  /** Against one account from everywhere. Far above `pair`, so that a stranger cannot easily lock somebody out. */
  account: number
  /** By one network against all accounts. A workshop shares one address. */
  network: number
}

const usual: ThrottleLimits = { seconds: 15 * 60, pair: 10, account: 100, network: 300 }

/**
 * Throttles sign-in by account and network (`networkOf` an address). Only failures count: people and scripts that know
 * the password may sign in as often as they like. E-mail addresses are kept as hashes alone.
 */
export function createSignInThrottle({ seconds, pair, account, network }: ThrottleLimits = usual): SignInThrottle {
  const bucket = (points: number) => new RateLimiterMemory({ points, duration: seconds })
  const buckets = { pair: bucket(pair), account: bucket(account), network: bucket(network) }
  const keysOf = (email: string, from: string) => {
    const who = createHash('sha256').update(email.trim().toLowerCase()).digest('base64url')
    return [
      [buckets.pair, `${who} ${from}`],
      [buckets.account, who],
      [buckets.network, from],
    ] as const
  }

  return {
    async check(email, from) {
      for (const [limiter, key] of keysOf(email, from)) {
        const count = await limiter.get(key)
        if (count && count.consumedPoints >= limiter.points && count.msBeforeNext > 0) {
          throw new AppError('throttled', { retryAfter: count.msBeforeNext / 1000 })
        }
      }
    },
    async failed(email, from) {
      for (const [limiter, key] of keysOf(email, from)) await limiter.penalty(key)
    },
  }
}

/** Counts attempts under a key within a window of time. */
export interface Bucket {
  /** Throws `throttled`, saying when to come back, when the key has used up its points. Takes none. */
  check(key: string): Promise<void>
  /** Takes a point. */
  count(key: string): Promise<void>
}

/** The throttles of the program. */
export interface Throttles {
  signIn: SignInThrottle
  /** A bucket of its own for one purpose, named once and for ever. */
  bucket(name: string, limits: { points: number; seconds: number }): Bucket
}

/** Throttles of this process. */
export function createThrottles(signIn: SignInThrottle = createSignInThrottle()): Throttles {
  return {
    signIn,
    bucket(_name, { points, seconds }) {
      const limiter = new RateLimiterMemory({ points, duration: seconds })
      return {
        async check(key) {
          const count = await limiter.get(key)
          if (count && count.consumedPoints >= points && count.msBeforeNext > 0) {
            throw new AppError('throttled', { retryAfter: count.msBeforeNext / 1000 })
          }
        },
        async count(key) {
          await limiter.penalty(key)
        },
      }
    },
  }
}
