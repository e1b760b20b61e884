import { z } from 'zod'
import { PlanId } from '../ids.ts'
import { type PlanAct, planActNames, planNeeds } from '../lifecycle.ts'
import { AnsweredInputs, ConsultationWindow, nextFields, Reason, stepFields, WindowWish } from './approvals.ts'
import { PlanState } from './common.ts'
import type { Contract } from './contract.ts'

/** An act of the plan's table in `lifecycle.ts`. */
// The names are read from that very table.
const PlanActName = z.enum(planActNames as [PlanAct, ...PlanAct[]])

/** What a plan lacks for an act. */
const PlanMissing = z.object({
  need: z.enum(planNeeds),
  /** The numbers of the commitments that are not so far; empty where it is about none. */
  commitments: z.array(z.number().int()),
})

/** Where a plan stands, how it came there, and what may come next. */
export const PlanStanding = z.object({
  planId: PlanId,
  state: PlanState,
  /** Whether everybody may read it, and not its members alone. */
  public: z.boolean(),
  /** Every act so far, oldest first. */
  steps: z.array(z.object({ ...stepFields, act: PlanActName, was: PlanState, state: PlanState })),
  next: z.array(
    z.object({
      ...nextFields,
      act: PlanActName,
      to: PlanState,
      /** What must be so before; nobody does it while anything is missing. */
      missing: z.array(PlanMissing),
    }),
  ),
  /** The time for inputs or comments that is under way, if one is, and how many days one usually lasts. */
  window: ConsultationWindow.nullable(),
  windowDays: z.number().int(),
  /** How much of what was brought is answered; null for guests of a workshop. */
  inputs: AnsweredInputs.nullable(),
  /** The commitments, by number, whose open request for approval waits for the reader's decision. */
  decide: z.array(z.number().int()),
})
export type PlanStanding = z.infer<typeof PlanStanding>

const params = z.object({ planId: z.string().min(1).max(80) })

export const planLifeApi = {
  'GET /api/plans/:planId/standing': {
    summary: 'Where a plan stands, how it came there, what may come next and what is missing',
    tag: 'approvals',
    params,
    status: 200,
    response: PlanStanding,
    refusals: ['signed_out', 'not_found'],
  },
  'POST /api/plans/:planId/steps': {
    summary: 'Move a plan by an act of its life. Another state than the one named is a `conflict`',
    tag: 'approvals',
    params,
    body: z.object({
      act: PlanActName,
      /** The state that was seen. */
      from: PlanState,
      reason: Reason.optional(),
      /** For acts that open a window or move its end; needed for the latter. */
      window: WindowWish.optional(),
    }),
    status: 201,
    response: PlanStanding,
    refusals: ['invalid', 'signed_out', 'forbidden', 'not_found', 'conflict'],
  },
} as const satisfies Record<string, Contract>
