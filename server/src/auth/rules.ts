import { Role } from '@cabildo/protocol/http/common'

const everyone: readonly Role[] = Role.options
const writers: readonly Role[] = ['coordinator', 'facilitator', 'drafter']
const hosts: readonly Role[] = ['coordinator', 'facilitator']
const members: readonly Role[] = everyone.filter((role) => role !== 'participant')

/**
 * Who may do what: the one table of rights. A role is held in a plan; a right is read when it is used. Drafters of
 * government and of civil society are one role, so that neither side's edits can count for less. A draft is text its
 * author wrote before they lost the right to store it, so keeping it is everybody's. `document.edit_in_workshop` holds
 * only in the documents of an open workshop that one takes part in. `people.know`: see who somebody is, however they
 * chose to be shown. `plan.make`: begin another plan, which one then coordinates; `plan.describe`: say its days and how to
 * reach its monitoring body. `dissent.state`: for the group one belongs to, not for whoever runs meetings or monitors, who take no
 * side, nor for guests. `meeting.read_lists`: the lists that people signed, which name them. `plan.export`: take the plan along as files;
 * `evidence.export`: with everything that shows how it came about. `group.add` names a group that is missing; how to reach one, and every change, is `group.manage`.
 */
export const rights = {
  'plan.open': everyone,
  'plan.make': ['coordinator'],
  'plan.describe': ['coordinator'],
  'plan.export': members,
  'evidence.export': ['coordinator', 'facilitator', 'monitor'],
  'commitment.add': writers,
  'document.open': everyone,
  'document.edit': writers,
  'document.edit_in_workshop': ['participant'],
  'record.read': everyone,
  'redaction.ask': hosts,
  'redaction.approve': hosts,
  'version.save': writers,
  'version.restore': writers,
  'draft.keep': everyone,
  'thread.write': everyone,
  'thread.resolve': writers,
  'input.bring': everyone,
  'input.bring_for': hosts,
  'input.link': writers,
  'input.answer': ['coordinator', 'drafter'],
  'input.promise': ['coordinator'],
  'input.moderate': hosts,
  'meeting.write': hosts,
  'meeting.read_lists': ['coordinator', 'facilitator', 'monitor'],
  'dissent.state': ['coordinator', 'drafter', 'reviewer', 'approver', 'endorser'],
  'proposal.write': everyone,
  'proposal.decide': writers,
  'commitment.move': ['coordinator', 'drafter', 'approver', 'monitor'],
  'plan.move': ['coordinator', 'drafter', 'approver', 'endorser', 'monitor'],
  'approval.request': ['coordinator', 'drafter'],
  'approval.withdraw': ['coordinator'],
  'approval.decide': ['approver', 'endorser'],
  'endorsement.give': ['endorser'],
  'letter.keep': ['coordinator', 'endorser'],
  'letter.withdraw': ['coordinator'],
  'progress.report': ['coordinator', 'drafter'],
  'progress.assess': ['monitor'],
  'people.see': everyone,
  'people.know': hosts,
  'people.manage': ['coordinator'],
  'factor.reset': ['coordinator'],
  'people.history': ['coordinator', 'facilitator', 'monitor'],
  'group.add': hosts,
  'group.manage': ['coordinator'],
  'workshop.run': hosts,
  'workshop.write_for': hosts,
  'workshop.count': ['coordinator', 'facilitator', 'monitor'],
} as const satisfies Record<string, readonly Role[]>

/** Something a member of a plan may or may not do. */
export type Action = keyof typeof rights

/** Roles whose account needs a second factor where the program runs in production. */
export const rolesWithSecondFactor: readonly Role[] = ['approver', 'coordinator']

/** Whether a role carries a right. */
export function may(role: Role, action: Action): boolean {
  const allowed: readonly Role[] = rights[action]
  return allowed.includes(role)
}

/** Whether a role may write in a document; `inWorkshop`: taking part in an open workshop that works on it. */
export function mayWrite(role: Role, inWorkshop: boolean): boolean {
  return may(role, 'document.edit') || (inWorkshop && may(role, 'document.edit_in_workshop'))
}

/** Whether a facilitator muted somebody: they read on, and say and propose nothing. `workshop`: their part in an open one. */
export function isMuted({ role, workshop }: { role: Role; workshop: 'reads' | 'writes' | null }): boolean {
  return role === 'participant' && workshop === 'reads'
}

/** The roles whose edits the log stores: everywhere in their plan, in the documents of a workshop they take part in, on
 * behalf of somebody who takes part in one, and where they accept what somebody proposed. */
export const writingRoles = {
  always: rights['document.edit'],
  workshop: rights['document.edit_in_workshop'],
  behalf: rights['workshop.write_for'],
  proposal: rights['proposal.decide'],
}
