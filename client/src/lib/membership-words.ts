import type { MembershipEvent } from '@cabildo/protocol/http/people'

/** The sentence of a change of who takes part, in the words of the page of people. */
export type MembershipKey = `history.${MembershipEvent['kind'] | 'removedFromWorkshop' | 'resumedInWorkshop'}`

/** Which sentence tells a change: who is removed from a workshop stays in the plan, and is not said to have left it. */
export function membershipKey(kind: MembershipEvent['kind'], inWorkshop: boolean): MembershipKey {
  if (inWorkshop && kind === 'removed') return 'history.removedFromWorkshop'
  if (inWorkshop && kind === 'resumed') return 'history.resumedInWorkshop'
  return `history.${kind}`
}
