import type { Display, Group, Person } from '@cabildo/protocol/http/common'

/** How somebody chose to be shown in a plan. Erased people are `anonymous`, whatever they chose. */
export interface Shown {
  name: string
  display: Display
}

/**
 * A person as others see them: the one place where a choice of display is applied. By group the name is empty; not at
 * all, the group goes too. Whoever may `people.know` reads who it is elsewhere, never through this.
 */
export function shownAs(person: Shown & { id: string; group: Group | null }): Person {
  const { id, name, display, group } = person
  return {
    // Made by `newId`, so already what its brand promises.
    id: id as Person['id'],
    name: display === 'name' ? name : '',
    group: display === 'anonymous' ? null : group,
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
} {
  const { name, display, groupName, sector } = person
  if (display === 'anonymous') return { name: '', groupName: null, sector: null }
  return { name: display === 'name' ? name : '', groupName, sector }
}
