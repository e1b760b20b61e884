import { type Kysely, sql, type Transaction } from 'kysely'
import { newId } from '../../../db/ids.ts'
import type { Database } from '../../../db/types.ts'
import { manages } from '../../links/open-link.ts'
import { rolesWithSecondFactor } from '../../rules.ts'
import { endSessions } from '../../store.ts'
import { deleteTotp } from '../store.ts'
import { type Approver, type Locked, resetLifetime } from './rules.ts'

/** Reads a member of a plan as somebody who asks for them must see them. */
export async function findLocked(
  db: Kysely<Database>,
  { planId, userId }: { planId: string; userId: string },
): Promise<(Locked & { name: string; email: string | null }) | undefined> {
  const { rows } = await sql<Locked & { name: string; email: string | null }>`
    select u.name, u.email, u.kind = 'account' and u.suspended_at is null and u.erased_at is null as account,
      exists (select from totp t where t.user_id = u.id and t.confirmed_at is not null)
        or exists (select from passkey p where p.user_id = u.id) as has_factor
    from member m join user_account u on u.id = m.user_id
    where m.plan_id = ${planId} and m.user_id = ${userId}`.execute(db)
  return rows[0]
}

/** A request that waits for somebody else, seen by whoever might approve it. */
export interface OpenReset extends Approver {
  id: string
  userId: string
  askedBy: string
  reason: string
  askedAt: Date
  expiresAt: Date
}

/**
 * Reads the requests of a plan that can still be decided, oldest first: within their time, of a live account that takes
 * part, asked by somebody who still manages the plan. Time is the database's.
 */
export async function findOpenResets(db: Kysely<Database>, planId: string, approverId: string): Promise<OpenReset[]> {
  const { rows } = await sql<OpenReset>`
    select r.id, r.user_id, r.asked_by, coalesce(r.reason, '') as reason, r.asked_at, r.expires_at,
      r.asked_by = ${approverId} as asked, r.user_id = ${approverId} as own,
      exists (
        select from membership_event e where e.plan_id = r.plan_id and e.user_id = ${approverId}
          and (e.kind = 'resumed' or e.kind in ('joined', 'role_changed') and e.role = 'coordinator')
          and e.at > r.asked_at) as newer,
      exists (
        select from member em where em.user_id = r.user_id and em.role = any(${[...rolesWithSecondFactor]}::text[])
          and not ${manages(sql`${approverId}::text`, sql`em.plan_id`)}) as elsewhere
    from factor_reset r
    join member m on m.plan_id = r.plan_id and m.user_id = r.user_id
    join user_account u on u.id = r.user_id and u.suspended_at is null and u.erased_at is null
    where r.plan_id = ${planId} and r.outcome is null and r.expires_at > now()
      and ${manages(sql`r.asked_by`, sql`r.plan_id`)}
    order by r.asked_at, r.id`.execute(db)
  return rows
}

/** Inserts a request. */
export async function insertReset(
  trx: Transaction<Database>,
  reset: { id: string; planId: string; userId: string; askedBy: string; reason: string },
): Promise<void> {
  await trx
    .insertInto('factorReset')
    .values({ ...reset, expiresAt: sql<Date>`now() + ${resetLifetime}::interval` })
    .execute()
}

/** Writes down how a request ended. */
export async function endReset(
  trx: Transaction<Database>,
  id: string,
  { outcome, endedBy }: { outcome: 'approved' | 'refused'; endedBy: string },
): Promise<void> {
  await trx
    .updateTable('factorReset')
    .set({ outcome, endedBy, endedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .execute()
}

/** Writes down a reset that whoever runs the server made, so that its person is told. */
export async function insertOperatorsReset(
  trx: Transaction<Database>,
  { planId, userId }: { planId: string; userId: string },
): Promise<void> {
  const now = sql<Date>`now()`
  await trx
    .insertInto('factorReset')
    .values({ id: newId(), planId, userId, expiresAt: now, outcome: 'approved', endedAt: now })
    .execute()
}

/**
 * Takes authenticator, recovery codes and passkeys of an account away and ends every session of it, with what was half
 * done. Password and accounts elsewhere stay. The account's row must be held.
 */
export async function removeFactors(trx: Transaction<Database>, userId: string): Promise<void> {
  await deleteTotp(trx, userId)
  await trx.deleteFrom('passkey').where('userId', '=', userId).execute()
  await trx.deleteFrom('ceremony').where('userId', '=', userId).execute()
  await endSessions(trx, userId)
}

/** The plans somebody takes part in, and whether another does too. */
export async function plansOf(
  trx: Transaction<Database>,
  userId: string,
  otherId: string | null,
): Promise<{ planId: string; shared: boolean }[]> {
  const { rows } = await sql<{ planId: string; shared: boolean }>`
    select m.plan_id, exists (
      select from member o where o.plan_id = m.plan_id and o.user_id = ${otherId}) as shared
    from member m where m.user_id = ${userId} order by m.plan_id`.execute(trx)
  return rows
}

/** When somebody's second factor was last removed without their having been told so far. */
export async function findUnseenReset(db: Kysely<Database>, userId: string): Promise<Date | undefined> {
  const row = await db
    .selectFrom('factorReset')
    .where('userId', '=', userId)
    .where('outcome', '=', 'approved')
    .where('seenAt', 'is', null)
    .select('endedAt')
    .orderBy('endedAt', 'desc')
    .executeTakeFirst()
  return row?.endedAt ?? undefined
}

/** Writes down that somebody was told of every reset so far. */
export async function markSeen(db: Kysely<Database>, userId: string): Promise<void> {
  await db
    .updateTable('factorReset')
    .set({ seenAt: sql<Date>`now()` })
    .where('userId', '=', userId)
    .where('outcome', '=', 'approved')
    .where('seenAt', 'is', null)
    .execute()
}
