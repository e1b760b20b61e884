import type { Role } from '@cabildo/protocol/http/common'
import type { Kysely } from 'kysely'
import type { Database } from '../db/types.ts'

/** A plan as a row of a list, with the role the reader has in it. */
export interface PlanRow {
  id: string
  slug: string
  title: string
  place: string
  demo: boolean
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
    .select(['plan.id', 'plan.slug', 'plan.title', 'plan.place', 'plan.demo', 'member.role'])
    .orderBy('plan.slug')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, role: row.role as Role }))
}

/** Reads one plan. */
export function findPlan(db: Kysely<Database>, planId: string): Promise<Omit<PlanRow, 'role'> | undefined> {
  return db
    .selectFrom('plan')
    .where('id', '=', planId)
    .select(['id', 'slug', 'title', 'place', 'demo'])
    .executeTakeFirst()
}
