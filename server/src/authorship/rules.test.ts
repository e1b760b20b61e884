import type { AuthorshipView, Tally } from '@cabildo/authorship/authorship'
import type { Group, Person } from '@cabildo/protocol/http/common'
import { expect, test } from 'vitest'
import { authorKey, createKeys, noteGroups, readKey, tellAuthorship } from './rules.ts'

const group = (id: string): Group => ({ id, name: id, sector: 'community' }) as Group
const known = (people: Record<string, { name?: string; group?: Group }>) => ({
  groups: [group('east'), group('west')],
  people: new Map(
    Object.entries(people).map(([id, { name = '', group: its = null }]) => [id, { id, name, group: its } as Person]),
  ),
})

/** A view of these tallies by field and author key, without runs. */
function viewOf(fields: Record<string, Record<string, number>>): AuthorshipView {
  const all = new Map<string, Tally>()
  const told = Object.entries(fields).map(([field, tallies]) => {
    const people = new Map<string, Tally>()
    for (const [key, count] of Object.entries(tallies)) {
      people.set(key, { proposed: count, written: count })
      const sum = (all.get(key)?.written ?? 0) + count
      all.set(key, { proposed: sum, written: sum })
    }
    return [field, { runs: [], people }] as const
  })
  return { algorithm: 1, seq: 9, fields: Object.fromEntries(told), facts: {}, people: all, unreadable: [] }
}

test('[AU62] the group is the one under which somebody last came to write', () => {
  const groups = new Map()
  noteGroups(groups, [
    { userId: 'ana', groupId: 'east', firstSeq: 1 },
    { userId: 'ben', groupId: null, firstSeq: 2 },
    { userId: 'ana', groupId: 'west', firstSeq: 8 },
  ])
  noteGroups(groups, [{ userId: 'ana', groupId: 'west', firstSeq: 12 }])
  const keyOf = createKeys(groups)
  const groupOf = (userId: string, seq: number) => readKey(keyOf(userId, seq)).groupId
  expect([1, 7, 8, 99].map((seq) => groupOf('ana', seq))).toEqual(['east', 'east', 'west', 'west'])
  const turns = createKeys(groups)
  expect([turns('ana', 4), turns('ben', 5), turns('eva', 6), turns('ana', 7), turns('ana', 8)]).toEqual([
    'ana east',
    'ben ',
    'eva ',
    'ana east',
    'ana west',
  ])
  expect(readKey(authorKey('ana', 'east'))).toEqual({ userId: 'ana', groupId: 'east' })
  expect(readKey(authorKey('ben', null))).toEqual({ userId: 'ben', groupId: null })
})

test('[AU63] one or two people who are not shown by name hide how many there are; three do not', () => {
  const east = group('east')
  const of = (...names: string[]) => Object.fromEntries(names.map((name) => [`${name} east`, 10]))
  const peopleIn = (count: number) => {
    const unnamed = ['x', 'y', 'z'].slice(0, count)
    const people = Object.fromEntries(unnamed.map((id) => [id, { group: east }]))
    return tellAuthorship(viewOf({ summary: of('ana', ...unnamed) }), known({ ana: { name: 'Ana' }, ...people }))
      .groups[0]?.people
  }
  expect([0, 1, 2, 3].map(peopleIn)).toEqual([1, null, null, 4])
})

test('[AU64] no number, and no difference of two, is that of one or two people who are not shown', () => {
  const hidden = { x: {}, y: {}, z: {} }
  const ofAll = { 'x east': 10, 'y east': 10, 'z east': 10 }
  const three = tellAuthorship(viewOf({ summary: ofAll }), known(hidden))
  expect([three.groups[0]?.written, three.rest.written]).toEqual([30, 0])
  // In a second field it is one alone: were only the first counted, the difference to the whole would be theirs.
  const two = tellAuthorship(viewOf({ summary: ofAll, causes: { 'x east': 5 } }), known(hidden))
  expect([two.groups, two.rest.written]).toEqual([[], 35])
  expect(two.shares).toEqual({
    summary: [{ groupId: null, proposed: 30, written: 30 }],
    causes: [{ groupId: null, proposed: 5, written: 5 }],
  })
  expect(two.authors).toEqual([{ id: 'unnamed', name: '', groupId: null, written: 35 }])
})

test('[AU63] two ids of one person are one author; a group that is gone is none', () => {
  const ana = { id: 'ana', name: 'Ana', group: null } as unknown as Person
  const people = new Map([
    ['ana', ana],
    ['guest', ana],
  ])
  const told = tellAuthorship(viewOf({ summary: { 'ana east': 4, 'guest gone': 6 } }), {
    groups: [group('east')],
    people,
  })
  expect(told.authors).toEqual([{ id: 'ana', name: 'Ana', groupId: null, written: 10 }])
  expect(told.groups).toMatchObject([{ id: 'east', written: 4, share: 0.4, people: 1 }])
  expect(told.rest).toEqual({ proposed: 6, written: 6, share: 0.6 })
})
