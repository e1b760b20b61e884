import type { FactorReset } from '@cabildo/protocol/http/people'

/** How long a request may be approved, as an interval of the database. */
export const resetLifetime = '72 hours'

/** Somebody whose second factor is to be removed. */
export interface Locked {
  /** An account that is neither suspended nor erased. */
  account: boolean
  /** Has an authenticator or a passkey. */
  hasFactor: boolean
}

/** Why a reset cannot be asked for; undefined when it can. */
export function obstacleToAsking({ account, hasFactor }: Locked, self: boolean): string | undefined {
  if (self) return 'Somebody else in the coordination must ask for it.'
  if (!account) return 'Only a live account has a second factor. A guest of a workshop has none.'
  if (!hasFactor) return 'They have no second factor: a link to get back in is enough.'
  return undefined
}

/** Who would approve a request, seen beside it. */
export interface Approver {
  asked: boolean
  /** It is their own second factor. */
  own: boolean
  /** They came into the coordination after it was asked. */
  newer: boolean
  /** The person coordinates or approves in a plan that the approver does not coordinate. */
  elsewhere: boolean
}

/** Why somebody cannot approve a request; null when they can. */
export function obstacleToApproving({ asked, own, newer, elsewhere }: Approver): FactorReset['obstacle'] {
  if (own) return 'own'
  if (asked) return 'asked'
  if (newer) return 'newer'
  return elsewhere ? 'elsewhere' : null
}
