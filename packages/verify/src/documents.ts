/** The documents of a bundle, from the updates in it. Runs anywhere: the same in the command and in the reader's browser. */
import { fromBase64 } from '@cabildo/record/bytes'
import type { RebuildSource } from '@cabildo/record/verify'

/** One stored update with who sent it. */
export interface RebuiltRow {
  /** Its number in its document, from 1 without a gap. */
  seq: number
  /** The entry that holds it. */
  entry: number
  /** The sender's name inside the record; empty where the program itself wrote. */
  pid: string
  /** The side its sender sat on; null for none. */
  side: string | null
  /** On whose behalf they typed, when not for themselves; `pid` is empty for somebody who is no longer known. */
  behalf?: { pid: string; side: string | null } | undefined
  via: string
  bytes: Uint8Array
}

/** The rows of every document, in order, by document. */
export function rowsOf(source: Pick<RebuildSource, 'batches'>): Map<string, RebuiltRow[]> {
  const documents = new Map<string, RebuiltRow[]>()
  for (const { seq: entry, actor, batch } of source.batches()) {
    const rows = documents.get(batch.document) ?? []
    documents.set(batch.document, rows)
    const behalf = batch.behalf === null ? { pid: '', side: null } : batch.behalf
    const by = { entry, pid: actor?.pid ?? '', side: actor?.side ?? null, behalf, via: batch.via }
    for (const { seq, bytes } of batch.updates) rows.push({ ...by, seq, bytes: fromBase64(bytes) ?? new Uint8Array() })
  }
  for (const rows of documents.values()) rows.sort((one, other) => one.seq - other.seq)
  return documents
}
