import type { Person } from '@cabildo/protocol/http/common'
import { expect, test } from 'vitest'
import { presentPeople, samePeople } from './presence.ts'

const person = { id: 'ana', name: 'Ana', group: { id: 'g', name: 'Municipio', sector: 'government' } } as Person
const ana = { clientId: 1, person }
const user = (id: string, name: string) => ({ id, name, color: '#a9500b', group: 'Kernel', sector: 'civil_society' })

test('one comes first, then the others by name, two screens of one person once', () => {
  const states = new Map<number, unknown>([
    [1, { field: 'problem' }],
    [9, { user: user('zoe', 'Zoé') }],
    [8, { user: user('ben', 'Benjamín'), field: 'summary' }],
    [7, { user: user('ben', 'Benjamín') }],
    [6, { user: user('ana', 'Ana'), field: 'title' }],
  ])
  expect(presentPeople(states, ana).map((one) => [one.person.name, one.field, one.self])).toEqual([
    ['Ana', 'problem', true],
    ['Benjamín', 'summary', false],
    ['Zoé', null, false],
  ])
})

test("a state without the server's stamp is nobody, and no stamp can break the page", () => {
  const states = new Map<number, unknown>([
    [2, {}],
    [3, null],
    [4, { user: { name: 'nobody' } }],
    [5, { user: { id: 'eva', name: 'Eva', color: 'url(evil)', group: 7, sector: 'none' } }],
  ])
  expect(presentPeople(states, ana).slice(1)).toEqual([
    { person: { id: 'eva', name: 'Eva', group: null }, color: '#4a5a6a', field: null, behalf: null, self: false },
  ])
})

test('[PR11] who is shown without a name comes last, and the words that stand for one are not a name', () => {
  const states = new Map<number, unknown>([
    [2, { user: { ...user('b', 'Kernel'), unnamed: true } }],
    [3, { user: { id: 'c', name: 'Persona sin nombre', unnamed: true, color: '#095a5a', group: null, sector: null } }],
    [4, { user: user('d', 'Zoé') }],
  ])
  const others = presentPeople(states, ana).slice(1)
  expect(others.map((one) => [one.person.name, one.person.group?.name])).toEqual([
    ['Zoé', 'Kernel'],
    ['', 'Kernel'],
    ['', undefined],
  ])
})

test('a moving caret changes no list', () => {
  const before = presentPeople(new Map<number, unknown>([[2, { user: user('b', 'B'), cursor: { anchor: 1 } }]]), ana)
  const after = presentPeople(new Map<number, unknown>([[2, { user: user('b', 'B'), cursor: { anchor: 2 } }]]), ana)
  const moved = presentPeople(new Map<number, unknown>([[2, { user: user('b', 'B'), field: 'causes' }]]), ana)
  expect(samePeople(before, after)).toBe(true)
  expect(samePeople(before, moved)).toBe(false)
  expect(samePeople(before, before.slice(1))).toBe(false)
})

test('[PE12] a stamp that says unverified is kept, and a change of it changes the list', () => {
  const guest = { ...user('b', 'B'), unverified: true }
  const marked = presentPeople(new Map<number, unknown>([[2, { user: guest }]]), ana)
  const plain = presentPeople(new Map<number, unknown>([[2, { user: user('b', 'B') }]]), ana)
  expect([marked, plain].map(([, other]) => other?.person.unverified)).toEqual([true, undefined])
  expect(samePeople(marked, plain)).toBe(false)
})
