import { AppError } from '@cabildo/protocol/errors'
import type { Kysely, Transaction } from 'kysely'
import type { Passwords } from '../../auth/passwords.ts'
import type { Actor } from '../../auth/sessions.ts'
import type { Bucket } from '../../auth/throttling.ts'
import type { Database } from '../../db/types.ts'
import { logMembership } from '../../people/membership-log.ts'
import type { Rooms } from '../../rooms/ports.ts'
import { type Erasable, eraseAccount, findPasswordHash, hasOtherCoordinator, holdAccount } from './store.ts'

/** What erasing oneself needs. `guesses` counts wrong passwords by account. */
export interface ErasingDeps {
  db: Kysely<Database>
  passwords: Passwords
  guesses: Bucket
  rooms: Pick<Rooms, 'recheck'>
}

/**
 * Has what is about oneself erased: all of it in one transaction, or nothing. What one wrote stays in the record under
 * an id that leads to nobody. Asks for the password of an account that has one, and for the exact name, so that it never
 * happens by mistake. Throws `wrong_credentials`, `invalid`, `last_coordinator`, `throttled`.
 */
export async function eraseSelf(
  deps: ErasingDeps,
  { userId }: Actor,
  proof: { name: string; password?: string | undefined },
): Promise<void> {
  const hash = await provePassword(deps, userId, proof.password)
  await eraseHeld(deps.db, userId, userId, (account) => {
    // Changed meanwhile by somebody who knows the new one.
    if (account.passwordHash !== hash) throw new AppError('wrong_credentials')
    if (account.name.normalize() !== proof.name.trim().normalize()) throw wrongName()
  })
  deps.rooms.recheck()
}

/**
 * Erases somebody in the program's own name; answers whether there was anybody (left) to erase. Throws
 * `last_coordinator`. The rooms hear of it through the database.
 */
export async function eraseByProgram(db: Kysely<Database>, userId: string): Promise<boolean> {
  return eraseHeld(db, userId, null)
}

async function provePassword(
  { db, passwords, guesses }: ErasingDeps,
  userId: string,
  password: string | undefined,
): Promise<string | null> {
  const hash = await findPasswordHash(db, userId)
  if (hash === null) return null
  if (password === undefined) throw new AppError('wrong_credentials')
  const isOpen = () => guesses.check(userId)
  await isOpen()
  // Asked again when it is this attempt's turn: of many at once, only as many as are allowed get to guess.
  if (await passwords.verify(hash, password, isOpen)) return hash
  await guesses.count(userId)
  throw new AppError('wrong_credentials')
}

function wrongName(): AppError {
  const detail = 'Type your name exactly as it stands in your profile.'
  return new AppError('invalid', { detail, errors: [{ pointer: '/name', detail }] })
}

/** Whoever joins plan after plan at this very moment is asked to try again. */
const tries = 3

async function eraseHeld(
  db: Kysely<Database>,
  userId: string,
  actorId: string | null,
  demand: (account: Erasable) => void = () => undefined,
): Promise<boolean> {
  for (let left = tries; left > 0; left--) {
    const outcome = await db.transaction().execute(async (trx) => {
      const account = await holdAccount(trx, userId)
      if (account === undefined || account === 'moved') return account
      demand(account)
      await leavePlans(trx, userId, actorId, account.parts)
      await eraseAccount(trx, userId)
      return 'erased'
    })
    if (outcome !== 'moved') return outcome === 'erased'
  }
  throw new AppError('unavailable', { retryAfter: 5 })
}

async function leavePlans(
  trx: Transaction<Database>,
  userId: string,
  actorId: string | null,
  parts: Erasable['parts'],
): Promise<void> {
  for (const { planId, role, groupId } of parts) {
    if (role === 'coordinator' && !(await hasOtherCoordinator(trx, planId, userId))) {
      throw new AppError('last_coordinator')
    }
    await logMembership(trx, { planId, userId, kind: 'erased', actorId, wasRole: role, wasGroupId: groupId })
  }
}
