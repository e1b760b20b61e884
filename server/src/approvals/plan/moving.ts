/**
 * What every change in the life of a plan goes through.
 * 1. The plan is held, then whoever acts, and their right is read.
 * 2. Where an act needs inputs to be answered, nobody brings another meanwhile; where it needs commitments to be so far, they
 *    are held too: none of them goes back.
 * 3. State, window, entry and step are written together.
 */
import { AppError } from '@cabildo/protocol/errors'
import type { WindowWish } from '@cabildo/protocol/http/approvals'
import type { PlanState } from '@cabildo/protocol/http/common'
import type { PlanStanding } from '@cabildo/protocol/http/plan-life'
import { duePlanActs, movePlan, type PlanAct, planRuleOf } from '@cabildo/protocol/lifecycle'
import type { Transaction } from 'kysely'
import { demandAlive } from '../../auth/renewal.ts'
import type { Actor } from '../../auth/sessions.ts'
import { holdInputNumbers, holdPlans } from '../../db/holding.ts'
import type { Database } from '../../db/types.ts'
import { enterPlan, holdPlan } from '../../people/service.ts'
import { appendEntry } from '../../record/service.ts'
import { keepsPromise } from '../../review/inputs/tell.ts'
import { sealWords } from '../sealing.ts'
import type { MovingDeps } from '../tell.ts'
import { isRunning, type Span, type WindowRow } from '../windows/rules.ts'
import { findWindow } from '../windows/store.ts'
import { demandSpan, refusalOf, toldOf, turnWindow } from '../windows/turn.ts'
import { missingIn } from './rules.ts'
import { findParts, findPlanState, insertPlanStep } from './store.ts'
import { readPlanStanding } from './tell.ts'

/** Moves a plan by an act of its life. */
export async function stepPlan(
  deps: MovingDeps,
  actor: Actor,
  plan: string,
  step: { act: PlanAct; from: PlanState; reason?: string | undefined; window?: WindowWish | undefined },
): Promise<PlanStanding> {
  const { act, from, reason } = step
  const { planId } = await enterPlan(deps.db, actor, plan, 'plan.move')
  await deps.db.transaction().execute(async (trx) => {
    const { role } = await holdPlan(trx, actor, planId, 'plan.move')
    await demandAlive(trx, actor)
    const rule = planRuleOf(act)
    const inputsReached = !rule.needs?.includes('inputs') || (await holdPromise(trx, planId))
    const commitments = await findParts(trx, planId, { held: rule.needs !== undefined })
    const state = await findPlanState(trx, planId)
    if (state !== from) throw new AppError('conflict', { detail: `It is in the state ${state}.` })
    const now = deps.now()
    const current = await findWindow(trx, { planId, documentId: null })
    const missing = new Set(missingIn({ commitments, inputsReached }).keys())
    const moved = movePlan({ state, missing, windowOpen: isRunning(current, now) }, { act, role, reason })
    if (!moved.ok) throw refusalOf(moved.why)
    const span = demandSpan(rule, step.window, { now, current })
    await applyToPlan(trx, planId, { act, was: from, reason: reason ?? '', byId: actor.userId, span, current, now })
  })
  return readPlanStanding(deps, actor, planId)
}

/** Whether enough inputs are answered; nobody brings another until `trx` ends. After people, before commitments (decision 30). */
async function holdPromise(trx: Transaction<Database>, planId: string): Promise<boolean> {
  await holdInputNumbers(trx, planId)
  return keepsPromise(trx, planId)
}

/** Ends a window of a plan on its day. False when it had ended, or was prolonged, by then. */
export async function endPlanWindow(
  { db, now }: Pick<MovingDeps, 'db' | 'now'>,
  { planId, id }: WindowRow,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    await holdPlans(trx, [planId])
    const state = await findPlanState(trx, planId)
    const current = await findWindow(trx, { planId, documentId: null })
    const at = now()
    if (current?.id !== id || isRunning(current, at)) return false
    // A window is under way in these states alone: whatever leads out of them ends it.
    const act = duePlanActs[state as keyof typeof duePlanActs]
    await applyToPlan(trx, planId, { act, was: state, reason: '', byId: null, span: null, current, now: at })
    return true
  })
}

/** Moves a plan that is held by one act: window, entry, step and state together. */
async function applyToPlan(
  trx: Transaction<Database>,
  planId: string,
  {
    act,
    was,
    reason,
    byId,
    span,
    current,
    now,
  }: {
    act: PlanAct
    was: PlanState
    reason: string
    byId: string | null
    span: Span | null
    current: WindowRow | undefined
    now: Date
  },
): Promise<void> {
  const rule = planRuleOf(act)
  const state = rule.to
  await turnWindow(trx, { planId, documentId: null }, { rule, span, state, current, now })
  const { salt, told } = sealWords(reason)
  const { seq: entry } = await appendEntry(trx, planId, {
    ...{ type: 'state', userId: byId },
    payload: { kind: 'plan', act, was, state, ...told, ...toldOf(span) },
  })
  const closesAt = span?.closesAt ?? null
  await insertPlanStep(trx, planId, { act, was, state, reason: reason || null, salt, closesAt, byId, entry })
}
