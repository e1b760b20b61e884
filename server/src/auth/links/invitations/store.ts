import type { Role } from '@cabildo/protocol/http/common'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../../../db/types.ts'
import { makerMay, reachesBeyond } from '../open-link.ts'
import { linkLifetime } from '../rules.ts'

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

/** How many invitations a plan made within the last hour, and in how many seconds the first of them is an hour old. */
export async function countLately(
  trx: Transaction<Database>,
  planId: string,
): Promise<{ made: number; secondsLeft: number }> {
  const { rows } = await sql<{ made: number; secondsLeft: number }>`
    select count(*)::int as made,
      coalesce(extract(epoch from min(created_at) + interval '1 hour' - clock_timestamp()), 1)::float8 as seconds_left
    from access_link
    where plan_id = ${planId} and kind = 'invitation' and created_at > clock_timestamp() - interval '1 hour'`.execute(
    trx,
  )
  return rows[0] ?? { made: 0, secondsLeft: 1 }
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
