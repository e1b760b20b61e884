import { type AppendBatch, type AppendOutcome, type LoadedDocument, ownerOf, type UpdateLog } from '../ports.ts'
import { replay } from '../replay.ts'

interface MemoryDocument {
  planId: string
  status: LoadedDocument['status']
  epoch: number
  title: string
  rows: { bytes: Uint8Array; userId: string; storedAt: Date }[]
  clients: Map<number, string>
  snapshots: { seq: number; state: Uint8Array }[]
}

/** A log that forgets when the process ends: for tests of the rooms. It keeps the same contract as the real one. */
export interface MemoryLog extends UpdateLog {
  create(documentId: string, planId?: string): void
  setStatus(documentId: string, status: LoadedDocument['status']): void
  /** Who may write; everybody until told otherwise. */
  setWriters(allowed: ((userId: string) => boolean) | undefined): void
  /** What is stored, row by row. */
  rows(documentId: string): readonly { bytes: Uint8Array; userId: string }[]
}

/** Makes an empty log. */
export function createMemoryLog(now: () => number = Date.now): MemoryLog {
  const documents = new Map<string, MemoryDocument>()
  let mayWrite: ((userId: string) => boolean) | undefined

  const appendOne = (batch: AppendBatch): AppendOutcome => {
    const document = documents.get(batch.documentId)
    if (
      !document ||
      document.rows.length !== batch.baseSeq ||
      document.epoch !== batch.epoch ||
      document.planId !== batch.planId
    )
      return { kind: 'refused', reason: 'out_of_sync' }
    if (document.status !== 'open') return { kind: 'refused', reason: 'frozen' }
    if (batch.rows.some(({ writer }) => mayWrite && !mayWrite(writer.userId)))
      return { kind: 'refused', reason: 'forbidden' }
    for (const { writer, newClients } of batch.rows) {
      if (newClients.some((client) => (document.clients.get(client) ?? ownerOf(writer)) !== ownerOf(writer)))
        return { kind: 'refused', reason: 'foreign_client' }
    }
    const storedAt = new Date(now())
    for (const { writer, newClients, bytes } of batch.rows) {
      for (const client of newClients) document.clients.set(client, ownerOf(writer))
      document.rows.push({ bytes: bytes.slice(), userId: writer.userId, storedAt })
    }
    if (batch.raiseEpoch) document.epoch++
    if (batch.title !== undefined) document.title = batch.title
    return { kind: 'stored', headSeq: document.rows.length, epoch: document.epoch, storedAt }
  }

  const snapshotAt = (document: MemoryDocument, seq: number) =>
    document.snapshots.findLast((snapshot) => snapshot.seq <= seq) ?? null

  return {
    create(documentId, planId = 'plan') {
      documents.set(documentId, {
        planId,
        status: 'open',
        epoch: 1,
        title: '',
        rows: [],
        clients: new Map(),
        snapshots: [],
      })
    },
    setStatus(documentId, status) {
      const document = documents.get(documentId)
      if (document) document.status = status
    },
    setWriters(allowed) {
      mayWrite = allowed
    },
    rows: (documentId) => documents.get(documentId)?.rows ?? [],

    append: async (batches) => batches.map(appendOne),
    async load(documentId) {
      const document = documents.get(documentId)
      if (!document) return undefined
      const snapshot = snapshotAt(document, document.rows.length)
      return {
        documentId,
        planId: document.planId,
        status: document.status,
        epoch: document.epoch,
        headSeq: document.rows.length,
        snapshot,
        tail: document.rows
          .slice(snapshot?.seq ?? 0)
          .map(({ bytes }, i) => ({ seq: (snapshot?.seq ?? 0) + i + 1, bytes })),
        clients: new Map(document.clients),
        takenOut: [],
      }
    },
    statusOf: async (documentId) => documents.get(documentId)?.status,
    async saveSnapshot(documentId, { seq, epoch, state }) {
      if (documents.get(documentId)?.epoch !== epoch) return
      documents.get(documentId)?.snapshots.push({ seq, state: state.slice() })
      documents.get(documentId)?.snapshots.sort((a, b) => a.seq - b.seq)
    },
    async stateAt(documentId, seq) {
      const document = documents.get(documentId)
      const row = document?.rows[seq - 1]
      if (!document || seq > document.rows.length) return undefined
      const snapshot = snapshotAt(document, seq)
      const state = replay(snapshot?.state ?? null, document.rows.slice(snapshot?.seq ?? 0, seq))
      return { state, storedAt: row?.storedAt ?? null, userId: row?.userId ?? null }
    },
  }
}
