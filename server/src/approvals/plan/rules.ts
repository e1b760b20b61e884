import type { CommitmentState, PlanState } from '@cabildo/protocol/http/common'
import type { PlanAct, PlanNeed } from '@cabildo/protocol/lifecycle'

/** An act that happened to a plan. */
export interface PlanStepRow {
  number: number
  act: PlanAct
  was: PlanState
  state: PlanState
  reason: string | null
  salt: Uint8Array | null
  closesAt: Date | null
  byId: string | null
  entry: number
  at: Date
}

/** A commitment as far as its plan's acts need to know it. */
export interface Part {
  number: number
  state: CommitmentState
}

/** The way of a commitment, as far as a plan counts it. */
const way: readonly CommitmentState[] = [
  ...(['proposed', 'drafting', 'review', 'consultation', 'response', 'final'] as const),
  ...(['endorsed', 'approved', 'submitted', 'implementing', 'completed', 'assessed'] as const),
]

/** How far every commitment must be for each need. */
const reaches = {
  drafts: 'review',
  finals: 'final',
  endorsements: 'endorsed',
  approvals: 'approved',
  assessments: 'assessed',
} as const satisfies Partial<Record<PlanNeed, CommitmentState>>

/** One that is being amended has a text, which is not final. */
const placeOf = (state: CommitmentState): number => way.indexOf(state === 'amending' ? 'review' : state)

/**
 * What a plan lacks: for each need that is not met, the numbers of the commitments that are not so far. Those that were
 * merged or withdrawn do not count.
 */
export function missingIn({
  commitments,
  inputsReached,
}: {
  commitments: readonly Part[]
  inputsReached: boolean
}): Map<PlanNeed, number[]> {
  const live = commitments.filter(({ state }) => state !== 'merged' && state !== 'withdrawn')
  const missing = new Map<PlanNeed, number[]>()
  if (live.length === 0) missing.set('commitments', [])
  if (!inputsReached) missing.set('inputs', [])
  for (const [need, least] of Object.entries(reaches)) {
    const behind = live.filter(({ state }) => placeOf(state) < placeOf(least)).map(({ number }) => number)
    // `Object.entries` forgets the names' type.
    if (behind.length > 0) missing.set(need as PlanNeed, behind)
  }
  return missing
}
