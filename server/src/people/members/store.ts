import type { Display, Role } from '@cabildo/protocol/http/common'
import type { MembershipEvent } from '@cabildo/protocol/http/people'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'

/** A member with all that is known of them. */
export interface MemberRow {
  userId: string
  role: Role
  guest: boolean
  /** Of their part in the plan, or of the account. */
  suspendedAt: Date | null
  joinedAt: Date
  name: string
  email: string | null
  display: Display
  groupId: string | null
  groupName: string | null
  sector: string | null
  secondFactor: boolean
  /** What the list is ordered by, before the user's id. */
  sortName: string
}

/** Which members are asked for. */
export interface MemberQuery {
  /** The reader may know who everybody is, and see who is suspended. */
  knows: boolean
  userId?: string
  role?: Role | undefined
  groupId?: string | undefined
  /** The place of the last one seen: `sortName` and user id. */
  after?: readonly [string, string] | undefined
  limit: number
}

/**
 * Reads members in the order of their names, whatever the accents. For a reader who may not know who is who, names and
 * groups that are not shown neither order nor filter, so that nothing can be told from a place in the list.
 */
export async function findMembers(
  db: Kysely<Database>,
  planId: string,
  { knows, userId, role, groupId, after, limit }: MemberQuery,
): Promise<MemberRow[]> {
  const name = knows ? sql`u.name` : sql`case when coalesce(c.display, 'name') = 'name' then u.name else '' end`
  const sortName = sql`lower(regexp_replace(normalize(${name}, NFD), '[\u0300-\u036f]', '', 'g'))`
  const { rows } = await sql<MemberRow>`
    select m.user_id, m.role, u.kind = 'guest' as guest, coalesce(m.suspended_at, u.suspended_at) as suspended_at,
      m.created_at as joined_at, u.name, u.email, coalesce(c.display, 'name') as display,
      g.id as group_id, g.name as group_name, g.sector, ${sortName} as sort_name,
      exists (select from totp t where t.user_id = u.id and t.confirmed_at is not null)
        or exists (select from passkey p where p.user_id = u.id) as second_factor
    from member m
    join user_account u on u.id = m.user_id
    left join stakeholder_group g on g.id = m.group_id
    left join display_choice c on c.plan_id = m.plan_id and c.user_id = m.user_id
    where m.plan_id = ${planId}
      ${knows ? sql`` : sql`and m.suspended_at is null and u.suspended_at is null`}
      ${userId === undefined ? sql`` : sql`and m.user_id = ${userId}`}
      ${role === undefined ? sql`` : sql`and m.role = ${role}`}
      ${groupId === undefined ? sql`` : sql`and m.group_id = ${groupId}`}
      ${groupId === undefined || knows ? sql`` : sql`and coalesce(c.display, 'name') <> 'anonymous'`}
      ${after === undefined ? sql`` : sql`and (${sortName}, m.user_id) > (${after[0]}, ${after[1]})`}
    order by sort_name, m.user_id
    limit ${limit}`.execute(db)
  return rows
}

/** Somebody's part in a plan, as `rules.ts` wants it. */
export interface PartRow {
  role: Role
  groupId: string | null
  suspended: boolean
  guest: boolean
  accountLive: boolean
}

/** Reads somebody's part in a plan, suspended or not. */
export async function findPart(db: Kysely<Database>, planId: string, userId: string): Promise<PartRow | undefined> {
  const { rows } = await sql<PartRow>`
    select m.role, m.group_id, m.suspended_at is not null as suspended, u.kind = 'guest' as guest,
      u.suspended_at is null and u.erased_at is null as account_live
    from member m join user_account u on u.id = m.user_id
    where m.plan_id = ${planId} and m.user_id = ${userId}`.execute(db)
  return rows[0]
}

/** Counts who coordinates a plan beside somebody: nobody suspended, no guest. */
export async function countOtherCoordinators(db: Kysely<Database>, planId: string, userId: string): Promise<number> {
  const { rows } = await sql<{ others: number }>`
    select count(*)::int as others
    from member m join user_account u on u.id = m.user_id
    where m.plan_id = ${planId} and m.user_id <> ${userId} and m.role = 'coordinator' and m.suspended_at is null
      and u.kind = 'account' and u.suspended_at is null and u.erased_at is null`.execute(db)
  return rows[0]?.others ?? 0
}

/** Stores how somebody takes part. A suspension keeps the time it began at. */
export async function updatePart(
  trx: Transaction<Database>,
  planId: string,
  userId: string,
  { role, groupId, suspended }: Pick<PartRow, 'role' | 'groupId' | 'suspended'>,
): Promise<void> {
  await sql`
    update member set role = ${role}, group_id = ${groupId},
      suspended_at = case when ${suspended}::boolean then coalesce(suspended_at, now()) end
    where plan_id = ${planId} and user_id = ${userId}`.execute(trx)
}

/** Ends somebody's part in a plan. */
export async function deletePart(trx: Transaction<Database>, planId: string, userId: string): Promise<void> {
  await trx.deleteFrom('member').where('planId', '=', planId).where('userId', '=', userId).execute()
}

/** One change of who takes part in a plan, by ids. */
export interface EventRow {
  id: number
  kind: MembershipEvent['kind']
  at: Date
  userId: string
  actorId: string | null
  intoUserId: string | null
  role: Role | null
  wasRole: Role | null
  groupId: string | null
  wasGroupId: string | null
  workshopId: string | null
}

/** Reads at most `limit` changes of who takes part in a plan, newest first, those numbered below `below`. */
export async function findEvents(
  db: Kysely<Database>,
  planId: string,
  { below, limit }: { below: number | undefined; limit: number },
): Promise<EventRow[]> {
  const rows = await db
    .selectFrom('membershipEvent')
    .where('planId', '=', planId)
    .$if(below !== undefined, (query) => query.where('id', '<', below ?? 0))
    .select([
      'id',
      'kind',
      'at',
      'userId',
      'actorId',
      'intoUserId',
      'role',
      'wasRole',
      'groupId',
      'wasGroupId',
      'workshopId',
    ])
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  // A check in the database holds the kind, and `logMembership` is only given roles.
  return rows as EventRow[]
}
