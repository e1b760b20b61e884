import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'

/** A stakeholder group with all that is known of it. */
export interface GroupRow {
  id: string
  name: string
  sector: string
  kind: string
  territory: string | null
  contact: string | null
  /** How many take part for it: nobody suspended. */
  members: number
}

/** What can be said of a group. */
export interface GroupValues {
  name?: string
  sector?: string
  kind?: string
  territory?: string | null
  contact?: string | null
}

const members: RawBuilder<number> = sql<number>`(
  select count(*)::int from member m join user_account u on u.id = m.user_id
  where m.plan_id = stakeholder_group.plan_id and m.group_id = stakeholder_group.id
    and m.suspended_at is null and u.suspended_at is null)`

/** Reads the groups of a plan, or the one named. */
export function findGroupRows(db: Kysely<Database>, planId: string, groupId?: string): Promise<GroupRow[]> {
  return db
    .selectFrom('stakeholderGroup')
    .where('planId', '=', planId)
    .$if(groupId !== undefined, (query) => query.where('id', '=', groupId ?? ''))
    .select(['id', 'name', 'sector', 'kind', 'territory', 'contact', members.as('members')])
    .orderBy('name')
    .orderBy('id')
    .execute()
}

/** Whether another group of the plan has this name, in whatever letters. */
export async function isNameTaken(
  db: Kysely<Database>,
  planId: string,
  name: string,
  butId: string | undefined,
): Promise<boolean> {
  const { rows } = await sql`
    select from stakeholder_group
    where plan_id = ${planId} and lower(name) = lower(${name}) and id is distinct from ${butId ?? null}`.execute(db)
  return rows.length > 0
}

/** Inserts a group. */
export async function insertGroup(
  trx: Transaction<Database>,
  group: { id: string; planId: string; name: string; sector: string; kind: string } & GroupValues,
): Promise<void> {
  await trx.insertInto('stakeholderGroup').values(group).execute()
}

/** Changes a group of this plan. */
export async function updateGroup(
  trx: Transaction<Database>,
  planId: string,
  groupId: string,
  values: GroupValues,
): Promise<void> {
  if (Object.keys(values).length === 0) return
  await trx.updateTable('stakeholderGroup').set(values).where('planId', '=', planId).where('id', '=', groupId).execute()
}
