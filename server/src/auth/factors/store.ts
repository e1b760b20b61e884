import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'

/** The authenticator of an account, its secret as sealed. `confirmed`: it was shown to work, and holds. */
export interface TotpRow {
  secret: Uint8Array
  confirmed: boolean
}

/** Reads the authenticator of an account. One that was begun more than an hour ago and never confirmed is none. */
export async function findTotp(db: Kysely<Database>, userId: string): Promise<TotpRow | undefined> {
  return db
    .selectFrom('totp')
    .where('userId', '=', userId)
    .where((where) =>
      where.or([where('confirmedAt', 'is not', null), sql<boolean>`created_at > now() - interval '1 hour'`]),
    )
    .select(['secret', sql<boolean>`confirmed_at is not null`.as('confirmed')])
    .executeTakeFirst()
}

/** Keeps the secret of an authenticator that is yet to be confirmed. False when a confirmed one is there. */
export async function insertTotp(db: Kysely<Database>, userId: string, secret: Uint8Array): Promise<boolean> {
  const row = await db
    .insertInto('totp')
    .values({ userId, secret })
    .onConflict((conflict) =>
      conflict
        .column('userId')
        .doUpdateSet({ secret, createdAt: sql<Date>`now()`, lastStep: null })
        .where('totp.confirmedAt', 'is', null),
    )
    .returning('userId')
    .executeTakeFirst()
  return row !== undefined
}

/** Confirms the authenticator with this secret by a code's step. False when it is not there, or confirmed already. */
export async function confirmTotpRow(
  trx: Transaction<Database>,
  { userId, secret, step }: { userId: string; secret: Uint8Array; step: number },
): Promise<boolean> {
  const row = await trx
    .updateTable('totp')
    .set({ confirmedAt: sql<Date>`now()`, lastStep: step })
    .where('userId', '=', userId)
    .where('secret', '=', secret)
    .where('confirmedAt', 'is', null)
    .returning('userId')
    .executeTakeFirst()
  return row !== undefined
}

/** Uses a step up. False when it, or a later one, was used before: of two at once, one passes. */
export async function useTotpStep(db: Kysely<Database>, userId: string, step: number): Promise<boolean> {
  const row = await db
    .updateTable('totp')
    .set({ lastStep: step })
    .where('userId', '=', userId)
    .where('confirmedAt', 'is not', null)
    .where((where) => where.or([where('lastStep', 'is', null), where('lastStep', '<', step)]))
    .returning('userId')
    .executeTakeFirst()
  return row !== undefined
}

/** Takes the authenticator and its recovery codes away. */
export async function deleteTotp(trx: Transaction<Database>, userId: string): Promise<void> {
  await trx.deleteFrom('recoveryCode').where('userId', '=', userId).execute()
  await trx.deleteFrom('totp').where('userId', '=', userId).execute()
}

/** Puts new recovery codes in the place of all old ones. */
export async function replaceRecoveryCodes(
  trx: Transaction<Database>,
  userId: string,
  hashes: readonly string[],
): Promise<void> {
  await trx.deleteFrom('recoveryCode').where('userId', '=', userId).execute()
  await trx
    .insertInto('recoveryCode')
    .values(hashes.map((codeHash) => ({ userId, codeHash })))
    .execute()
}

/** Uses a recovery code up. False when there is none with this hash that is still good: of many at once, one passes. */
export async function useRecoveryCode(db: Kysely<Database>, userId: string, codeHash: string): Promise<boolean> {
  const row = await db
    .updateTable('recoveryCode')
    .set({ usedAt: sql<Date>`now()` })
    .where('userId', '=', userId)
    .where('codeHash', '=', codeHash)
    .where('usedAt', 'is', null)
    .returning('userId')
    .executeTakeFirst()
  return row !== undefined
}

/** How many recovery codes are still good. */
export async function countRecoveryCodes(db: Kysely<Database>, userId: string): Promise<number> {
  const { count } = await db
    .selectFrom('recoveryCode')
    .where('userId', '=', userId)
    .where('usedAt', 'is', null)
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return count
}
