/** Updates that one entry holds at most. */
export const mostUpdates = 64

/** One entry's worth of rows: of one author, in one session, made in one way, in order. */
export interface Batch<Row> {
  userId: string
  sessionId: string | null
  via: string
  rows: [Row, ...Row[]]
}

/**
 * Puts rows into entries: rows of one author go together, even when others wrote between them, at most `mostUpdates` at
 * a time. Entries come in the order of their first rows.
 */
export function batchesOf<Row extends { userId: string; sessionId: string | null; via: string }>(
  rows: readonly Row[],
): Batch<Row>[] {
  const batches: Batch<Row>[] = []
  const open = new Map<string, Batch<Row>>()
  for (const row of rows) {
    const { userId, sessionId, via } = row
    // None of these holds a space.
    const key = `${userId} ${sessionId} ${via}`
    const last = open.get(key)
    if (last && last.rows.length < mostUpdates) last.rows.push(row)
    else {
      const batch: Batch<Row> = { userId, sessionId, via, rows: [row] }
      open.set(key, batch)
      batches.push(batch)
    }
  }
  return batches
}
