import { expect, test } from 'vitest'
import { batchesOf, mostBytes, mostUpdates } from './rules.ts'

const row = (
  seq: number,
  userId: string,
  via = 'edit',
  { bytes = new Uint8Array(2), behalfId = null }: { bytes?: Uint8Array; behalfId?: string | null } = {},
) => ({
  ...{ seq, userId, behalfId, sessionId: `of ${userId}`, via, bytes },
})

test('[RC110] rows of one author go together though others wrote between, in the order of first rows', () => {
  const rows = [row(1, 'ana'), row(2, 'ben'), row(3, 'ana'), row(4, 'ana', 'restore'), row(5, 'ben')]
  expect(batchesOf(rows).map(({ userId, via, rows }) => [userId, via, rows.map(({ seq }) => seq)])).toEqual([
    ['ana', 'edit', [1, 3]],
    ['ben', 'edit', [2, 5]],
    ['ana', 'restore', [4]],
  ])
})

test('[RC110] an entry holds a bounded number of rows', () => {
  const rows = Array.from({ length: 2 * mostUpdates + 1 }, (_, index) => row(index + 1, 'ana'))
  expect(batchesOf(rows).map(({ rows }) => rows.length)).toEqual([mostUpdates, mostUpdates, 1])
})

test('[RC115] rows on behalf of different people never share an entry', () => {
  const rows = [
    row(1, 'ana'),
    row(2, 'ana', 'edit', { behalfId: 'rosa' }),
    row(3, 'ana', 'edit', { behalfId: 'luz' }),
    row(4, 'ana', 'edit', { behalfId: 'rosa' }),
  ]
  expect(batchesOf(rows).map(({ userId, behalfId, rows }) => [userId, behalfId, rows.map(({ seq }) => seq)])).toEqual([
    ['ana', null, [1]],
    ['ana', 'rosa', [2, 4]],
    ['ana', 'luz', [3]],
  ])
})

test('[RC110] and a bounded number of bytes: what is too large by itself stands alone', () => {
  const half = new Uint8Array(mostBytes / 2)
  const tooMuch = new Uint8Array(mostBytes + 1)
  const rows = [half, half, half, tooMuch, half, half].map((bytes, index) => row(index + 1, 'ana', 'edit', { bytes }))
  expect(batchesOf(rows).map(({ rows }) => rows.map(({ seq }) => seq))).toEqual([[1, 2], [3], [4], [5, 6]])
})
