/**
 * Who wrote what of a document at some rows of its log, for receipts: computed from the rows, and kept for the documents
 * that were asked for last, so that a receipt that is read again costs the rows since.
 */
import { type Authorship, type AuthorshipView, createAuthorship } from '@cabildo/authorship/authorship'
import type { Kysely } from 'kysely'
import { findEpoch } from '../../db/document-epoch.ts'
import type { Database } from '../../db/types.ts'
import { createTurns } from '../../turns.ts'
import { findRows } from './store.ts'

/** Answers who wrote what. */
export interface Standings {
  /** The authorship after each of these rows of the log, which it must have. Authors go by user id. */
  at(documentId: string, seqs: readonly number[]): Promise<ReadonlyMap<number, AuthorshipView>>
}

interface Held {
  authorship: Authorship
  /** Of the document: words may be taken out of it under another one. */
  epoch: number
  views: Map<number, AuthorshipView>
}

/** Documents kept in memory, moments kept of each, rows read at once, milliseconds of work before others get their turn. */
const usual = { documents: 8, views: 48, page: 2048, slice: 12 }

/** Makes the standings of a process. */
export function createStandings(db: Kysely<Database>, limits = usual): Standings {
  const held = new Map<string, Held>()
  const inTurn = createTurns()

  async function advance(documentId: string, authorship: Authorship, seq: number): Promise<void> {
    while (authorship.seq < seq) {
      const rows = await findRows(db, documentId, { after: authorship.seq, upTo: seq, limit: limits.page })
      if (rows.length === 0) throw new Error(`document ${documentId}: rows are missing in its log`)
      let begun = performance.now()
      for (const { seq: at, userId, behalfId, via, bytes } of rows) {
        authorship.apply({ seq: at, author: userId, writtenBy: behalfId ?? undefined, via, bytes })
        if (performance.now() - begun < limits.slice) continue
        await new Promise((resolve) => setImmediate(resolve))
        begun = performance.now()
      }
    }
  }

  async function viewsAt(documentId: string, seqs: readonly number[]): Promise<ReadonlyMap<number, AuthorshipView>> {
    const epoch = await findEpoch(db, documentId)
    const before = held.get(documentId)
    const known = before?.epoch === epoch ? before : undefined
    // What is behind and was not kept is computed from the beginning.
    const isThere = known && seqs.every((seq) => known.views.has(seq) || seq >= known.authorship.seq)
    const { authorship, views }: Held = isThere ? known : { authorship: createAuthorship(), epoch, views: new Map() }
    const asked = new Map<number, AuthorshipView>()
    for (const seq of [...new Set(seqs)].sort((a, b) => a - b)) {
      let view = views.get(seq)
      if (!view) {
        await advance(documentId, authorship, seq)
        view = authorship.view()
      }
      asked.set(seq, view)
      views.delete(seq)
      views.set(seq, view)
    }
    dropOldest(views, limits.views)
    held.delete(documentId)
    held.set(documentId, { authorship, epoch, views })
    dropOldest(held, limits.documents)
    return asked
  }

  return { at: (documentId, seqs) => inTurn(documentId, () => viewsAt(documentId, seqs)) }
}

/** Drops what was used longest ago: a map keeps its keys in the order in which they were set. */
function dropOldest<Value>(map: Map<unknown, Value>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return
    map.delete(key)
  }
}
