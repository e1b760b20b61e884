import type { Diff, DiffBlock } from '@cabildo/protocol/http/api'
import { placeOf } from './places.ts'

type Piece = DiffBlock['pieces'][number]

/** A row of a compared field: blocks that share one fate, or a stretch that did not change and is folded away. */
export type DiffRow = BlocksRow | { kind: 'folded'; key: string; blocks: DiffBlock[] }

/** Usually one block; several where a whole stretch came or went, and for the cells of a table that stayed. */
export interface BlocksRow {
  kind: 'blocks'
  key: string
  /** Never empty. Those of one row are all of one kind. */
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
 * other touched block is one. Around each stays one unchanged block to read it by; longer unchanged stretches of at least
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
    for (const { start, blocks: stretch } of stretches(blocks)) {
      const at = (place: number) => `${field}/${start + place}`
      if (stretch[0]?.kind !== 'same') {
        change += 1
        rows.push({ kind: 'blocks', key: at(0), blocks: stretch, change })
        continue
      }
      // One block of context on the side of a change; none at the start or the end of the field.
      const from = start === 0 ? 0 : 1
      const to = start + stretch.length === blocks.length ? stretch.length : stretch.length - 1
      if (to - from < least) rows.push(...unchangedRows(stretch, at))
      else {
        rows.push(...unchangedRows(stretch.slice(0, from), at))
        rows.push({ kind: 'folded', key: at(from), blocks: stretch.slice(from, to) })
        rows.push(...unchangedRows(stretch.slice(to), (place) => at(to + place)))
      }
    }
    fields.push({ field, rows })
  }
  return { fields, untouched, changes: change + diff.facts.length, firstFact: change + 1 }
}

/** Cuts a field into stretches of blocks that are shown together: what did not change, what came, what went. */
function stretches(blocks: readonly DiffBlock[]): { start: number; blocks: DiffBlock[] }[] {
  const found: { start: number; blocks: DiffBlock[] }[] = []
  for (const [index, block] of blocks.entries()) {
    const last = found.at(-1)
    const joins = block.kind === 'same' || block.kind === 'added' || block.kind === 'removed'
    if (last && joins && last.blocks[0]?.kind === block.kind) last.blocks.push(block)
    else found.push({ start: index, blocks: [block] })
  }
  return found
}

/** Unchanged blocks as rows: one each, but the cells of a table together. `keyAt` names a row by the place of its first. */
export function unchangedRows(blocks: readonly DiffBlock[], keyAt: (place: number) => string): BlocksRow[] {
  const rows: BlocksRow[] = []
  for (const [index, block] of blocks.entries()) {
    const last = rows.at(-1)
    const before = last?.blocks.at(-1)
    if (last && before && placeOf(before.path) === 'cell' && placeOf(block.path) === 'cell') last.blocks.push(block)
    else rows.push({ kind: 'blocks', key: keyAt(index), blocks: [block], change: null })
  }
  return rows
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
