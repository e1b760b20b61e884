import type { Display } from '@cabildo/protocol/http/common'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'

/** Somebody who came to a workshop, by the name they gave, as those who run it see them. */
export interface ParticipantRow {
  userId: string
  name: string
  /** An account came as itself; what is about it is its own to change. */
  kind: 'account' | 'guest'
  groupId: string | null
  groupName: string | null
  sector: string | null
  tableId: string | null
  display: Display
  joinedAt: Date
  mutedAt: Date | null
  removedAt: Date | null
  mergedInto: string | null
  /** What was about them is erased: there is nothing left to correct. */
  erased: boolean
  /** Numbers the phones of the workshop, in the order they came; the first one this person was on. */
  device: number | null
}

/** Reads who came to a workshop of a plan, in the order they did, or the one named. */
export async function findParticipants(
  db: Kysely<Database>,
  { planId, workshopId, userId = null }: { planId: string; workshopId: string; userId?: string | null },
): Promise<ParticipantRow[]> {
  const { rows } = await sql<ParticipantRow>`
    with phone as (
      select device_id, row_number() over (order by min(added_at), device_id)::int as number
      from device_person where workshop_id = ${workshopId} group by device_id
    )
    select p.user_id, u.name, u.kind, g.id as group_id, g.name as group_name, g.sector, p.table_id,
      coalesce(c.display, 'name') as display, p.joined_at, p.muted_at, p.removed_at, p.merged_into,
      u.erased_at is not null as erased,
      (
        select min(phone.number) from device_person d join phone on phone.device_id = d.device_id
        where d.workshop_id = p.workshop_id and d.user_id = p.user_id
      ) as device
    from workshop_participant p
    join workshop w on w.id = p.workshop_id and w.plan_id = ${planId}
    join user_account u on u.id = p.user_id
    left join member m on m.plan_id = w.plan_id and m.user_id = p.user_id
    left join stakeholder_group g on g.id = m.group_id
    left join display_choice c on c.plan_id = w.plan_id and c.user_id = p.user_id
    where p.workshop_id = ${workshopId} and (${userId}::text is null or p.user_id = ${userId})
    order by p.joined_at, p.user_id`.execute(db)
  return rows
}

/** Gives somebody another name. */
export async function renameGuest(trx: Transaction<Database>, userId: string, name: string): Promise<void> {
  await trx.updateTable('userAccount').set({ name }).where('id', '=', userId).execute()
}

/** Moves somebody to another group of the plan. False when the plan has no such group. */
export async function moveToGroup(
  trx: Transaction<Database>,
  { planId, userId, groupId }: { planId: string; userId: string; groupId: string },
): Promise<boolean> {
  const moved = await trx
    .updateTable('member')
    .set({ groupId })
    .where('planId', '=', planId)
    .where('userId', '=', userId)
    .where((where) =>
      where.exists(
        where.selectFrom('stakeholderGroup').where('planId', '=', planId).where('id', '=', groupId).select('id'),
      ),
    )
    .returning('userId')
    .executeTakeFirst()
  return moved !== undefined
}

/** Whether a workshop has this table. */
export async function hasTable(db: Kysely<Database>, workshopId: string, tableId: string): Promise<boolean> {
  const row = await db
    .selectFrom('workshopTable')
    .where('workshopId', '=', workshopId)
    .where('id', '=', tableId)
    .select('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Sets or takes back what is given. The database stamps the time. */
export async function updateParticipant(
  trx: Transaction<Database>,
  { workshopId, userId }: { workshopId: string; userId: string },
  change: { tableId?: string | null; muted?: boolean; removed?: boolean },
): Promise<void> {
  const stamp = (on: boolean) => (on ? sql<Date>`now()` : null)
  const set = {
    ...(change.tableId !== undefined && { tableId: change.tableId }),
    ...(change.muted !== undefined && { mutedAt: stamp(change.muted) }),
    ...(change.removed !== undefined && { removedAt: stamp(change.removed) }),
  }
  if (Object.keys(set).length === 0) return
  await trx
    .updateTable('workshopParticipant')
    .set(set)
    .where('workshopId', '=', workshopId)
    .where('userId', '=', userId)
    .execute()
}

/** Ends the sessions somebody has in a workshop. */
export async function endSessionsOf(
  trx: Transaction<Database>,
  { workshopId, userId }: { workshopId: string; userId: string },
): Promise<void> {
  await trx
    .updateTable('session')
    .set({ endedAt: sql<Date>`now()` })
    .where('workshopId', '=', workshopId)
    .where('userId', '=', userId)
    .where('endedAt', 'is', null)
    .execute()
}

/** Some people who have something in common. */
export interface CountRow {
  key: string
  label: string | null
  people: number
}

/** Counts who came to a workshop of a plan: neither those who were removed, nor anybody twice; and the totals of guests
 * who were erased since. */
export async function countAttendance(
  db: Kysely<Database>,
  { planId, workshopId }: { planId: string; workshopId: string },
): Promise<{ people: number; byGroup: CountRow[]; byTable: CountRow[]; byGender: CountRow[]; byAge: CountRow[] }> {
  const came = sql`
    workshop_participant p
    join workshop w on w.id = p.workshop_id and w.plan_id = ${planId} and w.id = ${workshopId}
      and p.removed_at is null and p.merged_into is null`
  const { rows } = await sql<CountRow & { of: string }>`
    select c.of, c.key, max(c.label) as label, sum(c.people)::int as people from (
    select 'people' as of, '' as key, null as label, count(*)::int as people, 0 as place from ${came}
    union all
    select 'group', g.id, g.name, count(*)::int, 0 from ${came}
    join member m on m.plan_id = w.plan_id and m.user_id = p.user_id join stakeholder_group g on g.id = m.group_id
    group by g.id
    union all
    select 'table', t.id, t.name, count(*)::int, t.position from ${came}
    join workshop_table t on t.workshop_id = w.id and t.id = p.table_id
    group by t.id
    union all
    select 'gender', p.gender, null, count(*)::int, 0 from ${came} where p.gender is not null group by p.gender
    union all
    select 'age', p.age_band, null, count(*)::int, 0 from ${came} where p.age_band is not null group by p.age_band
    union all
    select t.kind, t.key, coalesce(g.name, d.name), t.people, coalesce(d.position, 0) from workshop_total t
    join workshop w on w.id = t.workshop_id and w.plan_id = ${planId} and w.id = ${workshopId}
    left join stakeholder_group g on t.kind = 'group' and g.id = t.key
    left join workshop_table d on t.kind = 'table' and d.id = t.key
    ) c group by c.of, c.key
    order by max(c.place), people desc, label, key`.execute(db)
  const of = (what: string) =>
    rows.filter((row) => row.of === what).map(({ key, label, people }) => ({ key, label, people }))
  return {
    people: of('people')[0]?.people ?? 0,
    byGroup: of('group'),
    byTable: of('table'),
    byGender: of('gender'),
    byAge: of('age'),
  }
}
