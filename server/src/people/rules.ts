import type { Display, Group, Person, Role } from '@cabildo/protocol/http/common'
import type { MembershipEvent } from '@cabildo/protocol/http/people'

/** How somebody chose to be shown in a plan. Erased people are `anonymous`, whatever they chose. */
export interface Shown {
  name: string
  display: Display
  /** Came in through a workshop: nobody looked at who they are. */
  guest: boolean
}

/**
 * A person as others see them: the one place where a choice of display is applied. By group the name is empty; not at
 * all, the group goes too, and with it that they are a guest: who claims nothing has nothing to be verified. Whoever may
 * `people.know` reads who it is elsewhere, never through this.
 */
export function shownAs(person: Shown & { id: string; group: Group | null }): Person {
  const { id, name, display, group, guest } = person
  return {
    // Made by `newId`, so already what its brand promises.
    id: id as Person['id'],
    name: display === 'name' ? name : '',
    group: display === 'anonymous' ? null : group,
    ...(guest && display !== 'anonymous' && { unverified: true as const }),
  }
}

/**
 * How a person is shown who came in under two ids and is one by now: the more reserved of what they chose. Somebody who
 * runs a workshop says that they are one; that must not name who did not want to be named.
 */
export function moreReserved(one: Display, other: Display): Display {
  const order: readonly Display[] = ['name', 'group', 'anonymous']
  return order.indexOf(one) > order.indexOf(other) ? one : other
}

/** `shownAs` for a room, which keeps the group of whoever writes for its log and shows only what this answers. */
export function shownInRoom(person: Shown & { groupName: string | null; sector: string | null }): {
  name: string
  groupName: string | null
  sector: string | null
  unverified?: true
} {
  const { name, display, groupName, sector, guest } = person
  if (display === 'anonymous') return { name: '', groupName: null, sector: null }
  return { name: display === 'name' ? name : '', groupName, sector, ...(guest && { unverified: true as const }) }
}

/** How somebody takes part in a plan, as far as it decides what may change. */
export interface Part {
  role: Role
  groupId: string | null
  suspended: boolean
  /** Came in through a workshop, without an account. */
  guest: boolean
  /** The account itself is neither suspended nor erased. */
  accountLive: boolean
}

/** What of a part changes; undefined leaves it as it is. */
export interface PartChange {
  role?: Role | undefined
  groupId?: string | null | undefined
  suspended?: boolean | undefined
}

/** One line for the record of who takes part and how. */
export interface PartEvent {
  kind: MembershipEvent['kind']
  role?: Role
  wasRole?: Role
  groupId?: string | null
  wasGroupId?: string | null
}

/** Whether a part leads a plan now: nobody suspended does, nor a guest. */
export function coordinates({ role, suspended, guest, accountLive }: Part): boolean {
  return role === 'coordinator' && !suspended && !guest && accountLive
}

/**
 * What a change makes of a part, with a line for each thing that is different. `others`: how many others coordinate the
 * plan. A guest has no other role than participant, since nobody knows who they are.
 */
export function ruleOnChange(
  part: Part,
  change: PartChange,
  others: number,
): { kind: 'changed'; part: Part; events: PartEvent[] } | { kind: 'refused'; reason: 'last_coordinator' | 'guest' } {
  const { role = part.role, groupId = part.groupId, suspended = part.suspended } = change
  const next = { ...part, role, groupId, suspended }
  if (part.guest && role !== 'participant') return { kind: 'refused', reason: 'guest' }
  if (coordinates(part) && !coordinates(next) && others === 0) return { kind: 'refused', reason: 'last_coordinator' }

  const events: PartEvent[] = []
  if (role !== part.role) events.push({ kind: 'role_changed', role, wasRole: part.role })
  if (groupId !== part.groupId) events.push({ kind: 'group_changed', groupId, wasGroupId: part.groupId })
  if (suspended !== part.suspended) events.push({ kind: suspended ? 'suspended' : 'resumed' })
  return { kind: 'changed', part: next, events }
}

/** Whether a part may end, and the line that tells it. `own`: somebody leaves by themselves. */
export function ruleOnEnd(
  part: Part,
  { own, others }: { own: boolean; others: number },
): { kind: 'ended'; event: PartEvent } | { kind: 'refused'; reason: 'last_coordinator' } {
  if (coordinates(part) && others === 0) return { kind: 'refused', reason: 'last_coordinator' }
  return { kind: 'ended', event: { kind: own ? 'left' : 'removed', wasRole: part.role, wasGroupId: part.groupId } }
}
