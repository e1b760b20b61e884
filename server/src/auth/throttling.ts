import { randomBytes } from 'node:crypto'
import { AppError } from '@cabildo/protocol/errors'
import type pg from 'pg'
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterPostgres } from 'rate-limiter-flexible'
import { createKeys, type Keys } from '../keys.ts'
import type { Logger } from '../log.ts'

/** Counts sign-ins that failed. */
export interface SignInThrottle {
  /** Throws what `check` would, as far as this process knows by heart: asks nobody, so that a flood costs nothing. */
  checkKnown(email: string, network: string): void
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

/** Counts attempts under a key within a window of time. */
export interface Bucket {
  /** Throws `throttled`, saying when to come back, when the key has used up its points. Takes none. */
  check(key: string): Promise<void>
  /** Takes a point. */
  count(key: string): Promise<void>
  /** Takes a point before the attempt, or throws `throttled`: however many come at once, no more than the points pass. */
  take(key: string): Promise<void>
  /** Gives back a point that was taken, because the attempt was right. */
  giveBack(key: string): Promise<void>
}

/** The throttles of the program. */
export interface Throttles {
  signIn: SignInThrottle
  /**
   * A bucket of its own for one purpose, named once and for ever. When the counts cannot be read or written it lets
   * nobody through: the error of the database is thrown.
   */
  bucket(name: string, limits: { points: number; seconds: number }): Bucket
}

/**
 * Throttles whose counts stand in the table `rate_limit`, and so outlive a restart. What is over its limit is also known
 * in this process, and is then refused without asking the database or hashing. Keys are stored as hashes under a secret, another
 * one every day, so that the table tells neither addresses nor accounts. Only the counts of failed sign-ins go on in
 * memory, with a warning, while the database fails: that many more guesses are the lesser harm. Only failures of sign-ins count: who
 * knows the password may sign in as often as they like.
 */
export function createThrottles(
  pool: pg.Pool,
  {
    keys = createKeys(randomBytes(32).toString('base64url')),
    signIn = usual,
    logger,
  }: { keys?: Keys; signIn?: ThrottleLimits; logger?: Pick<Logger, 'warn'> } = {},
): Throttles {
  const stores = { pool, keys, logger }
  const { seconds } = signIn
  const pair = createBucket(stores, 'sign in: pair', { points: signIn.pair, seconds, insured: true, sweeps: true })
  const account = createBucket(stores, 'sign in: account', { points: signIn.account, seconds, insured: true })
  const network = createBucket(stores, 'sign in: network', { points: signIn.network, seconds, insured: true })
  const placesOf = (email: string, from: string): [KnowingBucket, string][] => {
    const who = email.trim().toLowerCase()
    return [
      [network, from],
      [pair, `${who} ${from}`],
      [account, who],
    ]
  }

  return {
    signIn: {
      checkKnown(email, from) {
        for (const [bucket, key] of placesOf(email, from)) bucket.checkKnown(key)
      },
      async check(email, from) {
        await Promise.all(placesOf(email, from).map(([bucket, key]) => bucket.check(key)))
      },
      async failed(email, from) {
        await Promise.all(placesOf(email, from).map(([bucket, key]) => bucket.count(key)))
      },
    },
    bucket: (name, limits) => createBucket(stores, name, limits),
  }
}

interface KnowingBucket extends Bucket {
  checkKnown(key: string): void
}

const day = 24 * 60 * 60 * 1000

function createBucket(
  { pool, keys, logger }: { pool: pg.Pool; keys: Keys; logger: Pick<Logger, 'warn'> | undefined },
  name: string,
  {
    points,
    seconds,
    insured = false,
    sweeps = false,
  }: { points: number; seconds: number; insured?: boolean; sweeps?: boolean },
): KnowingBucket {
  const limits = { keyPrefix: name, points, duration: seconds }
  const counts = new RateLimiterPostgres({
    ...limits,
    storeClient: pool,
    storeType: 'pool',
    tableName: 'rate_limit',
    tableCreated: true,
    // One of all buckets removes old rows, every five minutes, for all.
    clearExpiredByTimeout: sweeps,
  })
  const spare = insured ? new RateLimiterMemory(limits) : undefined
  let alarmed = false
  const ask = async <Result>(question: (limiter: RateLimiterAbstract) => Promise<Result>): Promise<Result> => {
    try {
      const answer = await question(counts)
      alarmed = false
      return answer
    } catch (error) {
      if (!spare) throw error
      if (!alarmed) logger?.warn({ err: error, bucket: name }, 'failed sign-ins are counted in memory for now')
      alarmed = true
      return question(spare)
    }
  }
  const over = createMemory()
  const hidden = (key: string) => {
    const today = Math.floor(Date.now() / day)
    return keys.derive('throttle', `${today} ${name} ${key}`, 24).toString('base64url')
  }
  const refuse = (key: string, milliseconds: number): never => {
    over.keep(key, milliseconds)
    throw new AppError('throttled', { retryAfter: milliseconds / 1000 })
  }
  const checkKnown = (key: string): void => {
    const left = over.left(key)
    if (left > 0) throw new AppError('throttled', { retryAfter: left / 1000 })
  }

  return {
    checkKnown,
    async check(key) {
      checkKnown(key)
      const place = hidden(key)
      const count = await ask((limiter) => limiter.get(place))
      if (count && count.consumedPoints >= points && count.msBeforeNext > 0) refuse(key, count.msBeforeNext)
    },
    async count(key) {
      await ask((limiter) => limiter.penalty(hidden(key)))
    },
    async take(key) {
      checkKnown(key)
      const place = hidden(key)
      const count = await ask((limiter) => limiter.penalty(place))
      if (count.consumedPoints > points) refuse(key, count.msBeforeNext)
    },
    async giveBack(key) {
      await ask((limiter) => limiter.reward(hidden(key)))
    },
  }
}

/** So many keys are known by heart; beyond, the database is asked again. */
const mostKnown = 10_000

function createMemory() {
  const until = new Map<string, number>()
  return {
    keep(key: string, milliseconds: number): void {
      const now = Date.now()
      if (until.size >= mostKnown) for (const [each, end] of until) if (end <= now) until.delete(each)
      if (until.size < mostKnown) until.set(key, now + milliseconds)
    },
    /** Milliseconds for which a key is still over. */
    left(key: string): number {
      return (until.get(key) ?? 0) - Date.now()
    },
  }
}
