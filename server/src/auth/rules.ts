import { Role } from '@cabildo/protocol/http/common'

const everyone: readonly Role[] = Role.options
const writers: readonly Role[] = ['coordinator', 'facilitator', 'drafter']

/**
 * Who may do what: the one table of rights. A role is held in a plan; a right is read when it is used. Drafters of
 * government and of civil society are one role, so that neither side's edits can count for less. A draft is text its
 * author wrote before they lost the right to store it, so keeping it is everybody's.
 */
export const rights = {
  'plan.open': everyone,
  'commitment.add': writers,
  'document.open': everyone,
  'document.edit': writers,
  'version.save': writers,
  'version.restore': writers,
  'draft.keep': everyone,
} as const satisfies Record<string, readonly Role[]>

/** Something a member of a plan may or may not do. */
export type Action = keyof typeof rights

/** Whether a role carries a right. */
export function may(role: Role, action: Action): boolean {
  return rights[action].includes(role)
}
