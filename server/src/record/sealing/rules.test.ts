import { expect, test } from 'vitest'
import { batchesOf, mostUpdates } from './rules.ts'

const row = (seq: number, userId: string, via = 'edit', behalfId: string | null = null) => ({
  seq,
  userId,
  behalfId,
  sessionId: `of ${userId}`,
  via,
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
    row(2, 'ana', 'edit', 'rosa'),
    row(3, 'ana', 'edit', 'luz'),
    row(4, 'ana', 'edit', 'rosa'),
  ]
  expect(batchesOf(rows).map(({ userId, behalfId, rows }) => [userId, behalfId, rows.map(({ seq }) => seq)])).toEqual([
    ['ana', null, [1]],
    ['ana', 'rosa', [2, 4]],
    ['ana', 'luz', [3]],
  ])
})
