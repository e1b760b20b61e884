import type { CommitmentState, PlanState } from '@cabildo/protocol/http/common'
import type { PlanAct } from '@cabildo/protocol/lifecycle'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'
import type { Part, PlanStepRow } from './rules.ts'

/** Reads where a plan stands. */
export async function findPlanState(db: Kysely<Database>, planId: string): Promise<PlanState> {
  const { state } = await db.selectFrom('plan').where('id', '=', planId).select('state').executeTakeFirstOrThrow()
  // A check in the database holds the column to its values.
  return state as PlanState
}

/** Reads the commitments of a plan in the order of their numbers. `held`: none of them moves until the transaction ends. */
export async function findParts(db: Kysely<Database>, planId: string, { held = false } = {}): Promise<Part[]> {
  if (held) await sql`select from commitment where plan_id = ${planId} order by id for share`.execute(db)
  const rows = await db
    .selectFrom('commitment')
    .where('planId', '=', planId)
    .select(['number', 'state'])
    .orderBy('number')
    .execute()
  return rows.map(({ number, state }) => ({ number, state: state as CommitmentState }))
}

/** Moves a plan that is held, and keeps the act under its next number. */
export async function insertPlanStep(
  trx: Transaction<Database>,
  planId: string,
  step: Omit<PlanStepRow, 'number' | 'at'>,
): Promise<void> {
  const { last } = await trx
    .selectFrom('planStep')
    .where('planId', '=', planId)
    .select(({ fn }) => fn.max('number').as('last'))
    .executeTakeFirstOrThrow()
  const salt = step.salt && Buffer.from(step.salt)
  await trx
    .insertInto('planStep')
    .values({ ...step, salt, planId, number: (last ?? 0) + 1 })
    .execute()
  await trx.updateTable('plan').set({ state: step.state }).where('id', '=', planId).execute()
}

/** Reads what happened to a plan, oldest first. */
export async function findPlanSteps(db: Kysely<Database>, planId: string): Promise<PlanStepRow[]> {
  const rows = await db
    .selectFrom('planStep')
    .where('planId', '=', planId)
    .select(['number', 'act', 'was', 'state', 'reason', 'salt', 'closesAt', 'byId', 'entry', 'at'])
    .orderBy('number')
    .execute()
  // Written by `insertPlanStep` alone, from the table of acts.
  return rows.map((row) => ({
    ...row,
    act: row.act as PlanAct,
    was: row.was as PlanState,
    state: row.state as PlanState,
  }))
}
