import type { Diff, DiffBlock } from '@cabildo/protocol/http/api'
import { joinTable, kindOfAll, type TableMark } from './diff-table.ts'

type Piece = DiffBlock['pieces'][number]

/** What is shown together: a block, or a table with its cells. */
export interface DiffUnit {
  kind: DiffBlock['kind']
  table: boolean
  blocks: DiffBlock[]
}

/** A row of a compared field: blocks that share one fate, a table, or a stretch that did not change and is folded away. */
export type DiffRow = BlocksRow | { kind: 'folded'; key: string; units: DiffUnit[] }

/** Usually one block; several where a whole stretch came or went, and for a table. */
export interface BlocksRow {
  kind: 'blocks'
  key: string
  /** Blocks of one table, which may be of many kinds. */
  table: boolean
  /** Never empty. Those of one row are all of one kind, but in a table. */
  blocks: DiffBlock[]
  /** Number of the change, from 1; null where nothing changed. */
  change: number | null
}

/** A compared field made ready to show. */
export interface DiffField {
  field: string
  rows: DiffRow[]
}

/** A whole comparison made ready to show: fields that changed, names of those that did not, and how many changes one can go through. */
export interface DiffPlan {
  fields: DiffField[]
  untouched: string[]
  /** Changes of the fields come first, in reading order; each changed fact is one more after them. */
  changes: number
  firstFact: number
}

/**
 * Lays out a comparison. Changes are counted from 1: a stretch of blocks that all came, or all went, is one change, any
 * other touched block is one, and so is a touched table. Around each stays one unchanged block to read it by; longer unchanged stretches of at least
 * `least` blocks are folded.
 */
export function planDiff(diff: Pick<Diff, 'fields' | 'facts'>, least = 2): DiffPlan {
  let change = 0
  const fields: DiffField[] = []
  const untouched: string[] = []
  for (const { field, blocks } of diff.fields) {
    if (blocks.every((block) => block.kind === 'same')) {
      untouched.push(field)
      continue
    }
    const rows: DiffRow[] = []
    const units = unitsOf(blocks)
    for (const { start, units: stretch } of stretches(units)) {
      const at = (place: number) => `${field}/${start + place}`
      if (stretch[0]?.kind !== 'same') {
        change += 1
        const all = stretch.flatMap((unit) => unit.blocks)
        rows.push({ kind: 'blocks', key: at(0), table: stretch[0]?.table ?? false, blocks: all, change })
        continue
      }
      // One block of context on the side of a change; none at the start or the end of the field.
      const from = start === 0 ? 0 : 1
      const to = start + stretch.length === units.length ? stretch.length : stretch.length - 1
      if (to - from < least) rows.push(...unchangedRows(stretch, at))
      else {
        rows.push(...unchangedRows(stretch.slice(0, from), at))
        rows.push({ kind: 'folded', key: at(from), units: stretch.slice(from, to) })
        rows.push(...unchangedRows(stretch.slice(to), (place) => at(to + place)))
      }
    }
    fields.push({ field, rows })
  }
  return { fields, untouched, changes: change + diff.facts.length, firstFact: change + 1 }
}

/** The blocks of a field as they are shown: those of one table together, every other by itself. */
function unitsOf(blocks: readonly DiffBlock[]): DiffUnit[] {
  const units: DiffUnit[] = []
  let mark: TableMark | undefined
  for (const block of blocks) {
    const last = units.at(-1)
    const joined = mark && joinTable(mark, block)
    if (last && joined) last.blocks.push(block)
    else units.push({ kind: block.kind, table: block.cell !== undefined, blocks: [block] })
    mark = joined ?? joinTable({ before: undefined, after: undefined }, block)
  }
  return units.map((unit) => ({ ...unit, kind: kindOfAll(unit.blocks) }))
}

/** Cuts a field into stretches that are shown together: what did not change, what came, what went. A table stands alone. */
function stretches(units: readonly DiffUnit[]): { start: number; units: DiffUnit[] }[] {
  const found: { start: number; units: DiffUnit[] }[] = []
  for (const [index, unit] of units.entries()) {
    const last = found.at(-1)
    const before = last?.units[0]
    const joins = unit.kind === 'same' || ((unit.kind === 'added' || unit.kind === 'removed') && !unit.table)
    if (last && joins && before?.kind === unit.kind && (unit.kind === 'same' || !before.table)) last.units.push(unit)
    else found.push({ start: index, units: [unit] })
  }
  return found
}

/** What did not change as rows, one each. `keyAt` names a row by its place. */
export function unchangedRows(units: readonly DiffUnit[], keyAt: (place: number) => string): BlocksRow[] {
  return units.map(({ table, blocks }, index) => ({ kind: 'blocks', key: keyAt(index), table, blocks, change: null }))
}

/** The pieces of a block as one text with what came and what went, whatever the block's kind leaves unsaid. */
export function unifiedPieces(block: DiffBlock): Piece[] {
  if (block.pieces.length > 0) return block.pieces
  if (block.kind === 'added') return [{ kind: 'added', text: block.after ?? '' }]
  if (block.kind === 'removed') return [{ kind: 'removed', text: block.before ?? '' }]
  if (block.kind === 'changed') {
    return [
      { kind: 'removed', text: block.before ?? '' },
      { kind: 'same', text: ' ' },
      { kind: 'added', text: block.after ?? '' },
    ]
  }
  return [{ kind: 'same', text: block.after ?? block.before ?? '' }]
}

/** The two columns of a block: what stood before and what stands after; null where there is nothing to stand. */
export function sidePieces(block: DiffBlock): { before: Piece[] | null; after: Piece[] | null } {
  const pieces = unifiedPieces(block)
  return {
    before: block.kind === 'added' ? null : pieces.filter((piece) => piece.kind !== 'added'),
    after: block.kind === 'removed' ? null : pieces.filter((piece) => piece.kind !== 'removed'),
  }
}

/** The change after (`1`) or before (`-1`) the current one, going round at the ends; 0 when there are none. */
export function nextChange(current: number, changes: number, direction: 1 | -1): number {
  if (changes === 0) return 0
  if (current === 0) return direction === 1 ? 1 : changes
  return ((current - 1 + direction + changes) % changes) + 1
}
