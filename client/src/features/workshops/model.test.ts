import type { Group } from '@cabildo/protocol/http/common'
import type { ParticipantItem } from '@cabildo/protocol/http/workshops'
import { expect, test } from 'vitest'
import {
  bySector,
  dayOf,
  isCode,
  isFound,
  nextClock,
  readCode,
  sharedPhones,
  sortedPeople,
  tablesOf,
  usualEnd,
  waitOf,
} from './model.ts'

test.each(['7QKX-2M4T', '7qkx2m4t', ' 7qkx 2m4t ', '7Q-KX-2M-4T', '7qkx – 2m4t'])(
  '%j is the code 7QKX2M4T',
  (typed) => {
    expect(readCode(typed)).toBe('7QKX2M4T')
    expect(isCode(readCode(typed))).toBe(true)
  },
)

test('letters that Crockford leaves out are read as the digits they look like', () => {
  expect(readCode('oO1iIlL0')).toBe('00111110')
})

test.each(['', '7QKX2M4', '7QKX2M4TT', '7QKX2M4U', '7QKX2M4Ñ', 'hola'])('%j is no code', (typed) => {
  expect(isCode(readCode(typed))).toBe(false)
})

// Only what is looked at.
const group = (name: string, sector: Group['sector']) => ({ id: name, name, sector }) as Group

test('groups stand by sector, and are found without accents', () => {
  const groups = [
    group('Productores de Tortí', 'private_sector'),
    group('Unión de mujeres', 'civil_society'),
    group('Alcaldía', 'government'),
    group('Alianza', 'civil_society'),
  ]
  expect(bySector(groups, 'es').map((one) => [one.sector, one.groups.map(({ name }) => name)])).toEqual([
    ['government', ['Alcaldía']],
    ['civil_society', ['Alianza', 'Unión de mujeres']],
    ['private_sector', ['Productores de Tortí']],
  ])
  expect(bySector(groups, 'es', 'torti prod').flatMap((one) => one.groups.map(({ name }) => name))).toEqual([
    'Productores de Tortí',
  ])
  expect(isFound('Unión de mujeres', '')).toBe(true)
})

test('a workshop ends at the next time the clock says so', () => {
  const now = new Date(2026, 10, 28, 22, 40)
  expect(nextClock('23:15', now)).toEqual(new Date(2026, 10, 28, 23, 15))
  expect(nextClock('22:40', now)).toEqual(new Date(2026, 10, 29, 22, 40))
  expect(nextClock('04:00', now)).toEqual(new Date(2026, 10, 29, 4, 0))
  expect(nextClock('', now)).toBeUndefined()
  expect(usualEnd(now)).toBe('04:45')
  expect(dayOf(now)).toBe('2026-11-28')
})

test('tables keep the names they were given', () => {
  const named = (number: number) => `Mesa ${number}`
  expect(tablesOf([], 2, named)).toEqual(['Mesa 1', 'Mesa 2'])
  expect(tablesOf(['Río', 'Mesa 2'], 3, named)).toEqual(['Río', 'Mesa 2', 'Mesa 3'])
  expect(tablesOf(['Río', 'Mesa 2'], 0, named)).toEqual([])
  expect(tablesOf([], 99, named)).toHaveLength(40)
})

test('people who were taken out stand apart, and phones that are shared are known', () => {
  // Only what is looked at.
  const person = (name: string, more: object = {}) =>
    ({ name, removedAt: null, mergedInto: null, device: null, ...more }) as unknown as ParticipantItem
  const people = [
    person('Ceci', { device: 1 }),
    person('Ana', { device: 1 }),
    person('Beto', { device: 2, removedAt: '2026-11-28T10:00:00.000Z' }),
    person('Dora', { mergedInto: 'x' }),
  ]
  const { here, out } = sortedPeople(people, 'es')
  expect(here.map(({ name }) => name)).toEqual(['Ana', 'Ceci'])
  expect(out.map(({ name }) => name)).toEqual(['Beto', 'Dora'])
  expect(sharedPhones(people)).toEqual(new Set([1]))
})

test('a wait is told in seconds or whole minutes', () => {
  expect([undefined, 0.2, 59, 60, 61].map(waitOf)).toEqual([
    undefined,
    { unit: 'seconds', count: 1 },
    { unit: 'seconds', count: 59 },
    { unit: 'minutes', count: 1 },
    { unit: 'minutes', count: 2 },
  ])
})
