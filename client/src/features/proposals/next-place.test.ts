import { expect, test } from 'vitest'
import { nextPlace } from './next-place.ts'

const places: Readonly<Record<string, readonly string[]>> = { summary: ['a', 'b'], problem: [], causes: ['c'] }
const fields = Object.keys(places)
const placesIn = (field: string) => places[field] ?? []

test('one goes through the places of all fields and begins anew after the last', () => {
  const on = (place: string, field: string) => nextPlace(fields, { place, field }, 1, placesIn)
  const back = (place: string, field: string) => nextPlace(fields, { place, field }, -1, placesIn)
  expect([
    nextPlace(fields, undefined, 1, placesIn),
    on('a', 'summary'),
    on('b', 'summary'),
    on('c', 'causes'),
  ]).toEqual(['a', 'b', 'c', 'a'])
  expect([nextPlace(fields, undefined, -1, placesIn), back('c', 'causes'), back('a', 'summary')]).toEqual([
    'c',
    'b',
    'c',
  ])
})

test('a place that is gone leads on from its field; without any there is none', () => {
  expect(nextPlace(fields, { place: 'gone', field: 'summary' }, 1, placesIn)).toBe('c')
  expect(nextPlace(['causes'], { place: 'c', field: 'causes' }, 1, placesIn)).toBe('c')
  expect(nextPlace(fields, { place: 'a', field: 'summary' }, 1, () => [])).toBeUndefined()
  expect(nextPlace([], undefined, 1, placesIn)).toBeUndefined()
})

test('fields beyond the next place are not asked for', () => {
  const asked: string[] = []
  nextPlace(fields, { place: 'a', field: 'summary' }, 1, (field) => {
    asked.push(field)
    return placesIn(field)
  })
  expect(asked).toEqual(['summary'])
})
