import { AppError } from '@cabildo/protocol/errors'
import { createTurns } from '../turns.ts'
import type { Bucket, Throttles } from './throttling.ts'

/** What the database keeps of something shown, to find by it what it leads to: a token too long to guess, or a code. */
export type ShownHash = { linkHash: string } | { codeHash: string }

/** How many wrong ones are looked up within a minute. */
export interface GuessLimits {
  /** Spoken codes, by one network. A village may sit behind one address: right ones do not count. */
  codes: number
  /** Spoken codes, by everybody. Beyond it a network that was wrong once this minute is not heard again. */
  codesCalm: number
  /** Spoken codes, by everybody: beyond it only tokens lead in, for the rest of the minute. */
  codesEverywhere: number
  /** Tokens, by one network: nobody can guess one, but looking costs. */
  tokens: number
}

const usual: GuessLimits = { codes: 10, codesCalm: 300, codesEverywhere: 3000, tokens: 300 }

/** Looks for something by what somebody showed. */
export interface Guesses {
  /**
   * What `find` finds, or `link_gone`: for what never led anywhere just as for what leads nowhere any more. Throws
   * `throttled` instead of looking when too much was wrong before.
   */
  look<Found>(
    network: string,
    hash: ShownHash | undefined,
    find: (hash: ShownHash) => Promise<Found | undefined>,
  ): Promise<Found>
}

/**
 * Guards spoken codes against guessing (docs/spec/security.md, T14). Forty bits are few, so three bounds hold together:
 * one network gets ten wrong codes a minute; when many networks guess at once, each gets one; and all together get so
 * few that six hours of it find one open workshop in a million times. A code that is right from a network that has not
 * been wrong is let in until the last bound, and a token always. Networks guess one at a time, so that a thousand guesses
 * sent at once are counted before the next is looked up. `what` names the kind of code, once and for ever.
 */
export function createGuesses(throttles: Throttles, what: string, limits: GuessLimits = usual): Guesses {
  const bucket = (name: string, points: number) => throttles.bucket(`${what} ${name}`, { points, seconds: 60 })
  const byNetwork = bucket('code', limits.codes)
  const onceByNetwork = bucket('code once', 1)
  const calm = bucket('codes calm', limits.codesCalm)
  const everywhere = bucket('codes everywhere', limits.codesEverywhere)
  const tokens = bucket('token', limits.tokens)
  const inTurn = createTurns()

  const checkCode = async (network: string) => {
    await byNetwork.check(network)
    await everywhere.check('all')
    if (await isUsedUp(calm, 'all')) await onceByNetwork.check(network)
  }
  const countCode = async (network: string) => {
    await Promise.all([byNetwork.count(network), onceByNetwork.count(network)])
    await Promise.all([calm.count('all'), everywhere.count('all')])
  }

  return {
    async look(network, hash, find) {
      // What cannot be a code or a token teaches nobody anything.
      if (hash === undefined) throw new AppError('link_gone')
      if ('linkHash' in hash) {
        await tokens.check(network)
        const found = await find(hash)
        if (found) return found
        await tokens.count(network)
        throw new AppError('link_gone')
      }
      return inTurn(network, async () => {
        await checkCode(network)
        const found = await find(hash)
        if (found) return found
        await countCode(network)
        throw new AppError('link_gone')
      })
    },
  }
}

async function isUsedUp(bucket: Bucket, key: string): Promise<boolean> {
  try {
    await bucket.check(key)
    return false
  } catch (error) {
    if (error instanceof AppError && error.code === 'throttled') return true
    throw error
  }
}
