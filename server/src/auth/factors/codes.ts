import { AppError } from '@cabildo/protocol/errors'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/types.ts'
import type { Keys } from '../../keys.ts'
import type { Throttles } from '../throttling.ts'
import { recoveryCodeHash } from './recovery-codes.ts'
import { findTotp, type TotpRow, useRecoveryCode, useTotpStep } from './store.ts'
import { totpStep } from './totp.ts'

/** A code that somebody shows, and the network they are in. */
export interface ShownCode {
  userId: string
  code: string
  network: string
}

/** Checks codes of authenticators and recovery codes; wrong ones are few. */
export interface Codes {
  /**
   * Accepts a code of the account's authenticator, or a recovery code, and uses it up. Throws `wrong_code`, `throttled`,
   * and `conflict` when the account has no authenticator.
   */
  accept(shown: ShownCode): Promise<void>
  /**
   * The step of a code for the authenticator that is yet to be confirmed, and its secret as sealed. Throws as `accept`
   * does, and `conflict` when there is none, or it is confirmed.
   */
  tryNew(shown: ShownCode): Promise<{ step: number; secret: Uint8Array }>
}

/** What checking codes needs. `now` is compared with the clock of authenticators. */
export interface CodeDeps {
  db: Kysely<Database>
  keys: Keys
  throttles: Throttles
  now: () => Date
}

/**
 * Checks codes. A code is a million to three, so each attempt takes a point before it is looked at: five in a quarter of
 * an hour from one network, thirty in an hour from everywhere, given back when right. The second bound does not hold for
 * recovery codes, which nobody can guess: their owner gets in also while somebody who knows the password is trying.
 */
export function createCodes({ db, keys, throttles, now }: CodeDeps): Codes {
  const nearby = throttles.bucket('code: network', { points: 5, seconds: 15 * 60 })
  const anywhere = throttles.bucket('code: account', { points: 30, seconds: 60 * 60 })

  const counted = async <Result>(
    { userId, network }: ShownCode,
    guessable: boolean,
    attempt: () => Promise<Result | undefined>,
  ): Promise<Result> => {
    const here = `${userId} ${network}`
    await nearby.take(here)
    if (guessable) await anywhere.take(userId)
    const result = await attempt()
    if (result === undefined) throw new AppError('wrong_code')
    await nearby.giveBack(here)
    if (guessable) await anywhere.giveBack(userId)
    return result
  }
  const stepOf = ({ secret }: TotpRow, userId: string, code: string): number | undefined =>
    totpStep(keys.open('totp', userId, secret), code, now())

  return {
    async accept(shown) {
      const { userId } = shown
      const totp = await findTotp(db, userId)
      if (!totp?.confirmed) throw new AppError('conflict', { detail: 'The account has no authenticator.' })
      const digits = digitsOf(shown.code)
      await counted(shown, digits !== undefined, async () => {
        if (digits === undefined) return (await useRecoveryCode(db, userId, recoveryCodeHash(shown.code))) || undefined
        const step = stepOf(totp, userId, digits)
        if (step === undefined) return undefined
        return (await useTotpStep(db, userId, step)) || undefined
      })
    },
    async tryNew(shown) {
      const { userId } = shown
      const totp = await findTotp(db, userId)
      if (!totp || totp.confirmed) throw new AppError('conflict', { detail: 'Begin with the authenticator first.' })
      const step = await counted(shown, true, async () => stepOf(totp, userId, digitsOf(shown.code) ?? ''))
      return { step, secret: totp.secret }
    },
  }
}

/** Six digits, however they were grouped. Anything else is meant as a recovery code. */
function digitsOf(code: string): string | undefined {
  const digits = code.replace(/[\s-]/g, '')
  return /^\d{6}$/.test(digits) ? digits : undefined
}
