import type { DiffBlock } from '@cabildo/protocol/http/api'

type Kind = DiffBlock['kind']
type Place = NonNullable<NonNullable<DiffBlock['cell']>['after']>

/** What is shown of a compared table: both texts at once, or one of them. */
export type TableSide = 'unified' | 'before' | 'after'

/** A cell of a compared table with its blocks; none where it is empty. */
export interface DiffCell {
  kind: Kind
  head: boolean
  blocks: DiffBlock[]
}

/** What became of several blocks as one: what became of each, or that they changed. */
export function kindOfAll(blocks: readonly DiffBlock[]): Kind {
  const kinds = new Set(blocks.map(({ kind }) => kind))
  const [only] = kinds
  return kinds.size === 1 && only ? only : 'changed'
}

/** The first tables on either side that some blocks belong to. */
export interface TableMark {
  before: number | undefined
  after: number | undefined
}

/** The mark once `block` is in the same table, and undefined when it stands in another one, or in none. */
export function joinTable({ before, after }: TableMark, { cell }: DiffBlock): TableMark | undefined {
  if (!cell) return undefined
  const was = cell.before?.table
  const is = cell.after?.table
  if (was !== undefined && before !== undefined && was !== before) return undefined
  if (is !== undefined && after !== undefined && is !== after) return undefined
  return { before: before ?? was, after: after ?? is }
}

/** A row, or a column, by its number on either side; one that came or went has none on the other. */
interface Track {
  before: number | undefined
  after: number | undefined
}

/** The cells of one compared table by rows. Rows and columns stand in the order of today, what went behind what it followed. */
export function gridOf(blocks: readonly DiffBlock[], side: TableSide): DiffCell[][] {
  const rows = tracksOf(blocks, 'row').filter((track) => side === 'unified' || track[side] !== undefined)
  const columns = tracksOf(blocks, 'column').filter((track) => side === 'unified' || track[side] !== undefined)
  return rows.map((row) =>
    columns.map((column) => {
      const here = blocks.filter(({ cell }) => cell && isHere(cell, row, column, side))
      const places = here.map(({ cell }) => cell?.after ?? cell?.before)
      return {
        kind: here.length === 0 ? 'same' : kindOfAll(here),
        head: places.some((place) => place?.head),
        blocks: here,
      }
    }),
  )
}

function isHere(cell: NonNullable<DiffBlock['cell']>, row: Track, column: Track, side: TableSide): boolean {
  const isAt = (which: 'before' | 'after') =>
    cell[which] !== null && cell[which].row === row[which] && cell[which].column === column[which]
  if (side !== 'unified') return isAt(side)
  return cell.after ? isAt('after') : isAt('before')
}

/** Which rows (or columns) of the two sides are one: those that share most blocks. */
function tracksOf(blocks: readonly DiffBlock[], axis: 'row' | 'column'): Track[] {
  const numbers = (which: 'before' | 'after') =>
    [...new Set(blocks.flatMap(({ cell }) => (cell?.[which] ? [cell[which][axis]] : [])))].sort((a, b) => a - b)
  const shared = new Map<string, { before: number; after: number; count: number }>()
  for (const { cell } of blocks) {
    if (!cell?.before || !cell.after) continue
    const pair = { before: numberIn(cell.before, axis), after: numberIn(cell.after, axis) }
    const key = `${pair.before} ${pair.after}`
    shared.set(key, { ...pair, count: (shared.get(key)?.count ?? 0) + 1 })
  }
  const [partner, taken] = [new Map<number, number>(), new Set<number>()]
  for (const { before, after } of [...shared.values()].sort((a, b) => b.count - a.count)) {
    if (partner.has(after) || taken.has(before)) continue
    partner.set(after, before)
    taken.add(before)
  }
  const tracks: Track[] = numbers('after').map((after) => ({ before: partner.get(after), after }))
  for (const before of numbers('before')) {
    if (taken.has(before)) continue
    tracks.splice(tracks.findLastIndex((track) => track.before !== undefined && track.before < before) + 1, 0, {
      before,
      after: undefined,
    })
  }
  return tracks
}

const numberIn = (place: Place, axis: 'row' | 'column'): number => place[axis]
