import { expect, test } from 'vitest'
import { historyView, readHistorySearch } from './search.ts'

const id = 'AAAAAAAAAAAAAAAAAAAAAA'
const other = 'BBBBBBBBBBBBBBBBBBBBBB'

test('a search keeps what it understands and drops the rest', () => {
  expect(readHistorySearch({ versions: 'open', v: id, with: other, at: '12', foo: 1 })).toEqual({
    versions: 'open',
    v: id,
    with: other,
    at: 12,
  })
  expect(readHistorySearch({ versions: 'yes', v: '<script>', with: 'later', at: '-1' })).toEqual({})
  expect(readHistorySearch({ v: 7, at: 1.5 })).toEqual({})
  expect(readHistorySearch({ at: '' })).toEqual({})
  expect(readHistorySearch({ at: 'now' })).toEqual({ at: 'now' })
  expect(readHistorySearch({ at: 0 })).toEqual({ at: 0 })
  expect(readHistorySearch({ who: 'on', field: 'problem' })).toEqual({ who: 'on', field: 'problem' })
  expect(readHistorySearch({ who: 'yes', field: '../x' })).toEqual({})
})

test('a search shows exactly one view', () => {
  expect(historyView({})).toEqual({ kind: 'closed' })
  expect(historyView({ with: other })).toEqual({ kind: 'closed' })
  expect(historyView({ versions: 'open' })).toEqual({ kind: 'list' })
  expect(historyView({ versions: 'open', v: id })).toEqual({ kind: 'version', versionId: id })
  expect(historyView({ v: id, with: 'previous' })).toEqual({ kind: 'compare', versionId: id, other: 'previous' })
  expect(historyView({ v: id, with: id })).toEqual({ kind: 'version', versionId: id })
  expect(historyView({ who: 'on', versions: 'open' })).toEqual({ kind: 'who' })
  expect(historyView({ who: 'on', v: id })).toEqual({ kind: 'version', versionId: id })
  expect(historyView({ v: id, with: other, at: 3 })).toEqual({ kind: 'moment', seq: 3 })
  expect(historyView({ at: 3, with: 'head' })).toEqual({ kind: 'since', seq: 3 })
  expect(historyView({ at: 'now', with: 'head' })).toEqual({ kind: 'moment', seq: 'now' })
})
