import type { AuthorshipView, Tally } from '@cabildo/authorship/authorship'
import type { Authorship, GroupShare, PartOfGroup, RestShare } from '@cabildo/protocol/http/authorship'
import type { Group, Person } from '@cabildo/protocol/http/common'

/** For which group each person wrote, from which row on, in the order of rows. */
export type Groups = Map<string, { firstSeq: number; groupId: string | null }[]>

/** Takes in bindings that follow those before. */
export function noteGroups(
  groups: Groups,
  bindings: readonly { userId: string; groupId: string | null; firstSeq: number }[],
): void {
  for (const { userId, groupId, firstSeq } of bindings) {
    const known = groups.get(userId)
    if (!known) groups.set(userId, [{ firstSeq, groupId }])
    else if (known.at(-1)?.groupId !== groupId) known.push({ firstSeq, groupId })
  }
}

/** The group for which somebody wrote a row, the one under which they last came to write; and up to which row that holds. */
function groupAt(groups: Groups, userId: string, seq: number): { groupId: string | null; before: number } {
  const bindings = groups.get(userId) ?? []
  const next = bindings.find(({ firstSeq }) => firstSeq > seq)
  const groupId = bindings.findLast(({ firstSeq }) => firstSeq <= seq)?.groupId ?? null
  return { groupId, before: next?.firstSeq ?? Number.POSITIVE_INFINITY }
}

/** A person as the author of a row, with the group they wrote it for: text stays with it when they change groups. */
export function authorKey(userId: string, groupId: string | null): string {
  return `${userId} ${groupId ?? ''}`
}

/**
 * Gives the `authorKey` of who wrote a row, asked in the order of rows. It is the same text again while somebody goes on
 * writing, which is nearly always: a new one for each row would be looked up letter by letter.
 */
export function createKeys(groups: Groups): (userId: string, seq: number) => string {
  let last: { userId: string; before: number; key: string } | undefined
  return (userId, seq) => {
    if (last?.userId !== userId || seq >= last.before) {
      const { groupId, before } = groupAt(groups, userId, seq)
      last = { userId, before, key: authorKey(userId, groupId) }
    }
    return last.key
  }
}

/** The parts of an `authorKey`. */
export function readKey(key: string): { userId: string; groupId: string | null } {
  const [userId = '', groupId = ''] = key.split(' ')
  return { userId, groupId: groupId || null }
}

/** The people behind author keys. */
export function usersOf(keys: Iterable<string>): string[] {
  return [...new Set([...keys].map((key) => readKey(key).userId).filter(Boolean))]
}

/** So many people who are not shown by name stand for their group together; fewer could be told. */
const fewest = 3

/** All who are not shown at all, as one author. */
const nobodyShown = 'unnamed'
/** All who are shown as one of a group, as one author. */
const someoneOf = (groupId: string): string => `of ${groupId}`

/** Who an author key stands for, as others may see it. */
interface Shown {
  id: string
  name: string
  /** The group the text is shown with. */
  groupId: Group['id'] | null
  /** The group it may be counted with, when enough others who are not shown are. */
  hiddenGroupId: Group['id'] | null
  /** Tells people apart, for counting alone. */
  personId: string
}

/** What a plan knows of who wrote. */
export interface Known {
  groups: readonly Group[]
  people: ReadonlyMap<string, Person>
}

function shownOf({ groups, people }: Known): (key: string) => Shown {
  const byId = new Map<string, Group>(groups.map((group) => [group.id, group]))
  const found = new Map<string, Shown>()
  const look = (key: string): Shown => {
    const { userId, groupId: then } = readKey(key)
    const group = (then && byId.get(then)?.id) || null
    const person = people.get(userId)
    const personId = person?.id ?? userId
    if (person && person.name !== '')
      return { id: person.id, name: person.name, groupId: group, hiddenGroupId: null, personId }
    if (person?.group && group) return { id: someoneOf(group), name: '', groupId: group, hiddenGroupId: null, personId }
    return { id: nobodyShown, name: '', groupId: null, hiddenGroupId: group, personId }
  }
  return (key) => {
    const shown = found.get(key) ?? look(key)
    found.set(key, shown)
    return shown
  }
}

type Sums = Map<Group['id'] | null, Tally>

function add(sums: Sums, groupId: Group['id'] | null, { proposed, written }: Tally): void {
  const sum = sums.get(groupId) ?? { proposed: 0, written: 0 }
  sums.set(groupId, { proposed: sum.proposed + proposed, written: sum.written + written })
}

/**
 * The groups with which text of people who are not shown at all is counted: at least `fewest` of them wrote for it in
 * every field in which any of them did, so that no number, and no difference of two, is one person's.
 */
function groupsOfMany(view: AuthorshipView, shown: (key: string) => Shown): Set<Group['id']> {
  const many = new Set<Group['id']>()
  const few = new Set<Group['id']>()
  for (const { people } of Object.values(view.fields)) {
    const inField = new Map<Group['id'], Set<string>>()
    for (const key of people.keys()) {
      const { hiddenGroupId, personId } = shown(key)
      if (hiddenGroupId) inField.set(hiddenGroupId, (inField.get(hiddenGroupId) ?? new Set()).add(personId))
    }
    for (const [group, persons] of inField) (persons.size >= fewest ? many : few).add(group)
  }
  for (const group of few) many.delete(group)
  return many
}

