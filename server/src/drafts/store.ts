import type { DraftItem } from '@cabildo/protocol/http/api'
import type { TextRange } from '@cabildo/verify/redact'
import type { Kysely, Transaction } from 'kysely'
import { holdDocumentAsIs } from '../db/holding.ts'
import type { Database } from '../db/types.ts'

/** A draft without its bytes. */
export interface DraftRow {
  id: string
  reason: DraftItem['reason']
  baseSeq: number
  createdAt: Date
  dismissedAt: Date | null
}

/** A draft as it is handed in. `bytesHash` tells one from another. */
export interface NewDraft {
  id: string
  documentId: string
  userId: string
  reason: DraftItem['reason']
  baseSeq: number
  bytes: Uint8Array
  bytesHash: string
  createdAt: Date
}

const columns = ['id', 'reason', 'baseSeq', 'createdAt', 'dismissedAt'] as const

/** Reads the plan of a document in which this person has written: some client id there is theirs. */
export async function findPlanWrittenIn(
  db: Kysely<Database>,
  documentId: string,
  userId: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('documentClient')
    .innerJoin('document', 'document.id', 'documentClient.documentId')
    .select('document.planId')
    .where('documentClient.documentId', '=', documentId)
    .where('documentClient.userId', '=', userId)
    .limit(1)
    .executeTakeFirst()
  return row?.planId
}

/** Reads whose these client ids are; ids nobody has used are left out. */
export async function findOwners(
  db: Kysely<Database>,
  documentId: string,
  clientIds: readonly number[],
): Promise<Map<number, string>> {
  if (clientIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('documentClient')
    .select(['clientId', 'userId'])
    .where('documentId', '=', documentId)
    .where('clientId', 'in', clientIds)
    .execute()
  return new Map(rows.map(({ clientId, userId }) => [clientId, userId]))
}

/** Reads what one person has sent to the log after row `seq`, in order. */
export async function findRowsOf(
  db: Kysely<Database>,
  documentId: string,
  userId: string,
  seq: number,
): Promise<Uint8Array[]> {
  const rows = await db
    .selectFrom('documentUpdate')
    .select('bytes')
    .where('documentId', '=', documentId)
    .where('seq', '>', seq)
    .where('userId', '=', userId)
    .orderBy('seq')
    .execute()
  return rows.map(({ bytes }) => bytes)
}

/**
 * Holds a document as it is, so that no words are taken out of it meanwhile; answers whether it still has the epoch that a
 * draft was read in.
 */
export async function holdEpoch(trx: Transaction<Database>, documentId: string, epoch: number): Promise<boolean> {
  return (await holdDocumentAsIs(trx, documentId)) === epoch
}

/** Reads what was taken out of a document: places in what devices may still hold. */
export async function findTakenOut(db: Kysely<Database>, documentId: string): Promise<TextRange[]> {
  const rows = await db
    .selectFrom('redaction')
    .select('ranges')
    .where('documentId', '=', documentId)
    .where('outcome', '=', 'approved')
    .orderBy('seq')
    .execute()
  return rows.flatMap(({ ranges }) => ranges as unknown as TextRange[])
}

/** Reads this person's draft with these bytes. */
export async function findSame(
  db: Kysely<Database>,
  { documentId, userId, bytesHash }: Pick<NewDraft, 'documentId' | 'userId' | 'bytesHash'>,
): Promise<DraftRow | undefined> {
  const row = await db
    .selectFrom('documentDraft')
    .select(columns)
    .where('documentId', '=', documentId)
    .where('userId', '=', userId)
    .where('bytesHash', '=', bytesHash)
    .executeTakeFirst()
  return row && draftRow(row)
}

/** Stores a draft, or nothing when its author has handed in the same bytes before; `findSame` finds it then. */
export async function insertDraft(trx: Transaction<Database>, draft: NewDraft): Promise<void> {
  await trx
    .insertInto('documentDraft')
    .values(draft)
    .onConflict((conflict) => conflict.columns(['documentId', 'userId', 'bytesHash']).doNothing())
    .execute()
}

/** Reads this person's drafts of a document that are not put away, with their bytes, oldest first. */
export async function findOpenDrafts(
  db: Kysely<Database>,
  documentId: string,
  userId: string,
): Promise<(DraftRow & { bytes: Uint8Array })[]> {
  const rows = await db
    .selectFrom('documentDraft')
    .select([...columns, 'bytes'])
    .where('documentId', '=', documentId)
    .where('userId', '=', userId)
    .where('dismissedAt', 'is', null)
    .orderBy('createdAt')
    .orderBy('id')
    .execute()
  return rows.map(({ bytes, ...row }) => ({ ...draftRow(row), bytes }))
}

/** Reads at most `limit` of this person's drafts of a document, newest first, from behind the draft `after` on. */
export async function findOwnDrafts(
  db: Kysely<Database>,
  {
    documentId,
    userId,
    after,
    limit,
  }: { documentId: string; userId: string; after: string | undefined; limit: number },
): Promise<DraftRow[]> {
  const rows = await db
    .selectFrom('documentDraft')
    .select(columns)
    .where('documentId', '=', documentId)
    .where('userId', '=', userId)
    .$if(after !== undefined, (query) =>
      query.where(({ eb, refTuple, selectFrom }) =>
        eb(
          refTuple('createdAt', 'id'),
          '<',
          selectFrom('documentDraft as last')
            .select(['last.createdAt', 'last.id'])
            .where('last.id', '=', after ?? '')
            .where('last.userId', '=', userId)
            .$asTuple('createdAt', 'id'),
        ),
      ),
    )
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(draftRow)
}

/** Reads one of this person's drafts of a document, with its bytes. */
export async function findOwnDraft(
  db: Kysely<Database>,
  { documentId, userId, draftId }: { documentId: string; userId: string; draftId: string },
): Promise<(DraftRow & { bytes: Uint8Array }) | undefined> {
  const row = await db
    .selectFrom('documentDraft')
    .select([...columns, 'bytes'])
    .where('id', '=', draftId)
    .where('documentId', '=', documentId)
    .where('userId', '=', userId)
    .executeTakeFirst()
  return row && { ...draftRow(row), bytes: row.bytes }
}

/** Puts one of this person's drafts away, once; answers whether there is such a draft. */
export async function dismissOwnDraft(
  db: Kysely<Database>,
  { documentId, userId, draftId, at }: { documentId: string; userId: string; draftId: string; at: Date },
): Promise<boolean> {
  const row = await db
    .updateTable('documentDraft')
    .set(({ fn, ref, val }) => ({ dismissedAt: fn.coalesce(ref('dismissedAt'), val(at)) }))
    .where('id', '=', draftId)
    .where('documentId', '=', documentId)
    .where('userId', '=', userId)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** A check in the database holds `reason` to its values. */
function draftRow({ reason, ...row }: Omit<DraftRow, 'reason'> & { reason: string }): DraftRow {
  return { ...row, reason: reason as DraftRow['reason'] }
}
