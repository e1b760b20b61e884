import { AppError } from '@cabildo/protocol/errors'
import type { Kysely, Transaction } from 'kysely'
import { holdPerson } from '../db/holding.ts'
import type { Database } from '../db/types.ts'
import type { Actor, Sessions } from './sessions.ts'
import { findStanding, lockSession } from './store.ts'

/**
 * Puts a new session in the place of the one that asks, with the same standing, and answers its cookie: no id survives a
 * step that changes what it is worth (docs/spec/security.md, T2). `secondFactor`: it has just shown one. `alone`: all
 * others end too. Throws `signed_out` when the session was ended meanwhile, so that nothing comes back to life.
 */
export async function renewSession(
  { db, sessions }: { db: Kysely<Database>; sessions: Sessions },
  actor: Actor,
  { secondFactor = false, alone = false }: { secondFactor?: boolean; alone?: boolean } = {},
): Promise<string> {
  const { userId, sessionId } = actor
  const standing = await findStanding(db, sessionId)
  if (!standing) throw new AppError('signed_out')
  const { deviceId, label, showedSecondFactor } = standing
  if (alone) await sessions.endAllOf(userId)
  else await endOne(sessions, userId, sessionId)
  const { cookie } = await sessions.begin(userId, {
    ...(deviceId === null ? {} : { deviceId }),
    label: label ?? undefined,
    secondFactor: secondFactor || showedSecondFactor,
  })
  return cookie
}

/**
 * Throws `signed_out` when the session was ended since the request began, or its person erased. Asked first inside the
 * transaction that changes something about the person, where it holds both (decision 30): whoever ends the one or erases
 * the other waits.
 */
export async function demandAlive(trx: Transaction<Database>, { userId, sessionId }: Actor): Promise<void> {
  await holdPerson(trx, userId)
  if (!(await lockSession(trx, sessionId))) throw new AppError('signed_out')
}

/** Ends one live session of somebody by its public name. False when they have none of that name. */
export async function endOne(sessions: Sessions, userId: string, sessionId: string): Promise<boolean> {
  const entry = (await sessions.list(userId)).find((each) => each.sessionId === sessionId)
  if (!entry) return false
  await sessions.endListed(entry)
  return true
}
