import { z } from 'zod'
import { DocumentId } from '../ids.ts'
import { Group } from './common.ts'
import type { Contract } from './contract.ts'

/** A day, of no time zone: `2026-03-28`. */
const Day = z.iso.date()

/** What the program knows of a plan from its own rows, and says by itself: nobody types it. */
const PlanKnown = z.object({
  place: z.string(),
  start: Day.nullable(),
  end: Day.nullable(),
  submitted: Day.nullable(),
  /** Who answers for the commitments, each with the numbers of those it leads. */
  institutions: z.array(z.object({ name: z.string(), commitments: z.array(z.number().int()) })),
  groups: z.array(Group),
  /** Null where no meetings are kept. */
  meetings: z.object({ total: z.number().int(), open: z.number().int() }).nullable(),
})

/** A plan's own text: the document in which it is written together, and what the program knows beside it. */
export const PlanText = z.object({
  documentId: DocumentId,
  /** The document's: a device lets go of what it keeps of an earlier one. */
  epoch: z.number().int(),
  known: PlanKnown,
  /** How to reach the monitoring body. It is published nowhere; null also for whoever may not know it. */
  monitorContact: z.string().nullable(),
  may: z.object({ describe: z.boolean(), knowContact: z.boolean() }),
})
export type PlanText = z.infer<typeof PlanText>

const PlanParams = z.object({ planId: z.string().min(1).max(80) })

export const planTextApi = {
  'GET /api/plans/:planId/document': {
    summary: 'The plan’s own text: which document it is, and what the program knows beside it',
    tag: 'plans',
    params: PlanParams,
    status: 200,
    response: PlanText,
    refusals: ['signed_out', 'not_found'],
  },
  'PATCH /api/plans/:planId': {
    summary:
      'Say the days of a plan (start ≤ submitted ≤ end), or how to reach its monitoring body. What is left out stays, null empties it',
    tag: 'plans',
    params: PlanParams,
    body: z.object({
      start: Day.nullable().optional(),
      end: Day.nullable().optional(),
      submitted: Day.nullable().optional(),
      monitorContact: z.string().trim().max(300).nullable().optional(),
    }),
    status: 200,
    response: PlanText,
    refusals: ['invalid', 'signed_out', 'forbidden', 'not_found'],
  },
} as const satisfies Record<string, Contract>
