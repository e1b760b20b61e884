/** What the public reads of a plan, as it is exported: the one place that knows both. */
import type { PublicCommitment, PublicPlan } from '../publish/reading.ts'
import type { CommitmentText, PlanText } from './plan-text.ts'

/** A public plan as it is exported. */
export function fromPublic(plan: PublicPlan): PlanText {
  return {
    ...plan,
    commitments: plan.commitments.map(commitmentFromPublic),
    endorsements: plan.endorsements.map(({ of, contentHash, name, role, organisation, sector, at, entry }) => ({
      ...{ name, role, organisation, sector, at, entry },
      texts: of.kind === 'commitment' ? [{ number: of.number, contentHash }] : [],
    })),
    meetings: plan.meetings,
  }
}

/** A public commitment as it is exported, as yet without what was reported of its milestones. */
export function commitmentFromPublic(commitment: PublicCommitment): CommitmentText {
  return {
    ...commitment,
    milestones: commitment.milestones.map((milestone) => ({ ...milestone, progress: [] })),
  }
}
