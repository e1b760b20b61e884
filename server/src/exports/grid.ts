import type { Cell } from './outline.ts'

/** A cell at its place: column `x` and row `y`, both from 0. */
export interface PlacedCell extends Cell {
  x: number
  y: number
}

/** A table as a grid in which no cell lies on another, and none reaches out. */
export interface Grid {
  columns: number
  rows: number
  /** Whether the first row names the columns. */
  headed: boolean
  cells: PlacedCell[]
}

/** Most columns that are laid out: more are no table that anybody reads. */
const mostColumns = 60

/**
 * Lays out a table as browsers do: each cell comes at the first free place of its row, and is cut where it would lie on one
 * that spans down from above. Tables come from several people at once and from word processors: they need not add up.
 */
export function gridOf(rows: readonly (readonly Cell[])[]): Grid {
  const taken = rows.map(() => Array<boolean>(mostColumns).fill(false))
  const cells: PlacedCell[] = []
  let columns = 1
  for (const [y, row] of rows.entries()) {
    let x = 0
    for (const cell of row) {
      while (taken[y]?.[x]) x += 1
      if (x >= mostColumns) break
      let colspan = 1
      while (colspan < cell.colspan && x + colspan < mostColumns && !taken[y]?.[x + colspan]) colspan += 1
      const rowspan = Math.max(1, Math.min(cell.rowspan, rows.length - y))
      for (const row of taken.slice(y, y + rowspan)) row.fill(true, x, x + colspan)
      cells.push({ ...cell, x, y, colspan, rowspan })
      columns = Math.max(columns, x + colspan)
      x += colspan
    }
  }
  const first = rows[0] ?? []
  const headed = rows.length > 1 && first.length > 0 && first.every(({ head, rowspan }) => head && rowspan === 1)
  return { columns, rows: rows.length, headed, cells }
}
