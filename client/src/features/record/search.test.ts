import { expect, test } from 'vitest'
import { readRecordSearch } from './search.ts'

test('[RC131] an address is read part by part; what it cannot mean is passed over', () => {
  const search = {
    who: 'q8Zr0nXbTk2a5s7L',
    group: 'g1',
    type: 'update-batch',
    document: 'tGB1mM0vQYeVvLxwUWuzWA',
    version: 3,
    from: '2026-03-01',
    to: '2026-03-28',
    entry: 41,
  }
  expect(readRecordSearch(search)).toEqual(search)
  expect(readRecordSearch({ ...search, entry: 'first' }).entry).toBe('first')
  expect(
    readRecordSearch({ who: '<b>', type: 'A b', version: -1, from: 'ayer', to: '2026-13-40', entry: '0', more: 1 }),
  ).toEqual({})
})

test('a pseudonym of digits alone, which the address reads as a number, is still one', () => {
  expect(readRecordSearch({ who: 1234567890123456 })).toEqual({ who: '1234567890123456' })
})
