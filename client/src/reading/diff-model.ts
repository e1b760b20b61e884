import type { Diff, DiffBlock } from '@cabildo/protocol/http/api'

type Piece = DiffBlock['pieces'][number]

/** A row of a compared field: one block, or a stretch of blocks that did not change and are folded away. */
export type DiffRow =
  | {
      kind: 'block'
      key: string
      block: DiffBlock /** Number of the change it belongs to, from 1; null if none. */
      change: number | null /** The first block of its change: where one lands when going to it. */
      first: boolean
    }
  | { kind: 'folded'; key: string; blocks: DiffBlock[] }

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
    let index = 0
    while (index < blocks.length) {
      const block = blocks[index]
      if (!block) break
      if (block.kind !== 'same') {
        const before = blocks[index - 1]
        const first = !(before?.kind === block.kind && (block.kind === 'added' || block.kind === 'removed'))
        if (first) change += 1
        rows.push({ kind: 'block', key: `${field}/${index}`, block, change, first })
        index += 1
        continue
      }
      let end = index
      while (blocks[end]?.kind === 'same') end += 1
      // One block of context on the side of a change; none at the start or the end of the field.
      const from = index === 0 ? index : index + 1
      const to = end === blocks.length ? end : end - 1
      const folds = to - from >= least
      for (let at = index; at < end; at += 1) {
        const same = blocks[at]
        if (!same) continue
        if (folds && at === from)
          rows.push({ kind: 'folded', key: `${field}/${from}-${to}`, blocks: blocks.slice(from, to) })
        if (!folds || at < from || at >= to)
          rows.push({ kind: 'block', key: `${field}/${at}`, block: same, change: null, first: false })
      }
      index = end
    }
    fields.push({ field, rows })
  }
  return { fields, untouched, changes: change + diff.facts.length, firstFact: change + 1 }
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
