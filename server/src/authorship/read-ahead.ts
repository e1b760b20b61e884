/** Reads a document's log in pages, each while the one before it is used. */
import type { Kysely } from 'kysely'
import type { Database } from '../db/types.ts'
import { findRows, type LogPage } from './store.ts'

/** Rows of the first page, of which nothing is known yet; and of every later one at least. */
const fewest = 64
/** Pages that are read at once, each on a connection of its own: one alone is slower than what is computed from it. */
const atOnce = 2

/** Rows after `after` and up to `upTo`, in order, in pages of at most `page` rows and about `pageBytes` bytes. */
export async function* readAhead(
  db: Kysely<Database>,
  documentId: string,
  { after, upTo }: { after: number; upTo: number },
  { page, pageBytes }: { page: number; pageBytes: number },
): AsyncGenerator<LogPage, void, undefined> {
  const reading: Promise<LogPage>[] = []
  let most = Math.min(page, fewest)
  let begun = after
  const begin = () => {
    const end = Math.min(upTo, begun + most)
    const rows = findRows(db, documentId, { after: begun, upTo: end })
    // What went wrong is told when its page is asked for, and to nobody who has stopped asking.
    rows.catch(() => undefined)
    reading.push(rows)
    begun = end
  }
  for (;;) {
    while (begun < upTo && reading.length < atOnce) begin()
    const next = reading.shift()
    if (!next) return
    const rows = await next
    most = Math.min(page, most * 8, Math.max(fewest, fitting(rows, pageBytes)))
    if (begun < upTo) begin()
    yield rows
  }
}

/** How many rows like these have so many bytes. */
function fitting({ length, size }: LogPage, pageBytes: number): number {
  return Math.floor((pageBytes * length) / Math.max(1, size))
}
