import { AppError } from '@cabildo/protocol/errors'
import type { FreshProof as Way } from '@cabildo/protocol/http/approvals'
import type { Kysely } from 'kysely'
import type { Database } from '../db/types.ts'
import type { Codes } from './factors/codes.ts'
import type { Proof } from './proof.ts'
import type { Actor } from './sessions.ts'
import { beganWithin, findAccountById, findStanding } from './store.ts'

/** How long a sign-in counts as fresh, in seconds. */
const recentSeconds = 5 * 60

/** What somebody may prove themselves afresh with. */
export interface ProofWays {
  /** They signed in so short a time ago that nothing more is asked. */
  recent: boolean
  password: boolean
  code: boolean
  /** They have a passkey, which signs what they decide. */
  passkey: boolean
}

/** Asks somebody who is signed in to prove again who they are, before an act that is theirs alone. */
export interface FreshProof {
  ways(actor: Actor): Promise<ProofWays>
  /**
   * Answers how they proved it: by what they show, else by a sign-in less than five minutes ago. Throws
   * `wrong_credentials` (also when nothing was shown and the sign-in is older), `wrong_code`, and `throttled`.
   */
  demand(
    actor: Actor,
    shown: { password?: string | undefined; code?: string | undefined },
    network: string,
  ): Promise<Exclude<Way, 'passkey'>>
}

/** Fresh proofs: who has neither password nor authenticator (a passkey, another sign-on) signs in anew. */
export function createFreshProof({
  db,
  proof,
  codes,
}: {
  db: Kysely<Database>
  proof: Proof
  codes: Codes
}): FreshProof {
  const ways = async ({ userId, sessionId }: Actor): Promise<ProofWays> => {
    const [recent, account, standing] = await Promise.all([
      beganWithin(db, sessionId, recentSeconds),
      findAccountById(db, userId),
      findStanding(db, sessionId),
    ])
    return {
      recent,
      password: (account?.passwordHash ?? null) !== null,
      code: standing?.hasTotp ?? false,
      passkey: standing?.hasPasskeys ?? false,
    }
  }
  return {
    ways,
    async demand(actor, { password, code }, network) {
      const { recent, ...has } = await ways(actor)
      if (password !== undefined && has.password) {
        await proof.demand(actor.userId, password)
        return 'password'
      }
      if (code !== undefined && has.code) {
        await codes.accept({ userId: actor.userId, code, network })
        return 'code'
      }
      if (recent) return 'sign_in'
      throw new AppError('wrong_credentials', { detail: 'Show your password or a code, or sign in again.' })
    },
  }
}
