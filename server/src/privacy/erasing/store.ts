import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'

/** What must be known of an account before it is erased. */
export interface Erasable {
  name: string
  planIds: string[]
}

/**
 * Holds somebody's plans, in the order of their ids, and then their account, so that neither their parts nor who else
 * coordinates can change until the transaction ends. Undefined when there is nobody (left) to erase; `moved` when they
 * joined a plan in between, and another transaction must begin anew.
 */
export async function holdAccount(trx: Transaction<Database>, userId: string): Promise<Erasable | 'moved' | undefined> {
  const plans = await trx
    .selectFrom('plan')
    .where('id', 'in', (inside) => inside.selectFrom('member').where('userId', '=', userId).select('planId'))
    .select('id')
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  const account = await trx
    .selectFrom('userAccount')
    .where('id', '=', userId)
    .where('erasedAt', 'is', null)
    .select('name')
    .forUpdate()
    .executeTakeFirst()
  if (!account) return undefined
  const parts = await trx.selectFrom('member').where('userId', '=', userId).select('planId').orderBy('planId').execute()
  const held = new Set(plans.map(({ id }) => id))
  if (parts.some(({ planId }) => !held.has(planId))) return 'moved'
  return { ...account, planIds: parts.map(({ planId }) => planId) }
}

/**
 * Erases what is about somebody, wherever it stands, and ends every way in. Their rows in the log, their versions and
 * the events about them stay as they are: they name nobody but a bare id. The account's row must be held.
 */
export async function eraseAccount(trx: Transaction<Database>, userId: string): Promise<void> {
  const run = (statement: RawBuilder<unknown>) => statement.execute(trx)
  // Invitations first, while it is still known what their address was; by address only in plans they have been in, since
  // nobody has shown that the address of an account is theirs.
  await run(sql`
    update access_link l set name = null, email = null,
      revoked_at = case when used_at is null then coalesce(revoked_at, now()) else revoked_at end
    where used_by = ${userId} or user_id = ${userId} or (
      lower(email) = (select lower(email) from user_account where id = ${userId})
      and plan_id in (select plan_id from membership_event where user_id = ${userId}))`)
  for (const table of ['totp', 'recovery_code', 'passkey', 'external_identity', 'ceremony', 'device_person']) {
    await run(sql`delete from ${sql.table(table)} where user_id = ${userId}`)
  }
  await run(sql`update factor_reset set reason = null where user_id = ${userId}`)
  await run(sql`update redaction set reason = '' where asked_by = ${userId}`)
  // Nobody but its author ever saw a draft: it is no part of the record.
  for (const table of ['consent', 'display_choice', 'document_draft', 'member']) {
    await run(sql`delete from ${sql.table(table)} where user_id = ${userId}`)
  }
  await run(sql`
    update workshop_participant set gender = null, age_band = null, table_id = null where user_id = ${userId}`)
  await run(sql`
    update session set label = null, device_id = null, ended_at = coalesce(ended_at, now()) where user_id = ${userId}`)
  await run(sql`
    update user_account set name = '', email = null, password_hash = null, password_changed_at = now(), erased_at = now()
    where id = ${userId}`)
}

/** Guests of workshops who were said to be this person. */
export async function findMergedInto(trx: Transaction<Database>, userId: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('workshopParticipant')
    .where('mergedInto', '=', userId)
    .select('userId')
    .orderBy('userId')
    .execute()
  return rows.map((row) => row.userId)
}

/** Reads whom the database knows to be erased. */
export async function findErased(db: Kysely<Database>): Promise<string[]> {
  const rows = await db
    .selectFrom('userAccount')
    .select('id')
    .where('erasedAt', 'is not', null)
    .orderBy('erasedAt')
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}
