/**
 * Enters what people wrote into the record: rows of documents' logs, a few seconds after they were stored, many to an
 * entry. A version seals everything before it in its own transaction, so that an entry never speaks of rows that are not
 * in the record.
 */
import { utf8 } from '@cabildo/record/bytes'
import { opaqueId } from '@cabildo/record/hash'
import type { Kysely, Transaction } from 'kysely'
import { findNewcomers, holdPeople } from '../../db/holding.ts'
import type { Database } from '../../db/types.ts'
import { appendEntries, type Fact } from '../service.ts'
import { type Batch, batchesOf } from './rules.ts'
import {
  findRows,
  findUnsealedIn,
  findWorkshops,
  holdDocuments,
  lockSealed,
  moveSealed,
  type StoredRow,
} from './store.ts'

/** What one round enters at most: rows, and bytes of their updates, but for a single row that is larger by itself. */
const round = { rows: 2048, bytes: 4 << 20 }

/** Enters every row of a document that is not in the record yet, in rounds; answers how many that were. */
export async function sealDocument(db: Kysely<Database>, documentId: string): Promise<number> {
  let sealed = 0
  let goal: number | undefined
  for (;;) {
    const { rows, seq, headSeq } = await db.transaction().execute((trx) => sealSome(trx, documentId))
    sealed += rows
    // What is added meanwhile belongs to the next time.
    goal ??= headSeq
    if (rows === 0 || seq >= goal) return sealed
  }
}

/** The same within a transaction that holds the document's row, so that none is added meanwhile. */
export async function sealHeld(trx: Transaction<Database>, documentId: string): Promise<void> {
  for (;;) {
    const { rows, seq, headSeq } = await sealSome(trx, documentId)
    if (rows === 0 || seq >= headSeq) return
  }
}

/**
 * Enters everything that was written in these plans and is not in the record yet: for a transaction that is about to change
 * somebody's role, side or part in them, since an entry says what these were when the words were written. To be called
 * with plan, people and workshop held and before the change. Until the transaction ends nobody writes in these plans.
 */
export async function sealPlans(trx: Transaction<Database>, planIds: readonly string[]): Promise<void> {
  // Who holds people or a workshop already holds these with them.
  await holdPeople(trx, await findNewcomers(trx, planIds))
  await holdDocuments(trx, planIds)
  for (const documentId of await findUnsealedIn(trx, planIds)) await sealHeld(trx, documentId)
}

async function sealSome(
  trx: Transaction<Database>,
  documentId: string,
): Promise<{ rows: number; seq: number; headSeq: number }> {
  const place = await lockSealed(trx, documentId)
  if (!place) return { rows: 0, seq: 0, headSeq: 0 }
  const { planId, sealedSeq, headSeq } = place
  const rows = await findRows(trx, documentId, { after: sealedSeq, upTo: headSeq, most: round })
  const last = rows.at(-1)
  if (!last) return { rows: 0, seq: sealedSeq, headSeq }
  if (last.seq - sealedSeq !== rows.length) throw new Error(`document ${documentId}: rows are missing in its log`)
  await enter(trx, { planId, documentId }, batchesOf(rows))
  await moveSealed(trx, documentId, last.seq)
  return { rows: rows.length, seq: last.seq, headSeq }
}

async function enter(
  trx: Transaction<Database>,
  { planId, documentId }: { planId: string; documentId: string },
  batches: readonly Batch<StoredRow>[],
): Promise<void> {
  // Who is typed for takes part in the workshop; who types may only run it.
  const writing = batches.map(({ userId, behalfId, rows: [first] }) => ({
    userId: behalfId ?? userId,
    at: first.storedAt,
  }))
  const workshops = await findWorkshops(trx, documentId, writing)
  const facts = batches.map(({ userId, behalfId, sessionId, via, rows }, place): Fact => {
    const workshop = workshops[place]
    return {
      type: 'update-batch',
      userId,
      ...(behalfId !== null && { behalfId }),
      documentId,
      counts: { updates: rows.length, from: rows[0].seq, to: (rows.at(-1) ?? rows[0]).seq },
      payload: {
        document: documentId,
        session: sessionId === null ? null : nameOf(sessionId, planId),
        via,
        ...(workshop && { workshop }),
        updates: rows.map(({ seq, storedAt, bytes }) => ({
          seq,
          at: storedAt.toISOString(),
          bytes: Buffer.from(bytes).toString('base64'),
        })),
      },
    }
  })
  await appendEntries(trx, planId, facts)
}

/** A session's name in the record: it tells sittings of one person apart and leads nowhere else. */
function nameOf(sessionId: string, planId: string): string {
  return opaqueId(utf8(sessionId), planId)
}
