import type { Display } from '@cabildo/protocol/http/common'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../db/types.ts'

/** Reads the plan of this id or slug in which somebody has or ever had a part. */
export async function findPlanOf(
  db: Kysely<Database>,
  userId: string,
  planIdOrSlug: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select p.id from plan p
    where (p.id = ${planIdOrSlug} or p.slug = ${planIdOrSlug}) and (
      exists (select from member m where m.plan_id = p.id and m.user_id = ${userId})
      or exists (select from membership_event e where e.plan_id = p.id and e.user_id = ${userId})
      or exists (select from consent c where c.plan_id = p.id and c.user_id = ${userId})
    )
    order by p.id = ${planIdOrSlug} desc limit 1`.execute(db)
  return rows[0]?.id
}

/** Keeps how somebody is shown in a plan; answers whether that is another way than before. Who never chose: by name. */
export async function changeDisplay(
  trx: Transaction<Database>,
  choice: { planId: string; userId: string; display: Display },
): Promise<boolean> {
  const { planId, userId, display } = choice
  const { rows } = await sql`
    insert into display_choice as c (plan_id, user_id, display)
    select ${planId}, ${userId}, ${display}
    where ${display} <> 'name'
      or exists (select from display_choice where plan_id = ${planId} and user_id = ${userId})
    on conflict (plan_id, user_id) do update set display = excluded.display, chosen_at = now()
    where c.display <> excluded.display
    returning c.display`.execute(trx)
  return rows.length > 0
}

/** Takes back every consent somebody gave for a plan. */
export async function withdrawConsents(trx: Transaction<Database>, planId: string, userId: string): Promise<void> {
  await trx
    .updateTable('consent')
    .set({ withdrawnAt: sql<Date>`now()` })
    .where('planId', '=', planId)
    .where('userId', '=', userId)
    .where('withdrawnAt', 'is', null)
    .execute()
}
