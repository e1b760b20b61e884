import type { GroupKind, Role, Sector } from '@cabildo/protocol/http/common'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../db/types.ts'

/** Whether the database holds the demo's plan. */
export async function hasDemoPlan(db: Kysely<Database>): Promise<boolean> {
  const row = await db.selectFrom('plan').where('demo', '=', true).select('id').limit(1).executeTakeFirst()
  return row !== undefined
}

/** Whether there is neither a person nor a plan. `alone`: nobody else gets to ask until this transaction ends. */
export async function isEmpty(db: Kysely<Database>, { alone = false } = {}): Promise<boolean> {
  if (alone) await sql`select pg_advisory_xact_lock(hashtext('cabildo demo'))`.execute(db)
  const { rows } = await sql<{ empty: boolean }>`
    select not exists (select from user_account) and not exists (select from plan) as empty`.execute(db)
  return rows[0]?.empty === true
}

/** Inserts a plan. */
export async function insertPlan(
  trx: Transaction<Database>,
  plan: { id: string; slug: string; title: string; place: string; demo: boolean },
): Promise<void> {
  await trx.insertInto('plan').values(plan).execute()
}

/** Inserts stakeholder groups. */
export async function insertGroups(
  trx: Transaction<Database>,
  groups: readonly {
    id: string
    planId: string
    name: string
    sector: Sector
    kind: GroupKind
    territory: string
    contact: string
  }[],
): Promise<void> {
  await trx.insertInto('stakeholderGroup').values(groups).execute()
}

/** Inserts a person. */
export async function insertUser(
  trx: Transaction<Database>,
  user: { id: string; email: string; name: string; passwordHash: string | null },
): Promise<void> {
  await trx.insertInto('userAccount').values(user).execute()
}

/** Gives a person a part in a plan. */
export async function insertMember(
  trx: Transaction<Database>,
  member: { planId: string; userId: string; groupId: string | null; role: Role },
): Promise<void> {
  await trx.insertInto('member').values(member).execute()
}