/** An authorship as the contract tells it. */
export function tellAuthorship(view: AuthorshipView, known: Known): Authorship {
  const shown = shownOf(known)
  const many = groupsOfMany(view, shown)
  const countedWith = ({ groupId, hiddenGroupId }: Shown) =>
    groupId ?? (hiddenGroupId && many.has(hiddenGroupId) ? hiddenGroupId : null)

  const sums: Sums = new Map()
  const authors = new Map<string, { author: Authorship['authors'][number]; most: number }>()
  const named = new Map<string, Set<string>>()
  const unnamed = new Map<string, Set<string>>()
  for (const [key, tally] of view.people) {
    const one = shown(key)
    const group = countedWith(one)
    add(sums, group, tally)
    if (group) {
      const side = one.name === '' ? unnamed : named
      side.set(group, (side.get(group) ?? new Set()).add(one.personId))
    }
    const before = authors.get(one.id)
    const written = (before?.author.written ?? 0) + tally.written
    const groupId = !before || tally.written > before.most ? one.groupId : before.author.groupId
    authors.set(one.id, {
      author: { id: one.id, name: one.name, groupId, written },
      most: Math.max(before?.most ?? 0, tally.written),
    })
  }

  /** Also who only put words of others where they stand has a name. */
  const note = (one: Shown): string => {
    if (!authors.has(one.id)) {
      const author = { id: one.id, name: one.name, groupId: one.groupId, written: 0 }
      authors.set(one.id, { author, most: 0 })
    }
    return one.id
  }
  const fields: Authorship['fields'] = {}
  const shares: Authorship['shares'] = {}
  for (const [name, { runs, people }] of Object.entries(view.fields)) {
    fields[name] = runs.map(({ text, author, editedBy, seq }) => {
      const by = author === null ? null : shown(author)
      return {
        text,
        authorId: by?.id ?? null,
        groupId: by?.groupId ?? null,
        editedById: editedBy === null ? null : note(shown(editedBy)),
        seq,
      }
    })
    if (people.size === 0) continue
    const parts: Sums = new Map()
    for (const [key, tally] of people) add(parts, countedWith(shown(key)), tally)
    shares[name] = partsOf(parts)
  }
  const facts: Authorship['facts'] = {}
  for (const [key, { author, editedBy, seq }] of Object.entries(view.facts)) {
    const one = shown(author)
    facts[key] = { authorId: note(one), groupId: one.groupId, editedById: note(shown(editedBy)), seq }
  }

  const { groups, rest } = sharesOf(sums, known.groups)
  return {
    seq: view.seq,
    algorithm: view.algorithm,
    groups: groups.map((group) => ({
      ...group,
      people: countOf(named.get(group.id)?.size ?? 0, unnamed.get(group.id)?.size ?? 0),
    })),
    rest,
    authors: [...authors.values()]
      .map(({ author }) => author)
      .sort((a, b) => compare(a.name, b.name) || compare(a.id, b.id)),
    fields,
    shares,
    facts,
  }
}

/** How many people that was, unless it would tell of one or two who are not shown by name. */
function countOf(named: number, unnamed: number): number | null {
  return unnamed > 0 && unnamed < fewest ? null : named + unnamed
}

function partsOf(sums: Sums): PartOfGroup[] {
  return [...sums].map(([groupId, tally]) => ({ groupId, ...tally }))
}

/** The shares of groups in the order of their names, and of the rest: never in the order of how much they wrote. */
export function sharesOf(
  sums: Sums,
  groups: readonly Group[],
): { groups: Omit<GroupShare, 'people'>[]; rest: RestShare } {
  let total = 0
  for (const { written } of sums.values()) total += written
  const share = (tally: Tally) => ({ ...tally, share: total === 0 ? 0 : tally.written / total })
  return {
    groups: groups.flatMap((group) => {
      const tally = sums.get(group.id)
      return tally ? [{ ...group, ...share(tally) }] : []
    }),
    rest: share(sums.get(null) ?? { proposed: 0, written: 0 }),
  }
}

/** The parts of a document, as `tellAuthorship` counts them. */
export function partsOfDocument({ groups, rest }: Authorship): PartOfGroup[] {
  const parts: PartOfGroup[] = groups.map(({ id, proposed, written }) => ({ groupId: id, proposed, written }))
  if (rest.proposed > 0 || rest.written > 0)
    parts.push({ groupId: null, proposed: rest.proposed, written: rest.written })
  return parts
}

/** Adds up the parts of several documents. */
export function sumParts(documents: readonly (readonly PartOfGroup[])[]): Sums {
  const sums: Sums = new Map()
  for (const parts of documents) for (const { groupId, ...tally } of parts) add(sums, groupId, tally)
  return sums
}

/** Whether text that a row took away came back in the same row: it was moved, or a paragraph split. */
export function isMoved(text: string, broughtIn: string): boolean {
  return text !== '' && broughtIn.includes(text)
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
