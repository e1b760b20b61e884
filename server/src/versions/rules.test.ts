import { expect, test } from 'vitest'
import { columnsOf, hasChanged, needsKeeping, sidesOf } from './rules.ts'

test('a comparison ends at the version asked for, and only the document as it stands comes after it', () => {
  const asked = { kind: 'version', id: 'v2' }
  expect(sidesOf('v2', 'v1')).toEqual({ from: { kind: 'version', id: 'v1' }, to: asked })
  expect(sidesOf('v2', 'v3')).toEqual({ from: { kind: 'version', id: 'v3' }, to: asked })
  expect(sidesOf('v2', 'previous')).toEqual({ from: { kind: 'before', id: 'v2' }, to: asked })
  expect(sidesOf('v2', 'head')).toEqual({ from: asked, to: { kind: 'head' } })
  expect(sidesOf('v2', undefined)).toEqual(sidesOf('v2', 'head'))
})

test('content has changed when it differs from the newest version, or from the seed while there is none', () => {
  expect(hasChanged({ contentHash: 'a' }, undefined, 'a')).toBe(false)
  expect(hasChanged({ contentHash: 'a' }, 'b', 'b')).toBe(true)
  expect(hasChanged(undefined, 'a', 'a')).toBe(false)
  expect(hasChanged(undefined, 'a', 'b')).toBe(true)
})

test('what stands is kept before a restore when rows came since the newest version', () => {
  expect(needsKeeping(undefined, 1)).toBe(true)
  expect(needsKeeping({ seq: 4 }, 5)).toBe(true)
  expect(needsKeeping({ seq: 5 }, 5)).toBe(false)
})

test('only a named version has a name, only a restored one a source, only an automatic one nobody who asked', () => {
  const none = { name: null, note: null, restoredFrom: null }
  expect(columnsOf({ kind: 'named', name: 'A', note: 'n', createdBy: 'ann' })).toEqual({
    kind: 'named',
    name: 'A',
    note: 'n',
    restoredFrom: null,
    createdBy: 'ann',
  })
  expect(columnsOf({ kind: 'automatic' })).toEqual({ kind: 'automatic', ...none, createdBy: null })
  expect(columnsOf({ kind: 'before_restore', createdBy: 'ann' })).toMatchObject({ ...none, createdBy: 'ann' })
  expect(columnsOf({ kind: 'restored', restoredFrom: 3, createdBy: 'ann' })).toMatchObject({ restoredFrom: 3 })
})
