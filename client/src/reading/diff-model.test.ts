import type { DiffBlock } from '@cabildo/protocol/http/api'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type DiffRow, nextChange, planDiff, sidePieces, unifiedPieces } from './diff-model.ts'

const block = (kind: DiffBlock['kind'], text = kind as string): DiffBlock => ({
  kind,
  path: 'paragraph',
  before: kind === 'added' ? null : text,
  after: kind === 'removed' ? null : text,
  pieces: [],
})
const shape = (kinds: DiffBlock['kind'][]) =>
  planDiff({
    fields: [{ field: 'problem', changed: true, blocks: kinds.map((kind) => block(kind)) }],
    facts: [],
  }).fields[0]?.rows.map((row) =>
    row.kind === 'folded'
      ? `(${row.units.length})`
      : `${row.blocks.map((each) => each.kind).join('+')}${row.change ? `#${row.change}` : ''}`,
  )

test('unchanged stretches fold, one block beside a change stays', () => {
  expect(shape(['same', 'same', 'same', 'changed', 'same', 'same', 'same', 'same', 'added'])).toEqual([
    '(2)',
    'same',
    'changed#1',
    'same',
    '(2)',
    'same',
    'added#2',
  ])
  expect(shape(['changed', 'same', 'same', 'same', 'changed'])).toEqual([
    'changed#1',
    'same',
    'same',
    'same',
    'changed#2',
  ])
  expect(shape(['changed', 'same', 'same'])).toEqual(['changed#1', 'same', 'same'])
  expect(shape(['changed', 'same', 'same', 'same'])).toEqual(['changed#1', 'same', '(2)'])
})

test('a stretch that came or went is one change, every other touched block is its own', () => {
  expect(shape(['added', 'added', 'removed', 'removed', 'changed', 'changed', 'moved', 'moved'])).toEqual([
    'added+added#1',
    'removed+removed#2',
    'changed#3',
    'changed#4',
    'moved#5',
    'moved#6',
  ])
})

test('fields without a change are named, facts are the last changes', () => {
  const plan = planDiff({
    fields: [
      { field: 'title', changed: false, blocks: [block('same')] },
      { field: 'summary', changed: false, blocks: [] },
      { field: 'problem', changed: true, blocks: [block('added')] },
    ],
    facts: [{ key: 'ogpId', before: null, after: 'PA-1' }],
  })
  expect(plan.untouched).toEqual(['title', 'summary'])
  expect(plan.fields.map((each) => each.field)).toEqual(['problem'])
  expect([plan.changes, plan.firstFact]).toEqual([2, 2])
})

test('folding shows every block exactly once and in order, and folds no change', () => {
  const kinds = fc.array(fc.constantFrom('same', 'same', 'same', 'added', 'removed', 'changed', 'reformatted', 'moved'))
  fc.assert(
    fc.property(kinds, (list) => {
      const blocks = list.map((kind, index) => block(kind as DiffBlock['kind'], String(index)))
      const { fields, untouched, changes } = planDiff({ fields: [{ field: 'f', changed: true, blocks }], facts: [] })
      if (untouched.length > 0) {
        expect(blocks.every((each) => each.kind === 'same')).toBe(true)
        return
      }
      const rows = fields[0]?.rows ?? []
      const blocksOf = (row: DiffRow) => (row.kind === 'folded' ? row.units.flatMap((unit) => unit.blocks) : row.blocks)
      expect(rows.flatMap(blocksOf)).toEqual(blocks)
      for (const row of rows) {
        if (row.kind === 'folded')
          expect(blocksOf(row).every((each) => each.kind === 'same') && row.units.length >= 2).toBe(true)
        else {
          const kinds = new Set(row.blocks.map((each) => each.kind))
          expect(kinds.size).toBe(1)
          expect(row.change === null).toBe(kinds.has('same'))
        }
      }
      const numbers = rows.flatMap((row) => (row.kind === 'blocks' && row.change !== null ? [row.change] : []))
      expect(numbers).toEqual(Array.from({ length: changes }, (_, index) => index + 1))
      expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length)
    }),
  )
})

test('the two columns of a block together say what its one column says', () => {
  const changed: DiffBlock = {
    kind: 'changed',
    path: 'paragraph',
    before: 'a b',
    after: 'a c',
    pieces: [
      { kind: 'same', text: 'a ' },
      { kind: 'removed', text: 'b' },
      { kind: 'added', text: 'c' },
    ],
  }
  expect(sidePieces(changed)).toEqual({
    before: [
      { kind: 'same', text: 'a ' },
      { kind: 'removed', text: 'b' },
    ],
    after: [
      { kind: 'same', text: 'a ' },
      { kind: 'added', text: 'c' },
    ],
  })
  expect(sidePieces(block('added', 'x'))).toEqual({ before: null, after: [{ kind: 'added', text: 'x' }] })
  expect(sidePieces(block('removed', 'x'))).toEqual({ before: [{ kind: 'removed', text: 'x' }], after: null })
  expect(unifiedPieces(block('reformatted', 'x'))).toEqual([{ kind: 'same', text: 'x' }])
})

test('going through changes goes round', () => {
  expect([nextChange(0, 3, 1), nextChange(1, 3, 1), nextChange(3, 3, 1)]).toEqual([1, 2, 1])
  expect([nextChange(0, 3, -1), nextChange(3, 3, -1), nextChange(1, 3, -1)]).toEqual([3, 2, 3])
  expect(nextChange(0, 0, 1)).toBe(0)
})

test('a table is one row and one change, whatever became of its cells, and stands apart from what is around it', () => {
  const cell = (kind: DiffBlock['kind'], row: number, table = 0): DiffBlock => {
    const place = { table, row, column: 0, head: false }
    return {
      ...block(kind),
      cell: { before: kind === 'added' ? null : place, after: kind === 'removed' ? null : place },
    }
  }
  const blocks = [
    block('added'),
    cell('same', 0),
    cell('changed', 1),
    cell('added', 2),
    cell('added', 0, 1),
    cell('added', 1, 1),
    block('added'),
  ]
  const plan = planDiff({ fields: [{ field: 'f', changed: true, blocks }], facts: [] }, 9)
  expect(
    plan.fields[0]?.rows.map((row) => row.kind === 'blocks' && [row.table, row.blocks.length, row.change]),
  ).toEqual([
    [false, 1, 1],
    [true, 3, 2],
    [true, 2, 3],
    [false, 1, 4],
  ])
  const still = planDiff({
    fields: [{ field: 'f', changed: true, blocks: [block('added'), cell('same', 0), cell('same', 1)] }],
    facts: [],
  })
  expect(still.fields[0]?.rows.map((row) => row.kind === 'blocks' && [row.table, row.blocks.length])).toEqual([
    [false, 1],
    [true, 2],
  ])
})
