/**
 * Enters what people wrote into the record: rows of documents' logs, a few seconds after they were stored, many to an
 * entry. A version seals everything before it in its own transaction, so that an entry never speaks of rows that are not
 * in the record.
 *
 * Documents of one plan are entered together: what a transaction and its questions cost is then paid once for all who
 * write, and not once for each text. First the places of all of them are held, by id, then the end of the plan's chain.
 */
import { utf8 } from '@cabildo/record/bytes'
import { opaqueId } from '@cabildo/record/hash'
import type { Kysely, Transaction } from 'kysely'
import { findNewcomers, holdPeople } from '../../db/holding.ts'
import type { Database } from '../../db/types.ts'
import { appendEntries, type Fact } from '../service.ts'
import { type Batch, batchesOf } from './rules.ts'
import {
  findPlans,
  findRows,
  findUnsealedIn,
  findWorkshops,
  holdDocuments,
  lockSealed,
  moveSealed,
  type StoredRow,
} from './store.ts'

/** What one transaction enters at most: rows, and bytes of their updates, but for a single row that is larger by itself. */
const round = { rows: 2048, bytes: 4 << 20 }
/** Documents that one transaction looks at. */
const mostDocuments = 128

/** Enters every row of a document that is not in the record yet, in rounds; answers how many that were. */
export function sealDocument(db: Kysely<Database>, documentId: string): Promise<number> {
  return sealTogether(db, [documentId])
}

/** Enters what is not in the record yet of documents of one plan; answers how many rows that were. */
async function sealTogether(db: Kysely<Database>, documentIds: readonly string[]): Promise<number> {
  let sealed = 0
  for (;;) {
    const { rows, whole } = await db.transaction().execute((trx) => sealSome(trx, documentIds))
    sealed += rows
    if (whole) return sealed
  }
}

/**
 * Enters what is not in the record yet of any documents. A document that cannot be entered keeps the others from nothing:
 * `failed` hears of it.
 */
export async function sealDocuments(
  db: Kysely<Database>,
  documentIds: readonly string[],
  failed: (documentId: string, error: unknown) => void,
): Promise<void> {
  if (documentIds.length === 0) return
  for (const together of await findPlans(db, documentIds)) {
    for (let first = 0; first < together.length; first += mostDocuments) {
      const some = together.slice(first, first + mostDocuments)
      try {
        await sealTogether(db, some)
      } catch (error) {
        if (some.length === 1 && some[0] !== undefined) failed(some[0], error)
        else await sealOneByOne(db, some, failed)
      }
    }
  }
}

async function sealOneByOne(
  db: Kysely<Database>,
  documentIds: readonly string[],
  failed: (documentId: string, error: unknown) => void,
): Promise<void> {
  for (const documentId of documentIds) {
    await sealDocument(db, documentId).catch((error: unknown) => failed(documentId, error))
  }
}

/** Enters everything of documents within a transaction that holds their rows, so that none is added meanwhile. */
export async function sealHeld(trx: Transaction<Database>, documentIds: readonly string[]): Promise<void> {
  while (!(await sealSome(trx, documentIds)).whole);
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
  await sealHeld(trx, await findUnsealedIn(trx, planIds))
}

/** Enters one round at most; answers how many rows, and whether that was all there was when it began. */
async function sealSome(
  trx: Transaction<Database>,
  documentIds: readonly string[],
): Promise<{ rows: number; whole: boolean }> {
  const places = await lockSealed(trx, documentIds)
  const behind = places.filter(({ sealedSeq, headSeq }) => headSeq > sealedSeq)
  if (behind.length === 0) return { rows: 0, whole: true }
  const { rows, cut } = await findRows(trx, behind, round)
  const logs = Map.groupBy(rows, ({ documentId }) => documentId)
  const ends: { documentId: string; seq: number }[] = []
  let whole = true
  for (const { documentId, sealedSeq, headSeq } of behind) {
    const log = logs.get(documentId) ?? []
    const seq = sealedSeq + log.length
    // Where a bound was reached, the rest is for the next time.
    if ((log.at(-1)?.seq ?? seq) !== seq || (seq < headSeq && !cut)) {
      throw new Error(`document ${documentId}: rows are missing in its log`)
    }
    whole &&= seq === headSeq
    if (log.length > 0) ends.push({ documentId, seq })
  }
  for (const [planId, of] of [...Map.groupBy(behind, ({ planId }) => planId)].sort(([one], [other]) =>
    one < other ? -1 : 1,
  )) {
    await enter(
      trx,
      planId,
      of.flatMap(({ documentId }) => batchesOf(logs.get(documentId) ?? [])),
    )
  }
  await moveSealed(trx, ends)
  return { rows: rows.length, whole }
}

async function enter(trx: Transaction<Database>, planId: string, batches: readonly Batch<StoredRow>[]): Promise<void> {
  if (batches.length === 0) return
  // Who is typed for takes part in the workshop; who types may only run it.
  const writing = batches.map(({ userId, behalfId, rows: [{ documentId, storedAt }] }) => ({
    ...{ documentId, userId: behalfId ?? userId, at: storedAt },
  }))
  const workshops = await findWorkshops(trx, writing)
  const facts = batches.map(({ userId, behalfId, sessionId, via, rows }, place): Fact => {
    const [{ documentId, seq: from }] = rows
    const workshop = workshops[place]
    return {
      type: 'update-batch',
      userId,
      ...(behalfId !== null && { behalfId }),
      documentId,
      counts: {
        ...{ updates: rows.length, from, to: rows.at(-1)?.seq ?? from },
        ...(via === 'proposal' && { accepted: rows.length }),
      },
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
  const key = `${planId} ${sessionId}`
  const known = names.get(key)
  if (known !== undefined) return known
  const name = opaqueId(utf8(sessionId), planId)
  if (names.size >= mostNames) names.clear()
  names.set(key, name)
  return name
}

/** Names that were made, since whoever writes does so second after second. */
const names = new Map<string, string>()
const mostNames = 4096
