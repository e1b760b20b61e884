import type { InvitationItem, OneTimeLink } from '@cabildo/protocol/http/people'

/** Somebody who was invited, and their link. */
export interface Invited {
  invitation: InvitationItem
  link: OneTimeLink
}
