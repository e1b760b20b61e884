import * as Y from 'yjs'
import { createDoc } from './core/held-document.ts'

/**
 * The state of a document after some rows of its log, as a Yjs v1 update. Rows are applied one by one in order, as the
 * room did (spec RM1). Throws when rows are missing.
 */
export function replay(snapshot: Uint8Array | null, rows: readonly { bytes: Uint8Array }[]): Uint8Array {
  if (snapshot && rows.length === 0) return snapshot
  const doc = createDoc(snapshot ?? undefined)
  doc.transact(() => {
    for (const { bytes } of rows) Y.applyUpdate(doc, bytes)
  })
  if (doc.store.pendingStructs || doc.store.pendingDs) throw new Error('rows are missing from the log')
  const state = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return state
}
