import type { InvitationItem } from '@cabildo/protocol/http/people'

/** How long a one-time link may be used. The database counts, against its own clock. */
export const linkLifetime = { invitation: '7 days', recovery: '24 hours' } as const

/** What became of an invitation. One whose maker may not invite any more has ended with their right. */
export function stateOf(link: {
  used: boolean
  revoked: boolean
  expired: boolean
  makerMay: boolean
}): InvitationItem['state'] {
  if (link.used) return 'used'
  if (link.revoked) return 'revoked'
  if (link.expired) return 'expired'
  return link.makerMay ? 'open' : 'revoked'
}
