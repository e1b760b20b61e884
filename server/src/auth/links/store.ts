import type { Group, Role } from '@cabildo/protocol/http/common'
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'
import { rights } from '../rules.ts'
import { linkLifetime } from './rules.ts'

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

/** Whether somebody manages the people of a plan now. Suspended people manage nothing. */
function manages(userId: RawBuilder<unknown>, planId: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select from member mm join user_account mu on mu.id = mm.user_id
    where mm.plan_id = ${planId} and mm.user_id = ${userId} and mm.role = any(${[...rights['people.manage']]}::text[])
      and mm.suspended_at is null and mu.suspended_at is null and mu.erased_at is null)`
}

/** Whether somebody has a part in a plan whose people another does not manage: letting them in would reach that plan too. */
function reachesBeyond(userId: RawBuilder<unknown>, managerId: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select from member bm where bm.user_id = ${userId} and not ${manages(managerId, sql`bm.plan_id`)})`
}

/** A recovery made by the program itself names the account as its maker: nobody can make one for themselves. */
const byProgram = sql<boolean>`coalesce(l.created_by = l.user_id, false)`
const makerMay = sql<boolean>`(${byProgram} or ${manages(sql`l.created_by`, sql`l.plan_id`)})`

/**
 * The one definition of a link that may be used: not used, not taken back, not too old; its maker may still make it; and
 * the account it leads back to is a live one of the plan and of no plan that its maker does not manage.
 */
const isOpen = sql<boolean>`(
  l.used_at is null and l.revoked_at is null and l.expires_at > now() and ${makerMay}
  and (l.kind = 'invitation' or exists (
    select from user_account tu join member tm on tm.user_id = tu.id and tm.plan_id = l.plan_id
    where tu.id = l.user_id and tu.kind = 'account' and tu.suspended_at is null and tu.erased_at is null))
  and (l.kind = 'invitation' or ${byProgram} or not ${reachesBeyond(sql`l.user_id`, sql`l.created_by`)})
)`

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

/** A link to be stored. */
export interface NewLink {
  id: string
  secretHash: string
  planId: string
  createdBy: string
}

/** Inserts an invitation and answers when it expires. */
export function insertInvitation(
  trx: Transaction<Database>,
  link: NewLink & { name: string; email: string | null; role: Role; groupId: string | null },
): Promise<{ expiresAt: Date }> {
  return insertLink(trx, { ...link, kind: 'invitation' })
}

/** Inserts a recovery, takes back every open one of the same account, and answers when it expires. */
export async function insertRecovery(
  trx: Transaction<Database>,
  link: NewLink & { userId: string },
): Promise<{ expiresAt: Date }> {
  await sql`
    update access_link set revoked_at = now()
    where user_id = ${link.userId} and used_at is null and revoked_at is null`.execute(trx)
  return insertLink(trx, { ...link, kind: 'recovery' })
}

function insertLink(
  trx: Transaction<Database>,
  link: NewLink & { kind: keyof typeof linkLifetime },
): Promise<{ expiresAt: Date }> {
  const expiresAt = sql<Date>`now() + ${linkLifetime[link.kind]}::interval`
  // Not the transaction's time: of many made at once, each is newer than the one before.
  const createdAt = sql<Date>`clock_timestamp()`
  return trx
    .insertInto('accessLink')
    .values({ ...link, expiresAt, createdAt })
    .returning('expiresAt')
    .executeTakeFirstOrThrow()
}

/** Writes down that a link was used, and by whom. */
export async function markUsed(trx: Transaction<Database>, linkId: string, userId: string): Promise<void> {
  await trx
    .updateTable('accessLink')
    .set({ usedAt: sql<Date>`now()`, usedBy: userId })
    .where('id', '=', linkId)
    .execute()
}

/** An invitation as a list shows it. */
export interface InvitationRow {
  id: string
  name: string
  email: string | null
  role: Role
  groupId: string | null
  createdAt: Date
  createdBy: string
  expiresAt: Date
  used: boolean
  revoked: boolean
  expired: boolean
  makerMay: boolean
}

