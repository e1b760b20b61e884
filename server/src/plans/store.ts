import type { PlanState, Role } from '@cabildo/protocol/http/common'
import type { Kysely } from 'kysely'
import type { Database } from '../db/types.ts'

/** A plan as a row of a list, with the role the reader has in it. */
export interface PlanRow {
  id: string
  slug: string
  title: string
  place: string
  demo: boolean
  state: PlanState
  role: Role
}

/** Reads the plans a person takes part in, by slug, those after `after`, at most `limit`. */
export async function findPlans(
  db: Kysely<Database>,
  userId: string,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<PlanRow[]> {
  const rows = await db
    .selectFrom('plan')
    .innerJoin('member', 'member.planId', 'plan.id')
    .where('member.userId', '=', userId)
    .where('member.suspendedAt', 'is', null)
    .$if(after !== undefined, (query) => query.where('plan.slug', '>', after ?? ''))
    .select(['plan.id', 'plan.slug', 'plan.title', 'plan.place', 'plan.demo', 'plan.state', 'member.role'])
    .orderBy('plan.slug')
    .limit(limit)
    .execute()
  // Checks in the database hold both columns to their values.
  return rows.map((row) => ({ ...row, state: row.state as PlanState, role: row.role as Role }))
}

/** Reads one plan. */
export async function findPlan(db: Kysely<Database>, planId: string): Promise<Omit<PlanRow, 'role'> | undefined> {
  const row = await db
    .selectFrom('plan')
    .where('id', '=', planId)
    .select(['id', 'slug', 'title', 'place', 'demo', 'state'])
    .executeTakeFirst()
  return row && { ...row, state: row.state as PlanState }
}
