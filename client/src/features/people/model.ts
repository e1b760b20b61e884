import { fold } from '@cabildo/protocol/fold'
import type { Person, Role } from '@cabildo/protocol/http/common'
import type { MemberItem } from '@cabildo/protocol/http/people'

/** Letters and digits alone, without accents and capitals: how words are compared that people typed. */
export const plain = (text: string): string =>
  fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Who a member is to this reader: as they really are when the reader may know it, else as they are shown. */
export const knownAs = ({ known, person, guest }: MemberItem): Person =>
  known ? { id: person.id, name: known.name, group: known.group, ...(guest && { unverified: true }) } : person

/** What a list of members is narrowed to; an empty value narrows nothing. */
export interface MemberFilter {
  text: string
  role: Role | ''
  groupId: string
}

/** The members a reader looks for, by name; those who are suspended stand last. */
export function findMembers(members: readonly MemberItem[], filter: MemberFilter, language: string): MemberItem[] {
  const wanted = plain(filter.text)
  const fits = (member: MemberItem) =>
    (filter.role === '' || member.role === filter.role) &&
    (filter.groupId === '' || knownAs(member).group?.id === filter.groupId) &&
    plain(`${knownAs(member).name} ${member.known?.email ?? ''}`).includes(wanted)
  const { compare } = new Intl.Collator(language)
  const name = (member: MemberItem) => knownAs(member).name || '\uffff'
  return members
    .filter(fits)
    .sort(
      (one, other) =>
        Number(one.suspendedAt !== null) - Number(other.suspendedAt !== null) || compare(name(one), name(other)),
    )
}

/** One line of the table of rights. */
export interface Right {
  action: string
  roles: readonly Role[]
}

/** What somebody gains and loses when their role changes, as actions of the table of rights. */
export function roleDifference(rights: readonly Right[], from: Role, to: Role): { gains: string[]; losses: string[] } {
  const has = (role: Role) => new Set(rights.filter(({ roles: who }) => who.includes(role)).map(({ action }) => action))
  const [before, after] = [has(from), has(to)]
  const actions = rights.map(({ action }) => action)
  return {
    gains: actions.filter((action) => after.has(action) && !before.has(action)),
    losses: actions.filter((action) => before.has(action) && !after.has(action)),
  }
}

/** Whether this member is the only one in charge who is not suspended: the plan cannot do without them. */
export function isLastCoordinator(members: readonly MemberItem[], { person, role, suspendedAt }: MemberItem): boolean {
  if (role !== 'coordinator' || suspendedAt !== null) return false
  return !members.some(
    (other) => other.person.id !== person.id && other.role === 'coordinator' && other.suspendedAt === null,
  )
}
