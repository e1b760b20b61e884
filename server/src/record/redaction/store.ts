import type { TextRange } from '@cabildo/verify/redact'
import { type Kysely, sql, type Transaction } from 'kysely'
import { textNumber } from '../../db/text-number.ts'
import type { Database } from '../../db/types.ts'

/** A request, with its words as they are kept. */
export interface RedactionRow {
  id: string
  documentId: string
  number: number
  title: string
  quote: Uint8Array | null
  basis: string
  reason: string
  places: number
  askedBy: string | null
  askedAt: Date
  outcome: 'approved' | 'refused' | 'taken_back' | 'expired' | null
  endedBy: string | null
  endedAt: Date | null
  seq: number | null
}

/** Most requests that are listed. */
const mostListed = 200

/** Reads the requests of a plan, newest first, or one of them. */
export async function findRedactions(db: Kysely<Database>, planId: string, id?: string): Promise<RedactionRow[]> {
  const rows = await db
    .selectFrom('redaction as r')
    .innerJoin('document as d', 'd.id', 'r.documentId')
    .select(textNumber(sql.ref('d.id')).as('number'))
    .select(['r.id', 'r.documentId', 'd.title', 'r.quote', 'r.basis', 'r.reason', 'r.places'])
    .select(['r.askedBy', 'r.askedAt', 'r.outcome', 'r.endedBy', 'r.endedAt', 'r.seq'])
    .where('r.planId', '=', planId)
    .$if(id !== undefined, (query) => query.where('r.id', '=', id ?? ''))
    .orderBy('r.askedAt', 'desc')
    .orderBy('r.id')
    .limit(mostListed)
    .execute()
  // A check in the database holds the outcome to its values.
  return rows.map(({ outcome, ...row }) => ({ ...row, outcome: outcome as RedactionRow['outcome'] }))
}

/** Ends requests that nobody decided in time; their words go. Time is the database's. */
export async function expireRedactions(db: Kysely<Database>): Promise<void> {
  await sql`
    update redaction set outcome = 'expired', ended_at = now(), quote = null
    where outcome is null and asked_at < now() - interval '72 hours'`.execute(db)
}

/** Stores a request. Answers whether there was none open for the document. */
export async function insertRedaction(
  trx: Transaction<Database>,
  redaction: {
    id: string
    planId: string
    documentId: string
    quote: Buffer
    basis: string
    reason: string
    places: number
    askedBy: string
  },
): Promise<boolean> {
  const made = await trx
    .insertInto('redaction')
    .values(redaction)
    .onConflict((conflict) => conflict.column('documentId').where('outcome', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst()
  return made !== undefined
}

/** Ends a request, once; its words go. Answers whether it was open. */
export async function endRedaction(
  trx: Transaction<Database>,
  id: string,
  end: {
    outcome: 'approved' | 'refused' | 'taken_back'
    endedBy: string | null
    seq?: number
    ranges?: readonly TextRange[]
  },
): Promise<boolean> {
  const { ranges, ...values } = end
  const row = await trx
    .updateTable('redaction')
    .set({ ...values, ...(ranges && { ranges: JSON.stringify(ranges) }), quote: null, endedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where('outcome', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** What was taken out of a text, as it is kept outside the database. */
export interface Done {
  id: string
  planId: string
  documentId: string
  basis: string
  ranges: TextRange[]
}

/** Reads everything that was taken out, oldest first. */
export async function findDone(db: Kysely<Database>): Promise<Done[]> {
  const rows = await db
    .selectFrom('redaction')
    .select(['id', 'planId', 'documentId', 'basis', 'ranges'])
    .where('outcome', '=', 'approved')
    .orderBy('seq')
    .execute()
  return rows.map(({ ranges, ...row }) => ({ ...row, ranges: ranges as unknown as TextRange[] }))
}

/** Writes down what the program took out again. A request that came back with an older copy of the database is over. */
export async function insertAgain(trx: Transaction<Database>, done: Done, seq: number): Promise<void> {
  const { ranges, ...values } = done
  const now = sql<Date>`now()`
  const end = { outcome: 'approved', seq, ranges: JSON.stringify(ranges), quote: null, endedAt: now, endedBy: null }
  await trx
    .insertInto('redaction')
    .values({ ...values, ...end, reason: '', places: ranges.length, askedBy: null })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ ...end, askedBy: null }))
    .execute()
}
