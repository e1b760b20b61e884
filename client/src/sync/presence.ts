import type { Person, Sector } from '@cabildo/protocol/http/common'

/** One person who has the document open, on however many screens. */
export interface Present {
  person: Person
  /** `#rrggbb`: the colour of the person's caret. */
  color: string
  /** The field they are in. */
  field: string | null
  /** Whom they type for, when not for themselves: the name, empty for who is not shown by name. */
  behalf: string | null
  self: boolean
}

/**
 * Who is here, oneself first, then by name, those without one last. Reads what the server stamped into each client's awareness state (`user`:
 * id, name, group, sector, color; `unnamed` where the name only stands for one, `unverified` for guests); a state without a stamp is nobody. Two screens of one person are one person.
 */
export function presentPeople(
  states: ReadonlyMap<number, unknown>,
  self: { clientId: number; person: Person },
): Present[] {
  const me: Present = {
    person: self.person,
    color: fallbackColor,
    field: fieldOf(states.get(self.clientId)),
    behalf: null,
    self: true,
  }
  const others = new Map<string, Present>()
  for (const [clientId, state] of states) {
    const one = clientId === self.clientId ? undefined : presentOf(state)
    if (!one || one.person.id === me.person.id) continue
    const known = others.get(one.person.id)
    others.set(
      one.person.id,
      known ? { ...known, field: one.field ?? known.field, behalf: one.behalf ?? known.behalf } : one,
    )
  }
  return [me, ...[...others.values()].sort(byName)]
}

const byName = (a: Present, b: Present) =>
  Number(a.person.name === '') - Number(b.person.name === '') ||
  a.person.name.localeCompare(b.person.name) ||
  (a.person.id < b.person.id ? -1 : 1)

/** Says whether two lists show the same, so that a moving caret draws nothing anew. */
export function samePeople(a: readonly Present[], b: readonly Present[]): boolean {
  return a.length === b.length && a.every((one, index) => sameShown(one, b[index]))
}

function sameShown(a: Present, b: Present | undefined): boolean {
  return (
    a.person.id === b?.person.id &&
    a.person.name === b.person.name &&
    a.person.unverified === b.person.unverified &&
    a.person.group?.name === b.person.group?.name &&
    a.person.group?.sector === b.person.group?.sector &&
    a.color === b.color &&
    a.field === b.field &&
    a.behalf === b.behalf
  )
}

const fallbackColor = '#4a5a6a'
const colorPattern = /^#[0-9a-f]{6}$/i
const sectors: readonly Sector[] = ['government', 'civil_society', 'community', 'academia', 'private_sector']

function presentOf(state: unknown): Present | undefined {
  const user = asRecord(asRecord(state)?.user)
  if (typeof user?.id !== 'string' || typeof user.name !== 'string') return undefined
  const sector = sectors.find((known) => known === user.sector)
  const group = typeof user.group === 'string' && sector ? { id: '', name: user.group, sector } : null
  return {
    // The server wrote the stamp; ids in it are its own, and a group's id is not part of it.
    person: {
      id: user.id,
      name: user.unnamed === true ? '' : user.name,
      group,
      ...(user.unverified === true && { unverified: true }),
    } as Person,
    color: typeof user.color === 'string' && colorPattern.test(user.color) ? user.color : fallbackColor,
    field: fieldOf(state),
    behalf: behalfOf(user.behalf),
    self: false,
  }
}

function behalfOf(stamp: unknown): string | null {
  const behalf = asRecord(stamp)
  if (typeof behalf?.name !== 'string') return null
  return behalf.unnamed === true ? '' : behalf.name
}

function fieldOf(state: unknown): string | null {
  const field = asRecord(state)?.field
  return typeof field === 'string' ? field : null
}

function asRecord(value: unknown): Record<string, unknown> | undefined {
  // Any object may be asked for any property; what comes back is checked by the caller.
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
}
