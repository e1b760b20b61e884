/** The parts of the people page, in their order. */
const parts = ['members', 'groups', 'invite', 'history', 'redactions'] as const
export type PeoplePart = (typeof parts)[number]

/** What the address of the people page says: which part is shown; the members when it says nothing. */
export interface PeopleSearch {
  part?: PeoplePart
}

/** Reads the address; anything it does not know it passes over. */
export function readPeopleSearch(search: Record<string, unknown>): PeopleSearch {
  const part = parts.find((one) => one === search.part)
  return part && part !== 'members' ? { part } : {}
}
