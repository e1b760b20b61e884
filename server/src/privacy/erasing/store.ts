import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import { findNewcomers, holdPeople, holdPlans, holdWorkshopsOf } from '../../db/holding.ts'
import type { Database } from '../../db/types.ts'

/** What must be known of an account before it is erased. */
export interface Erasable {
  name: string
  /** The account first, then the guests who are this person. */
  people: { id: string; planIds: string[] }[]
}

/**
 * Holds somebody, and the guests who were said to be them, since they are this person: their plans, then their accounts,
 * then the workshops they came to, so that nothing about them can change until the transaction ends. Undefined when there
 * is nobody (left) to erase; `moved` when a plan or a guest was added in between, and another transaction must begin anew.
 */
export async function holdToErase(trx: Transaction<Database>, userId: string): Promise<Erasable | 'moved' | undefined> {
  const before = await findErasable(trx, userId)
  const ids = before.map(({ id }) => id)
  const plans = before.flatMap(({ planIds }) => planIds)
  await holdPlans(trx, plans)
  await holdPeople(trx, [...ids, ...(await findNewcomers(trx, plans))])
  await holdWorkshopsOf(trx, ids)
  const people = await findErasable(trx, userId)
  const self = people.find(({ id }) => id === userId)
  if (!self) return undefined
  const held = new Set([...ids, ...plans])
  if (people.some(({ id, planIds }) => [id, ...planIds].some((each) => !held.has(each)))) return 'moved'
  return { name: self.name, people: [self, ...people.filter(({ id }) => id !== userId)] }
}

async function findErasable(
  db: Kysely<Database>,
  userId: string,
): Promise<{ id: string; name: string; planIds: string[] }[]> {
  const { rows } = await sql<{ id: string; name: string; planIds: string[] }>`
    select u.id, u.name, array(select plan_id from member m where m.user_id = u.id order by plan_id) as plan_ids
    from user_account u
    where u.erased_at is null and (
      u.id = ${userId} or u.id in (select user_id from workshop_participant where merged_into = ${userId}))
    order by u.id`.execute(db)
  return rows
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
  // That a group endorsed a text stays; for whom of it, and what would open its hash in the record, goes.
  await run(sql`update endorsement set name = '', office = '', salt = '' where by_id = ${userId}`)
  // Nobody but its author ever saw a draft: it is no part of the record.
  for (const table of ['consent', 'display_choice', 'document_draft', 'member', 'news_mark', 'news_setting']) {
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
