import { AppError } from '@cabildo/protocol/errors'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'
import { demandAlive } from '../renewal.ts'
import { rolesWithSecondFactor } from '../rules.ts'
import type { Actor } from '../sessions.ts'
import { findStanding, findWaysIn, hasRole } from '../store.ts'
import { canGetIn, mayChangeFactors, type WaysIn } from './rules.ts'

/** Guests of a workshop see who they are and correct their name; all else is for accounts: `forbidden`. */
export function demandAccount(actor: Actor): void {
  if (actor.workshopId !== null) throw new AppError('forbidden', { detail: 'Guests of a workshop have no account.' })
}

/** Throws `forbidden` when this session may not add to, or take from, the ways into its account. */
export async function demandMayChange(db: Kysely<Database>, actor: Actor): Promise<void> {
  demandAccount(actor)
  const [standing, needs] = await Promise.all([
    findStanding(db, actor.sessionId),
    // True only where a second factor is demanded and was not shown.
    actor.secondFactor ? false : hasRole(db, actor.userId, rolesWithSecondFactor),
  ])
  if (!standing || !mayChangeFactors({ ...standing, needsSecondFactor: needs })) {
    throw new AppError('forbidden', { detail: 'Sign in with your second factor first.' })
  }
}

/** Takes a way in away, unless it is the last: `conflict`. `take` answers whether there was anything to take. */
export async function takeWayIn(trx: Transaction<Database>, actor: Actor, take: () => Promise<boolean>): Promise<void> {
  await demandAlive(trx, actor)
  if (!(await take())) throw new AppError('not_found')
  const left: WaysIn = await findWaysIn(trx, actor.userId)
  if (!canGetIn(left)) throw new AppError('conflict', { detail: 'This is the last way into the account.' })
}
