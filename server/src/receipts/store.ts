import type { CommitmentState, DocumentStatus } from '@cabildo/protocol/http/common'
import type { BecameInput } from '@cabildo/protocol/http/receipts'
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import { textNumber } from '../db/text-number.ts'
import type { Database } from '../db/types.ts'
import { townZone } from '../town-time.ts'
import { ownWays, type WrittenBatch } from './rules.ts'

/** Reads up to which row a document's log is in the record; 0 for nothing. */
export async function findSealed(db: Kysely<Database>, documentId: string): Promise<number> {
  const row = await db.selectFrom('recordSealed').where('documentId', '=', documentId).select('seq').executeTakeFirst()
  return row?.seq ?? 0
}

/**
 * Reads the entries that hold what somebody wrote in a document, or had typed for them, up to a row of its log, in order.
 * What they typed for others is not theirs, nor when nobody may know any more who that was. Each kind has its own index.
 */
export async function findBatches(
  db: Kysely<Database>,
  wanted: { planId: string; documentId: string; userId: string; upTo: number },
): Promise<WrittenBatch[]> {
  const { planId, documentId, userId, upTo } = wanted
  const of = (whose: RawBuilder<unknown>, typedFor: RawBuilder<unknown>) => sql`
    select e.seq, (e.counts::json ->> 'updates')::int as updates,
      (e.counts::json ->> 'from')::bigint as "from", (e.counts::json ->> 'to')::bigint as "to"
    from record_person p
    join record_entry e on e.plan_id = p.plan_id and ${whose} and e.document_id = ${documentId} and e.type = 'update-batch'
    join document_update u on u.document_id = ${documentId} and u.seq = (e.counts::json ->> 'from')::bigint
      and u.via = any(${ownWays}::text[]) and ${typedFor}
    where p.plan_id = ${planId} and p.user_id = ${userId} and (e.counts::json ->> 'to')::bigint <= ${upTo}`
  const { rows } = await sql<WrittenBatch>`
    ${of(sql`e.pid = p.pid and e.behalf_pid is null`, sql`u.behalf_id is null`)}
    union all ${of(sql`e.behalf_pid = p.pid`, sql`true`)}
    order by seq`.execute(db)
  return rows
}

