import { type RawBuilder, sql } from 'kysely'
import { rights } from '../rules.ts'

/** Whether somebody manages the people of a plan now. Suspended people manage nothing. */
export function manages(userId: RawBuilder<unknown>, planId: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select from member mm join user_account mu on mu.id = mm.user_id
    where mm.plan_id = ${planId} and mm.user_id = ${userId} and mm.role = any(${[...rights['people.manage']]}::text[])
      and mm.suspended_at is null and mu.suspended_at is null and mu.erased_at is null)`
}

/** Whether somebody has a part in a plan whose people another does not manage: letting them in would reach that plan too. */
export function reachesBeyond(userId: RawBuilder<unknown>, managerId: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select from member bm where bm.user_id = ${userId} and not ${manages(managerId, sql`bm.plan_id`)})`
}

/** A recovery made by the program itself names the account as its maker: nobody can make one for themselves. */
export const byProgram = sql<boolean>`coalesce(l.created_by = l.user_id, false)`
/** Whether whoever made a link may still make it: that right is read when the link is used. */
export const makerMay = sql<boolean>`(${byProgram} or ${manages(sql`l.created_by`, sql`l.plan_id`)})`

/**
 * The one definition of a link that may be used, over an `access_link` row named `l`: not used, not taken back, not too
 * old; its maker may still make it; and the account it leads back to is a live one of the plan and of no plan that its
 * maker does not manage. Time is the database's.
 */
export const isOpen = sql<boolean>`(
  l.used_at is null and l.revoked_at is null and l.expires_at > now() and ${makerMay}
  and (l.kind = 'invitation' or exists (
    select from user_account tu join member tm on tm.user_id = tu.id and tm.plan_id = l.plan_id
    where tu.id = l.user_id and tu.kind = 'account' and tu.suspended_at is null and tu.erased_at is null))
  and (l.kind = 'invitation' or ${byProgram} or not ${reachesBeyond(sql`l.user_id`, sql`l.created_by`)})
)`
