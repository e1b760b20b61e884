import { AppError } from '@cabildo/protocol/errors'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/types.ts'
import type { Keys } from '../../keys.ts'
import type { Proof } from '../proof.ts'
import { demandAlive, renewSession } from '../renewal.ts'
import type { Actor, Sessions } from '../sessions.ts'
import { findAccountById } from '../store.ts'
import type { Codes } from './codes.ts'
import { demandMayChange } from './gate.ts'
import { newRecoveryCodes, recoveryCodeHash } from './recovery-codes.ts'
import { confirmTotpRow, deleteTotp, insertTotp, replaceRecoveryCodes } from './store.ts'
import { newTotpSecret, totpAddress } from './totp.ts'

/** What an account's authenticator needs. */
export interface FactorDeps {
  db: Kysely<Database>
  sessions: Sessions
  keys: Keys
  codes: Codes
  proof: Proof
}

/**
 * Begins with an authenticator: a new secret, kept sealed. It holds once `confirmTotp` saw a code of it; beginning again
 * replaces it. Throws `conflict` when the account has one.
 */
export async function beginTotp(
  { db, keys, proof }: FactorDeps,
  actor: Actor,
  password: string | undefined,
): Promise<{ secret: string; uri: string }> {
  const { userId } = actor
  await demandMayChange(db, actor)
  await proof.demand(userId, password)
  const account = await findAccountById(db, userId)
  const secret = newTotpSecret()
  const stored = await db.transaction().execute(async (trx) => {
    await demandAlive(trx, actor)
    return insertTotp(trx, userId, keys.seal('totp', userId, secret))
  })
  if (!stored) {
    throw new AppError('conflict', { detail: 'The account has an authenticator already: remove it first.' })
  }
  return totpAddress(secret, account?.email ?? actor.name)
}

/**
 * Turns the authenticator on by its first code. Answers the recovery codes, which nobody can read again, and the cookie of
 * the session that replaces this one, since it showed a second factor now.
 */
export async function confirmTotp(
  deps: FactorDeps,
  actor: Actor,
  shown: { code: string; network: string },
): Promise<{ recoveryCodes: string[]; cookie: string }> {
  const { userId } = actor
  const { step, secret } = await deps.codes.tryNew({ userId, ...shown })
  const recoveryCodes = newRecoveryCodes()
  await deps.db.transaction().execute(async (trx) => {
    await demandAlive(trx, actor)
    if (!(await confirmTotpRow(trx, { userId, secret, step }))) throw new AppError('conflict')
    await replaceRecoveryCodes(trx, userId, recoveryCodes.map(recoveryCodeHash))
  })
  return { recoveryCodes, cookie: await renewSession(deps, actor, { secondFactor: true }) }
}

/** Makes new recovery codes by a code; the old ones end. */
export async function renewRecoveryCodes(
  { db, codes }: FactorDeps,
  actor: Actor,
  shown: { code: string; network: string },
): Promise<{ recoveryCodes: string[] }> {
  const { userId } = actor
  await codes.accept({ userId, ...shown })
  const recoveryCodes = newRecoveryCodes()
  await db.transaction().execute(async (trx) => {
    await demandAlive(trx, actor)
    await replaceRecoveryCodes(trx, userId, recoveryCodes.map(recoveryCodeHash))
  })
  return { recoveryCodes }
}

/** Stops using the authenticator, by a code. */
export async function removeTotp(
  { db, codes }: FactorDeps,
  actor: Actor,
  shown: { code: string; network: string },
): Promise<void> {
  await codes.accept({ userId: actor.userId, ...shown })
  await db.transaction().execute(async (trx) => {
    await demandAlive(trx, actor)
    await deleteTotp(trx, actor.userId)
  })
}
