/**
 * Enters what people wrote into the record: rows of documents' logs, a few seconds after they were stored, many to an
 * entry. A version seals everything before it in its own transaction, so that an entry never speaks of rows that are not
 * in the record.
 */
import { utf8 } from '@cabildo/record/bytes'
import { opaqueId } from '@cabildo/record/hash'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'
import { appendEntries, type Fact } from '../service.ts'
import { type Batch, batchesOf } from './rules.ts'
import { findRows, findWorkshops, lockSealed, moveSealed, type StoredRow } from './store.ts'

/** Rows that one transaction enters at most. */
const mostRows = 2048

/** Enters every row of a document that is not in the record yet; answers how many that were. */
export async function sealDocument(db: Kysely<Database>, documentId: string): Promise<number> {
  let sealed = 0
  for (;;) {
    const rows = await db.transaction().execute((trx) => sealSome(trx, documentId))
    sealed += rows
    if (rows < mostRows) return sealed
  }
}

/** The same within a transaction that holds the document's row, so that none is added meanwhile. */
export async function sealHeld(trx: Transaction<Database>, documentId: string): Promise<void> {
  while ((await sealSome(trx, documentId)) === mostRows);
}

async function sealSome(trx: Transaction<Database>, documentId: string): Promise<number> {
  const place = await lockSealed(trx, documentId)
  if (!place) return 0
  const { planId, sealedSeq, headSeq } = place
  const rows = await findRows(trx, documentId, { after: sealedSeq, upTo: headSeq, limit: mostRows })
  const last = rows.at(-1)
  if (!last) return 0
  if (last.seq - sealedSeq !== rows.length) throw new Error(`document ${documentId}: rows are missing in its log`)
  await enter(trx, { planId, documentId }, batchesOf(rows))
  await moveSealed(trx, documentId, last.seq)
  return rows.length
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
