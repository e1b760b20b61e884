import type { Group, Role } from '@cabildo/protocol/http/common'
import { type Kysely, sql, type Transaction } from 'kysely'
import { holdPeople } from '../../db/holding.ts'
import type { Database } from '../../db/types.ts'
import { byProgram, isOpen } from './open-link.ts'

/** A link that may be used now. `email`: the one it was made for, or that of the account it leads back to. */
export interface OpenLink {
  id: string
  kind: 'invitation' | 'recovery'
  planId: string
  planSlug: string
  planTitle: string
  place: string
  name: string
  email: string | null
  /** Null for a recovery. */
  role: Role | null
  groupId: string | null
  groupName: string | null
  sector: Group['sector'] | null
  /** The account it leads back to; null for an invitation. */
  userId: string | null
  /** Who made it; null when it was the program itself. */
  makerId: string | null
  expiresAt: Date
}

/** Reads the link of this secret, if it may be used now. `hold`: nobody else can use it until the transaction ends. */
export async function findOpenLink(
  db: Kysely<Database>,
  secretHash: string,
  { hold = false } = {},
): Promise<OpenLink | undefined> {
  const { rows } = await sql<OpenLink>`
    select l.id, l.kind, l.plan_id, p.slug as plan_slug, p.title as plan_title, p.place,
      coalesce(u.name, l.name, '') as name, coalesce(u.email, l.email) as email, l.role,
      g.id as group_id, g.name as group_name, g.sector, l.user_id,
      case when ${byProgram} then null else l.created_by end as maker_id, l.expires_at
    from access_link l
    join plan p on p.id = l.plan_id
    left join user_account u on u.id = l.user_id
    left join stakeholder_group g on g.id = l.group_id
    where l.secret_hash = ${secretHash} and ${isOpen}
    ${hold ? sql`for no key update of l` : sql``}`.execute(db)
  return rows[0]
}

/** Writes down that a link was used, and by whom. */
export async function markUsed(trx: Transaction<Database>, linkId: string, userId: string): Promise<void> {
  await trx
    .updateTable('accessLink')
    .set({ usedAt: sql<Date>`now()`, usedBy: userId })
    .where('id', '=', linkId)
    .execute()
}

/** Inserts an account. False, storing nothing, when another one has the address. */
export async function insertAccount(
  trx: Transaction<Database>,
  { id, name, email, passwordHash }: { id: string; name: string; email: string | null; passwordHash: string | null },
): Promise<boolean> {
  const { rows } = await sql`
    insert into user_account (id, name, email, password_hash)
    values (${id}, ${name}, ${email}, ${passwordHash})
    on conflict ((lower(email))) do nothing
    returning id`.execute(trx)
  return rows.length > 0
}

/** Gives somebody a part in a plan. False when they have one, suspended or not. */
export async function insertMember(
  trx: Transaction<Database>,
  member: { planId: string; userId: string; groupId: string | null; role: Role },
): Promise<boolean> {
  const row = await trx
    .insertInto('member')
    .values(member)
    .onConflict((conflict) => conflict.columns(['planId', 'userId']).doNothing())
    .returning('userId')
    .executeTakeFirst()
  return row !== undefined
}

/** Holds an account, so that it gets no part in another plan and is not erased until the transaction ends. */
export async function holdLiveAccount(trx: Transaction<Database>, userId: string): Promise<boolean> {
  return (await holdPeople(trx, [userId])).get(userId)?.kind === 'account'
}
