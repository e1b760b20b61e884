import type { Role } from '@cabildo/protocol/http/common'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'

/** Inserts a plan. False, storing nothing, when another one has the slug. */
export async function insertPlan(
  trx: Transaction<Database>,
  plan: { id: string; slug: string; title: string; place: string },
): Promise<boolean> {
  const row = await trx
    .insertInto('plan')
    .values(plan)
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Makes somebody the first to take part in a new plan. */
export async function insertCoordinator(trx: Transaction<Database>, planId: string, userId: string): Promise<void> {
  await trx.insertInto('member').values({ planId, userId, groupId: null, role: 'coordinator' }).execute()
}

/** Reads the roles that somebody has in plans, one for each. */
export async function findRoles(db: Kysely<Database>, userId: string): Promise<Role[]> {
  const rows = await db
    .selectFrom('member')
    .innerJoin('userAccount', 'userAccount.id', 'member.userId')
    .where('member.userId', '=', userId)
    .where('member.suspendedAt', 'is', null)
    .where('userAccount.suspendedAt', 'is', null)
    .select('member.role')
    .execute()
  // A check in the database holds the column to the roles.
  return rows.map(({ role }) => role as Role)
}

/** Reads the plans that have no text of their own, each with who coordinated it first, or else came to it first. */
export async function findWithoutText(
  db: Kysely<Database>,
): Promise<{ planId: string; title: string; userId: string; groupId: string | null }[]> {
  const { rows } = await sql<{ planId: string; title: string; userId: string; groupId: string | null }>`
    select p.id as plan_id, p.title, first.user_id, first.group_id
    from plan p
    cross join lateral (
      select m.user_id, m.group_id from member m join user_account u on u.id = m.user_id
      where m.plan_id = p.id and u.erased_at is null
      order by m.role = 'coordinator' desc, m.created_at, m.user_id limit 1
    ) first
    where not exists (select from document d where d.plan_id = p.id and d.kind = 'plan')
    order by p.created_at`.execute(db)
  return rows
}
