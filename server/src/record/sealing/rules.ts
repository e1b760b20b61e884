/** Updates that one entry holds at most. */
export const mostUpdates = 64

/** Bytes of updates that one entry holds at most, but for an entry of a single update that is larger by itself. */
export const mostBytes = 256 * 1024

/** One entry's worth of rows: of one author, on one person's behalf, in one session, made in one way, in order. */
export interface Batch<Row> {
  userId: string
  behalfId: string | null
  sessionId: string | null
  via: string
  rows: [Row, ...Row[]]
}

/**
 * Puts rows into entries: rows of one author go together, even when others wrote between them, at most `mostUpdates` and
 * `mostBytes` at a time. Entries come in the order of their first rows.
 */
export function batchesOf<
  Row extends { userId: string; behalfId: string | null; sessionId: string | null; via: string; bytes: Uint8Array },
>(rows: readonly Row[]): Batch<Row>[] {
  const batches: Batch<Row>[] = []
  const open = new Map<string, { batch: Batch<Row>; bytes: number }>()
  for (const row of rows) {
    const { userId, behalfId, sessionId, via, bytes } = row
    // None of these holds a space.
    const key = `${userId} ${behalfId} ${sessionId} ${via}`
    const last = open.get(key)
    if (last && last.batch.rows.length < mostUpdates && last.bytes + bytes.length <= mostBytes) {
      last.batch.rows.push(row)
      last.bytes += bytes.length
    } else {
      const batch: Batch<Row> = { userId, behalfId, sessionId, via, rows: [row] }
      open.set(key, { batch, bytes: bytes.length })
      batches.push(batch)
    }
  }
  return batches
}
