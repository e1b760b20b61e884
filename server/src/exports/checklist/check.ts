/**
 * What OGP asks of a local process, answered from the plan's own data: each requirement with what shows it, and what is
 * missing by name. Requirements whose wording could not be confirmed, or that no data can show, say so: nothing is claimed
 * that a row does not prove.
 */
import type { MemberPlan } from '../plan-text.ts'
import { commitmentRequirement } from './commitment.ts'
import { inputRequirements } from './contributions.ts'
import { forumRequirements } from './forum.ts'
import { openRequirements } from './openness.ts'
import { planRequirements, recordRequirement } from './plan.ts'
import type { Requirement } from './requirement.ts'

/** Checks a plan as it stands at `at`. */
export function checkPlan(given: MemberPlan, at: Date): Requirement[] {
  const live = given.plan.commitments.filter(({ state }) => state !== 'merged' && state !== 'withdrawn')
  return [
    ...forumRequirements(given),
    ...openRequirements(given, at),
    ...inputRequirements(given),
    ...planRequirements(given, live),
    ...live.map(commitmentRequirement),
    recordRequirement(given),
  ]
}
