/** Reads where a plan stands: its state and acts, what may come next, and what is missing for it. */
import type { PlanStanding } from '@cabildo/protocol/http/plan-life'
import { isPublic, movePlan, owesReason, planActsFrom, planRuleOf } from '@cabildo/protocol/lifecycle'
import type { Kysely } from 'kysely'
import { may } from '../../auth/rules.ts'
import type { Actor } from '../../auth/sessions.ts'
import type { Database } from '../../db/types.ts'
import { enterPlan, peopleOf } from '../../people/service.ts'
import { readCoverage } from '../../review/inputs/tell.ts'
import { waitsFor } from '../rules.ts'
import { findAskedOf, findRequests } from '../store.ts'
import { decidersOf, hexOf, known, type MovingDeps } from '../tell.ts'
import { isRunning, tellWindow } from '../windows/rules.ts'
import { findWindow } from '../windows/store.ts'
import { windowDays } from '../windows/turn.ts'
import { missingIn } from './rules.ts'
import { findParts, findPlanState, findPlanSteps } from './store.ts'

/** How many of a plan's inputs are answered. Not for guests of a workshop, who read their own alone. */
async function planInputs(
  db: Kysely<Database>,
  actor: Actor,
  planId: string,
): Promise<NonNullable<PlanStanding['inputs']>> {
  const { total, answered, share, answeredShare } = await readCoverage({ db }, actor, planId)
  return { total, unanswered: total - answered, share, needed: answeredShare }
}

/** The commitments, by number, whose open request waits for the reader's decision. */
async function decidedBy(db: Kysely<Database>, actor: Actor, planId: string): Promise<number[]> {
  const asked = await findAskedOf(db, planId, actor.userId)
  if (asked.length === 0) return []
  const deciders = await decidersOf(db, planId)
  const waiting = asked.map(async ({ documentId, number }) => {
    const [newest] = await findRequests(db, documentId)
    return newest && waitsFor(newest, deciders, actor.userId) ? [number] : []
  })
  return (await Promise.all(waiting)).flat()
}

/** Reads where a plan stands, for one reader. A guest of a workshop is not told which commitments lack what. */
export async function readPlanStanding(
  { db, now }: Pick<MovingDeps, 'db' | 'now'>,
  actor: Actor,
  plan: string,
): Promise<PlanStanding> {
  const { planId, role } = await enterPlan(db, actor, plan, 'plan.open')
  const isGuest = actor.workshopId !== null
  const [state, steps, commitments, window, inputs, decide] = await Promise.all([
    findPlanState(db, planId),
    findPlanSteps(db, planId),
    findParts(db, planId),
    findWindow(db, { planId, documentId: null }),
    isGuest ? null : planInputs(db, actor, planId),
    may(role, 'approval.decide') ? decidedBy(db, actor, planId) : [],
  ])
  const people = await peopleOf(
    db,
    planId,
    steps.flatMap(({ byId }) => byId ?? []),
  )
  const missing = missingIn({ commitments, inputsReached: inputs === null || inputs.share >= inputs.needed })
  const windowOpen = isRunning(window, now())
  const lacking = new Set(missing.keys())
  return {
    // Read from a column of ids.
    planId: planId as PlanStanding['planId'],
    state,
    public: isPublic(state),
    steps: steps.map(({ byId, salt, at, closesAt, ...step }) => ({
      ...step,
      salt: hexOf(salt),
      at: at.toISOString(),
      closesAt: closesAt?.toISOString() ?? null,
      by: byId === null ? null : known(people, byId),
    })),
    next: planActsFrom(state).map((act) => {
      const rule = planRuleOf(act)
      const { to, roles, back, needs = [] } = rule
      return {
        ...{ act, to, roles: [...roles], back },
        reason: owesReason(rule, windowOpen),
        window: rule.window ?? null,
        mine: movePlan({ state, missing: lacking, windowOpen }, { act, role, reason: 'given' }).ok,
        missing: needs.flatMap((need) => {
          const behind = missing.get(need)
          return behind ? [{ need, commitments: isGuest ? [] : behind }] : []
        }),
      }
    }),
    window: tellWindow(window, now()),
    windowDays,
    inputs,
    decide,
  }
}
