/** Which plans are public, what of them a map of the site names, and when something of one may have changed. */
import type { Kysely } from 'kysely'
import type { Database } from '../db/types.ts'
import { listPublicMinutes } from '../meetings/minutes/service.ts'
import { findMappedPlans, findPublicPlans, findStamp, type PlanRow } from './store.ts'

/** A public plan as a row of a list. */
export type PublicPlanItem = Omit<PlanRow, 'id'>

/** The most plans that are listed. */
const mostPlans = 500

/** Lists the public plans, by slug. */
export async function listPublicPlans(db: Kysely<Database>): Promise<PublicPlanItem[]> {
  const rows = await findPublicPlans(db, mostPlans)
  return rows.map(({ id: _, ...plan }) => plan)
}

/** What a map of the site names: of each public plan, by slug, which commitments and which minutes are public. */
export async function listMapped(
  db: Kysely<Database>,
): Promise<{ slug: string; commitments: number[]; minutes: number[] }[]> {
  const rows = await findMappedPlans(db, mostPlans)
  const minutes = await listPublicMinutes(
    db,
    rows.map(({ id }) => id),
  )
  const byPlan = Map.groupBy(minutes, ({ planId }) => planId)
  return rows.map(({ id, slug, commitments }) => ({
    ...{ slug, commitments },
    minutes: (byPlan.get(id) ?? []).map(({ meeting }) => meeting),
  }))
}

/**
 * What changes whenever anything public of a plan may have (`whole`), and whenever something may have been taken away
 * (`strict`); undefined when the plan is not public.
 */
export function stampOf(db: Kysely<Database>, slug: string): Promise<{ strict: string; whole: string } | undefined> {
  return findStamp(db, slug)
}
