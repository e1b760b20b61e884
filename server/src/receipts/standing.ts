/**
 * Who wrote what of a document at some rows of its log, for receipts: asked of the keeper of authorship in one walk, and
 * kept for the documents that were asked for last, so that a receipt that is read again costs the rows since.
 */
import type { AuthorshipView } from '@cabildo/authorship/authorship'
import type { Kysely } from 'kysely'
import type { Keeper } from '../authorship/keeper.ts'
import { findEpoch } from '../db/document-epoch.ts'
import type { Database } from '../db/types.ts'
import { createTurns } from '../turns.ts'

/** Answers who wrote what. */
export interface Standings {
  /** The authorship after each of these rows of the log, which it must have. Authors go by `authorKey`. */
  at(documentId: string, seqs: readonly number[]): Promise<ReadonlyMap<number, AuthorshipView>>
}

interface Held {
  /** Of the document: words may be taken out of it under another one. */
  epoch: number
  views: Map<number, AuthorshipView>
}

/** Documents kept in memory, and moments kept of each. */
const usual = { documents: 8, views: 48 }

/** Makes the standings of a process. */
export function createStandings(db: Kysely<Database>, keeper: Pick<Keeper, 'along'>, limits = usual): Standings {
  const held = new Map<string, Held>()
  const inTurn = createTurns()

  async function viewsAt(documentId: string, seqs: readonly number[]): Promise<ReadonlyMap<number, AuthorshipView>> {
    const epoch = await findEpoch(db, documentId)
    const before = held.get(documentId)
    const views = before?.epoch === epoch ? before.views : new Map<number, AuthorshipView>()
    const missing = seqs.filter((seq) => !views.has(seq))
    const asked = new Map([...views].filter(([seq]) => seqs.includes(seq)))
    for (const [seq, view] of await keeper.along(documentId, missing)) asked.set(seq, view)
    // What is used goes to the end, as what was used last.
    for (const [seq, view] of asked) {
      views.delete(seq)
      views.set(seq, view)
    }
    dropOldest(views, limits.views)
    held.delete(documentId)
    held.set(documentId, { epoch, views })
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
