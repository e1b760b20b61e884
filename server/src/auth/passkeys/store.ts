import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'

/** A passkey with its owner. */
export interface PasskeyRow {
  id: string
  publicKey: Uint8Array
  counter: number
  userId: string
  name: string
  /** Its owner is suspended or erased. */
  closed: boolean
}

/** A passkey as its owner sees it listed. */
export interface ListedPasskey {
  id: string
  label: string
  createdAt: Date
  usedAt: Date | null
  transports: string[]
}

/** The passkeys of an account, oldest first. */
export function findPasskeys(db: Kysely<Database>, userId: string): Promise<ListedPasskey[]> {
  return db
    .selectFrom('passkey')
    .where('userId', '=', userId)
    .select(['id', 'label', 'createdAt', 'usedAt', 'transports'])
    .orderBy('createdAt')
    .orderBy('id')
    .execute()
}

/** Finds a passkey by the id that the authenticator made. */
export async function findPasskey(db: Kysely<Database>, id: string): Promise<PasskeyRow | undefined> {
  const row = await db
    .selectFrom('passkey')
    .innerJoin('userAccount', 'userAccount.id', 'passkey.userId')
    .where('passkey.id', '=', id)
    .select(['passkey.id', 'passkey.publicKey', 'passkey.counter', 'passkey.userId'])
    .select(['userAccount.name', 'userAccount.suspendedAt', 'userAccount.erasedAt'])
    .executeTakeFirst()
  if (!row) return undefined
  const { suspendedAt, erasedAt, ...passkey } = row
  return { ...passkey, closed: suspendedAt !== null || erasedAt !== null }
}

/**
 * Stores a passkey, unless its account has `most` already or an account has this very one: undefined. The account must be
 * held, so that whoever adds to it at the same time waits.
 */
export async function insertPasskey(
  trx: Transaction<Database>,
  passkey: {
    id: string
    userId: string
    publicKey: Uint8Array
    counter: number
    transports: string[]
    label: string
  },
  most: number,
): Promise<ListedPasskey | undefined> {
  const { userId } = passkey
  const { count } = await trx
    .selectFrom('passkey')
    .where('userId', '=', userId)
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  if (count >= most) return undefined
  return trx
    .insertInto('passkey')
    .values(passkey)
    .onConflict((conflict) => conflict.doNothing())
    .returning(['id', 'label', 'createdAt', 'usedAt', 'transports'])
    .executeTakeFirst()
}

/**
 * Writes a use down. False when the counter did not move on since: the same answer twice, or a copy of the passkey.
 * Passkeys that are kept in several places always count zero.
 */
export async function usePasskey(db: Kysely<Database>, id: string, counter: number): Promise<boolean> {
  const row = await db
    .updateTable('passkey')
    .set({ counter, usedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where((where) => where.or([where('counter', '<', counter), where(sql`greatest(counter, ${counter})`, '=', 0)]))
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Removes a passkey of an account; false when it has none of this id. */
export async function deletePasskey(trx: Transaction<Database>, userId: string, id: string): Promise<boolean> {
  const row = await trx
    .deleteFrom('passkey')
    .where('userId', '=', userId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
