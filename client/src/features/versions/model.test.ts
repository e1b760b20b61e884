import type { VersionItem } from '@cabildo/protocol/http/api'
import type { VersionId } from '@cabildo/protocol/ids'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { comparison, dayOf, groupVersions, sameAsBefore, shortHash, versionBefore } from './model.ts'

const version = (number: number, over: Partial<VersionItem> = {}): VersionItem => ({
  id: `version-${number}` as VersionId,
  number,
  kind: 'automatic',
  name: null,
  note: null,
  seq: number * 10,
  contentHash: `sha256:${'ab'.repeat(32)}`,
  createdAt: '2026-03-28T15:00:00.000Z',
  createdBy: null,
  authors: [],
  restoredFrom: null,
  ...over,
})

test('named versions stand on top, the others by the day where the reader is', () => {
  const items = [
    version(5, { createdAt: '2026-03-29T03:00:00.000Z' }),
    version(4, { kind: 'named', name: 'Mesa de agua', createdAt: '2026-03-28T20:00:00.000Z' }),
    version(3, { kind: 'restored', restoredFrom: 1, createdAt: '2026-03-28T19:00:00.000Z' }),
    version(2, { kind: 'before_restore', createdAt: '2026-03-27T12:00:00.000Z' }),
    version(1, { kind: 'named', name: 'Primera', createdAt: '2026-03-26T12:00:00.000Z' }),
  ]
  const { named, days } = groupVersions(items, 'America/Panama')
  expect(named.map((item) => item.number)).toEqual([4, 1])
  // 03:00 UTC is still the evening before in Panama.
  expect(days.map(({ day, items: some }) => [day, some.map((item) => item.number)])).toEqual([
    ['2026-03-28', [5, 3]],
    ['2026-03-27', [2]],
  ])
})

test('grouping neither loses nor repeats a version, in whatever order and overlap the pages arrive', () => {
  const kinds = ['named', 'automatic', 'before_restore', 'restored'] as const
  const some = fc.array(
    fc.record({
      number: fc.integer({ min: 1, max: 60 }),
      kind: fc.constantFrom(...kinds),
      hour: fc.integer({ min: 0, max: 24 * 40 }),
    }),
  )
  fc.assert(
    fc.property(some, (list) => {
      const items = list.map(({ number, kind, hour }) =>
        version(number, { kind, createdAt: new Date(Date.UTC(2026, 0, 1, hour)).toISOString() }),
      )
      const { named, days } = groupVersions(items)
      const shown = [...named, ...days.flatMap((day) => day.items)].map((item) => item.number)
      expect(shown.toSorted((a, b) => a - b)).toEqual(
        [...new Set(items.map((item) => item.number))].sort((a, b) => a - b),
      )
      expect(named.every((item) => item.kind === 'named')).toBe(true)
    }),
  )
})

test('a day is told in the zone of the reader', () => {
  const instant = new Date('2026-01-01T02:30:00.000Z')
  expect(dayOf(instant, 'UTC')).toBe('2026-01-01')
  expect(dayOf(instant, 'America/Panama')).toBe('2025-12-31')
})

test('the version before is the nearest older one', () => {
  const items = [version(9), version(7), version(4)]
  expect(versionBefore(items, version(9))?.number).toBe(7)
  expect(versionBefore(items, version(4))).toBeUndefined()
  expect(versionBefore(items, version(5))?.number).toBe(4)
})

test('a version has the text of the one before only when their hashes say so, whoever wrote', () => {
  const other = `sha256:${'cd'.repeat(32)}`
  const items = [version(4, { contentHash: other }), version(3, { kind: 'restored', contentHash: other }), version(1)]
  expect(sameAsBefore(items, version(4, { contentHash: other }))).toBe(true)
  expect(sameAsBefore(items, version(3, { kind: 'restored', contentHash: other }))).toBe(false)
  // What stood before the first at hand is not known.
  expect(sameAsBefore(items, version(1))).toBe(false)
})

test('a comparison runs from the older to the newer text', () => {
  expect(comparison(version(2), version(5))).toEqual({ v: 'version-5', with: 'version-2' })
  expect(comparison(version(5), version(2))).toEqual({ v: 'version-5', with: 'version-2' })
  expect(comparison(version(2), 'head')).toEqual({ v: 'version-2', with: 'head' })
})

test('a short hash is the first eight digits', () => {
  expect(shortHash(`sha256:0123456789${'f'.repeat(54)}`)).toBe('01234567')
})