/** Whether somebody wrote in a document, or had somebody type for them. */
export async function hasWritten(db: Kysely<Database>, documentId: string, userId: string): Promise<boolean> {
  const row = await db
    .selectFrom('documentClient')
    .where('documentId', '=', documentId)
    .where(({ fn }) => fn.coalesce('behalfId', 'userId'), '=', userId)
    .where('via', 'in', ownWays)
    .select('userId')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Reads the last receipt that somebody took in a document, with the last entry it speaks of. */
export async function findLast(
  db: Kysely<Database>,
  { planId, documentId, userId }: { planId: string; documentId: string; userId: string },
): Promise<{ seq: number; lastRef: number } | undefined> {
  const { rows } = await sql<{ seq: number; lastRef: number }>`
    select e.seq, (e.body::json -> 'refs' ->> -1)::bigint as last_ref
    from record_person p
    join record_entry e on e.plan_id = p.plan_id and e.pid = p.pid and e.document_id = ${documentId}
      and e.type = 'contribution'
    join receipt r on r.plan_id = e.plan_id and r.seq = e.seq and r.document_id is not null
    where p.plan_id = ${planId} and p.user_id = ${userId}
    order by e.seq desc limit 1`.execute(db)
  return rows[0]
}

/** Inserts a receipt. */
export async function insertReceipt(
  trx: Transaction<Database>,
  receipt: { codeHash: string; planId: string; seq: number; documentId: string | null },
): Promise<void> {
  await trx.insertInto('receipt').values(receipt).execute()
}

/** The document that a receipt is for. */
export interface ReceiptDocument {
  documentId: string
  /** As `textNumber` has it. */
  number: number
  title: string
  state: CommitmentState | null
  status: DocumentStatus
  headSeq: number
}

/** A receipt with everything that is told of it and stands still. */
export interface ReceiptRow {
  planId: string
  seq: number
  slug: string
  planTitle: string
  place: string
  /** Null for an input. */
  document: ReceiptDocument | null
  body: string
  hash: Uint8Array
  at: Date
  index: number | null
  payload: string | null
  salt: Uint8Array | null
  /** Null for somebody who asked to be forgotten. */
  userId: string | null
}

/** Finds a receipt by the hash of its code. */
export async function findReceipt(db: Kysely<Database>, codeHash: string): Promise<ReceiptRow | undefined> {
  const row = await db
    .selectFrom('receipt as r')
    .innerJoin('recordEntry as e', (join) => join.onRef('e.planId', '=', 'r.planId').onRef('e.seq', '=', 'r.seq'))
    .leftJoin('document as d', 'd.id', 'r.documentId')
    .leftJoin('commitment as c', 'c.documentId', 'd.id')
    .innerJoin('plan', 'plan.id', 'r.planId')
    .leftJoin('recordPayload as p', (join) => join.onRef('p.planId', '=', 'r.planId').onRef('p.seq', '=', 'r.seq'))
    .leftJoin('recordLeaf as l', (join) => join.onRef('l.planId', '=', 'r.planId').onRef('l.seq', '=', 'r.seq'))
    .leftJoin('recordPerson as person', (join) =>
      join.onRef('person.planId', '=', 'e.planId').onRef('person.pid', '=', 'e.pid'),
    )
    .leftJoin('userAccount as u', (join) => join.onRef('u.id', '=', 'person.userId').on('u.erasedAt', 'is', null))
    .where('r.codeHash', '=', codeHash)
    .select(['r.planId', 'r.seq', 'r.documentId', 'plan.slug', 'plan.title as planTitle', 'plan.place'])
    .select(textNumber(sql.ref('d.id')).as('number'))
    .select(['d.title', 'd.headSeq', 'c.state', 'd.status'])
    .select(['e.body', 'e.hash', 'e.at', 'l.index', 'p.payload', 'p.salt', 'u.id as userId'])
    .executeTakeFirst()
  if (!row) return undefined
  const { documentId, number, title, headSeq, state, status, ...rest } = row
  // Checks hold both columns to these values.
  const document =
    documentId === null ? null : ({ documentId, number, title, headSeq, state, status } as ReceiptDocument)
  return { ...rest, document }
}

/** An input as far as a receipt for it needs. */
export interface ReceiptInput {
  entry: number
  typedBy: string | null
  fromId: string | null
}

/** Finds an input of a plan. */
export function findInput(db: Kysely<Database>, planId: string, inputId: string): Promise<ReceiptInput | undefined> {
  return db
    .selectFrom('input')
    .select(['entry', 'typedBy', 'fromId'])
    .where('planId', '=', planId)
    .where('id', '=', inputId)
    .executeTakeFirst()
}

/** Whether there is a receipt for an entry of a plan. */
export async function hasReceipt(db: Kysely<Database>, planId: string, seq: number): Promise<boolean> {
  const row = await db
    .selectFrom('receipt')
    .select('seq')
    .where('planId', '=', planId)
    .where('seq', '=', seq)
    .executeTakeFirst()
  return row !== undefined
}

/** What became of an input, without what its commitments are called and how they read. */
export interface BecameInputRow extends Omit<BecameInput, 'about' | 'changed'> {
  id: string
  about: { commitment: number; field: string | null } | null
}

/**
 * Reads what became of the input that an entry tells of, with every answer and, of a comment of the public, what was ruled last;
 * undefined for an entry of something else.
 */
export async function findBecameInput(
  db: Kysely<Database>,
  planId: string,
  entry: number,
): Promise<BecameInputRow | undefined> {
  const at = (column: string) => sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
  const { rows } = await sql<BecameInputRow>`
    select i.id, i.number, i.words, i.language, i.taken_back_at is not null as taken_back,
      ((i.brought_at at time zone ${sql.lit(townZone)})::date + plan.answer_days)::text as due_on,
      coalesce((
        select json_agg(json_build_object(
          'outcome', a.outcome, 'reason', a.reason, 'mergedInto', m.number,
          'answeredAt', ${at('a.answeredAt')},
          'version', case when v.id is not null then
            json_build_object('number', v.number, 'commitment', c.number, 'title', d.title) end
        ) order by a.number)
        from input_answer a
        left join input m on m.id = a.merged_into
        left join version v on v.id = a.version_id
        left join document d on d.id = a.document_id
        left join commitment c on c.document_id = d.id
        where a.input_id = i.id
      ), '[]') as answers,
      case when i.held then (
        select json_build_object('commitment', c.number, 'field', l.field)
        from input_link l join commitment c on c.document_id = l.document_id
        where l.input_id = i.id and l.number = 1
      ) end as about,
      case when i.held then json_build_object('ruling', (
        select json_build_object('verdict', m.verdict, 'at', ${at('m.at')},
          'reason', case when m.told and m.verdict = 'hidden' then m.reason else '' end)
        from input_moderation m where m.input_id = i.id order by m.number desc limit 1
      )) end as moderation
    from input i join plan on plan.id = i.plan_id where i.plan_id = ${planId} and i.entry = ${entry}`.execute(db)
  return rows[0]
}

/** Reads the newest versions of a document at or after a row of its log, newest first. */
export function findVersions(
  db: Kysely<Database>,
  documentId: string,
  { from, limit }: { from: number; limit: number },
): Promise<{ number: number; seq: number; createdAt: Date }[]> {
  return db
    .selectFrom('version')
    .where('documentId', '=', documentId)
    .where('seq', '>=', from)
    .select(['number', 'seq', 'createdAt'])
    .orderBy('number', 'desc')
    .limit(limit)
    .execute()
}
