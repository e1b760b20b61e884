import { AppError } from '@cabildo/protocol/errors'
import type { Kysely } from 'kysely'
import type { Database } from '../db/types.ts'
import type { Passwords } from './passwords.ts'
import { findAccountById } from './store.ts'
import type { Throttles } from './throttling.ts'

/** Asks again for the password of somebody who is signed in, before something about their account changes. */
export interface Proof {
  /**
   * Passes when `password` is the account's, or it has none. Throws `wrong_credentials`, and `throttled` after ten wrong
   * ones in a quarter of an hour.
   */
  demand(userId: string, password: string | undefined): Promise<void>
}

/** Proofs by password. Only who has a session of the account can try, so no stranger can shut its owner out. */
export function createProof({
  db,
  passwords,
  throttles,
}: {
  db: Kysely<Database>
  passwords: Passwords
  throttles: Throttles
}): Proof {
  const wrongOnes = throttles.bucket('proof', { points: 10, seconds: 15 * 60 })
  return {
    async demand(userId, password) {
      const account = await findAccountById(db, userId)
      if (!account || account.passwordHash === null) return
      if (password === undefined) throw new AppError('wrong_credentials')
      const matches = await passwords.verify(account.passwordHash, password, () => wrongOnes.check(userId), {
        from: userId,
        wrong: () => wrongOnes.count(userId),
      })
      if (!matches) throw new AppError('wrong_credentials')
    },
  }
}
