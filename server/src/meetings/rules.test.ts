import { AppError } from '@cabildo/protocol/errors'
import { MeetingFacts } from '@cabildo/protocol/http/meetings'
import { canonicalText } from '@cabildo/record/canonical-json'
import { expect, test } from 'vitest'
import { asKept, countsOfWorkshop, dataOf, demandCounts, demandFacts, demandMove } from './rules.ts'

const facts = (more: object = {}) =>
  MeetingFacts.parse({
    ...{ title: 'Tortí', heldOn: '2026-03-28', mode: 'in_person', place: 'Casa comunal', isPublic: true, ...more },
  })

/** The field that a refusal names. */
function refused(work: () => void): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    return error instanceof AppError ? (error.errors[0]?.pointer ?? error.code) : 'a defect'
  }
}

test('[ME2] a meeting is somewhere unless it is online alone, and ends after it begins', () => {
  expect(refused(() => demandFacts(facts()))).toBeUndefined()
  expect(refused(() => demandFacts(facts({ place: null })))).toBe('/place')
  expect(refused(() => demandFacts(facts({ place: null, mode: 'both' })))).toBe('/place')
  expect(refused(() => demandFacts(facts({ place: null, mode: 'online' })))).toBeUndefined()
  expect(refused(() => demandFacts(facts({ starts: '15:00', ends: '15:00' })))).toBe('/ends')
  expect(refused(() => demandFacts(facts({ ends: '15:00' })))).toBe('/starts')
  expect(refused(() => demandFacts(facts({ starts: '09:00', ends: '15:00' })))).toBeUndefined()
})

test('[ME2] links are addresses of the web alone', () => {
  const takes = (link: string) =>
    MeetingFacts.safeParse({ title: 'x', heldOn: '2026-03-28', mode: 'online', isPublic: true, link }).success
  expect(takes('https://meet.example.test/abc?x=1')).toBe(true)
  for (const other of ['javascript:alert(1)', 'https://', 'https:// x', 'http:///x', 'data:text/html,x', 'x y'])
    expect(takes(other), other).toBe(false)
})

test('[ME4] every move of a meeting, and what it needs', () => {
  const move = (state: string, next: string, { begun = true, reason }: { begun?: boolean; reason?: string } = {}) =>
    refused(() => demandMove({ state, begun } as Parameters<typeof demandMove>[0], next as 'held', reason)) ?? 'may'
  const states = ['planned', 'held', 'cancelled']
  const table = states.map((one) =>
    states.map((next) => move(one, next, next === 'cancelled' ? { reason: 'Llovió.' } : {})),
  )
  expect(table).toEqual([
    ['conflict', 'may', 'may'],
    ['may', 'conflict', 'may'],
    ['may', 'conflict', 'conflict'],
  ])
  expect(move('planned', 'held', { begun: false })).toBe('/state')
  expect(move('planned', 'cancelled')).toBe('/reason')
  expect(move('planned', 'held', { reason: 'x' })).toBe('/reason')
})

test('[ME5] each group once, and no more people of known gender or age than came', () => {
  const groups = [
    { groupId: 'a', registered: 9, attended: 4 },
    { groupId: null, registered: 0, attended: 2 },
  ]
  expect(refused(() => demandCounts({ groups, byGender: { woman: 4, man: 2 }, byAge: {} }))).toBeUndefined()
  expect(refused(() => demandCounts({ groups, byGender: { woman: 4, man: 3 }, byAge: {} }))).toBe('/byGender')
  expect(refused(() => demandCounts({ groups, byGender: {}, byAge: { '18_29': 7 } }))).toBe('/byAge')
  const twice = [...groups, { groupId: null, registered: 1, attended: 0 }]
  expect(refused(() => demandCounts({ groups: twice, byGender: {}, byAge: {} }))).toBe('/groups/2/groupId')
})

test('[ME6] what a workshop counted becomes attendance; who registered stays, who left no group is of none', () => {
  const came = {
    people: 9,
    byGroup: [{ key: 'a', people: 5 }],
    byGender: [{ key: 'woman', people: 3 }],
    byAge: [],
  }
  const before = [
    { groupId: 'a', registered: 8, attended: 1 },
    { groupId: 'b', registered: 2, attended: 2 },
  ]
  expect(countsOfWorkshop(came, before)).toEqual({
    groups: [
      { groupId: 'a', registered: 8, attended: 5 },
      { groupId: null, registered: 0, attended: 4 },
      { groupId: 'b', registered: 2, attended: 0 },
    ],
    byGender: { woman: 3 },
    byAge: {},
  })
})

test('[ME3] what is hashed of a meeting is everything that is said of it, as the database keeps it', () => {
  const said = asKept(facts({ title: 'Tortí \ud83d', materials: [{ title: 'Resumen', sentOn: '2026-03-14' }] }))
  expect(canonicalText(dataOf(said, { state: 'planned', reason: null }))).toBe(
    '{"agenda":"","ends":null,"heldOn":"2026-03-28","link":null,"materials":[{"attachment":null,"link":null,' +
      '"sentOn":"2026-03-14","sentTo":null,"title":"Resumen"}],"mode":"in_person","place":"Casa comunal",' +
      '"public":true,"reason":null,"results":"","starts":null,"state":"planned","title":"Tortí \ufffd","workshop":null}',
  )
})