/** Reads at most `limit` invitations of a plan, newest first, those older than `after`, or those named. */
export async function findInvitations(
  db: Kysely<Database>,
  planId: string,
  { after, ids, limit }: { after?: string | undefined; ids?: readonly string[]; limit: number },
): Promise<InvitationRow[]> {
  const { rows } = await sql<InvitationRow>`
    select l.id, coalesce(l.name, '') as name, l.email, l.role, l.group_id, l.created_at, l.created_by, l.expires_at,
      l.used_at is not null as used, l.revoked_at is not null as revoked, l.expires_at <= now() as expired,
      ${makerMay} as maker_may
    from access_link l
    where l.plan_id = ${planId} and l.kind = 'invitation'
      ${ids === undefined ? sql`` : sql`and l.id = any(${[...ids]}::text[])`}
      ${
        after === undefined
          ? sql``
          : sql`and (l.created_at, l.id) < (
              select a.created_at, a.id from access_link a where a.id = ${after} and a.plan_id = ${planId})`
      }
    order by l.created_at desc, l.id desc
    limit ${limit}`.execute(db)
  return rows
}

/** Reads how a plan is called. */
export function findPlan(db: Kysely<Database>, planId: string): Promise<{ title: string; place: string }> {
  return db.selectFrom('plan').where('id', '=', planId).select(['title', 'place']).executeTakeFirstOrThrow()
}

/** Takes a link back. */
export async function revokeLink(trx: Transaction<Database>, linkId: string): Promise<void> {
  await trx
    .updateTable('accessLink')
    .set({ revokedAt: sql<Date>`now()` })
    .where('id', '=', linkId)
    .where('usedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .execute()
}

/** A member whom somebody wants to help back in. */
export interface Recoverable {
  name: string
  email: string | null
  /** An account that is neither suspended nor erased. */
  account: boolean
  /** Has a part in a plan that the helper does not manage. */
  beyond: boolean
}

/** Reads a member of a plan as somebody who helps them must see them. */
export async function findRecoverable(
  db: Kysely<Database>,
  { planId, userId, helperId }: { planId: string; userId: string; helperId: string },
): Promise<Recoverable | undefined> {
  const { rows } = await sql<Recoverable>`
    select u.name, u.email, u.kind = 'account' and u.suspended_at is null and u.erased_at is null as account,
      ${reachesBeyond(sql`u.id`, sql`${helperId}::text`)} as beyond
    from member m join user_account u on u.id = m.user_id
    where m.plan_id = ${planId} and m.user_id = ${userId}`.execute(db)
  return rows[0]
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
  const row = await trx
    .selectFrom('userAccount')
    .where('id', '=', userId)
    .where('kind', '=', 'account')
    .where('suspendedAt', 'is', null)
    .where('erasedAt', 'is', null)
    .select('id')
    .forUpdate()
    .executeTakeFirst()
  return row !== undefined
}

/** Gives an account a new password and ends every session of it. */
export async function replacePassword(trx: Transaction<Database>, userId: string, passwordHash: string): Promise<void> {
  await trx
    .updateTable('userAccount')
    .set({ passwordHash, passwordChangedAt: sql<Date>`clock_timestamp()` })
    .where('id', '=', userId)
    .execute()
  await trx
    .updateTable('session')
    .set({ endedAt: sql<Date>`now()` })
    .where('userId', '=', userId)
    .where('endedAt', 'is', null)
    .execute()
}

/** What a live session stands on, to begin another one in its place. */
export async function findStanding(
  db: Kysely<Database>,
  sessionId: string,
): Promise<{ label: string | null; secondFactor: boolean } | undefined> {
  return db
    .selectFrom('session')
    .where('id', '=', sessionId)
    .select(['label', sql<boolean>`second_factor_at is not null`.as('secondFactor')])
    .executeTakeFirst()
}
