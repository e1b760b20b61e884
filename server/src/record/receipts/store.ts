import type { CommitmentState, DocumentStatus } from '@cabildo/protocol/http/common'
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'
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
    join receipt r on r.plan_id = e.plan_id and r.seq = e.seq
    where p.plan_id = ${planId} and p.user_id = ${userId}
    order by e.seq desc limit 1`.execute(db)
  return rows[0]
}

/** Inserts a receipt. */
export async function insertReceipt(
  trx: Transaction<Database>,
  receipt: { codeHash: string; planId: string; seq: number; documentId: string },
): Promise<void> {
  await trx.insertInto('receipt').values(receipt).execute()
}

/** A receipt with everything that is told of it and stands still. */
export interface ReceiptRow {
  seq: number
  documentId: string
  planTitle: string
  place: string
  number: number
  title: string
  state: CommitmentState
  status: DocumentStatus
  headSeq: number
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
  return db
    .selectFrom('receipt as r')
    .innerJoin('recordEntry as e', (join) => join.onRef('e.planId', '=', 'r.planId').onRef('e.seq', '=', 'r.seq'))
    .innerJoin('document as d', 'd.id', 'r.documentId')
    .innerJoin('commitment as c', 'c.documentId', 'd.id')
    .innerJoin('plan', 'plan.id', 'r.planId')
    .leftJoin('recordPayload as p', (join) => join.onRef('p.planId', '=', 'r.planId').onRef('p.seq', '=', 'r.seq'))
    .leftJoin('recordLeaf as l', (join) => join.onRef('l.planId', '=', 'r.planId').onRef('l.seq', '=', 'r.seq'))
    .leftJoin('recordPerson as person', (join) =>
      join.onRef('person.planId', '=', 'e.planId').onRef('person.pid', '=', 'e.pid'),
    )
    .leftJoin('userAccount as u', (join) => join.onRef('u.id', '=', 'person.userId').on('u.erasedAt', 'is', null))
    .where('r.codeHash', '=', codeHash)
    .select(['r.seq', 'r.documentId', 'plan.title as planTitle', 'plan.place', 'c.number', 'd.title', 'd.headSeq'])
    .select((eb) => [
      eb.ref('c.state').$castTo<CommitmentState>().as('state'),
      eb.ref('d.status').$castTo<DocumentStatus>().as('status'),
    ])
    .select(['e.body', 'e.hash', 'e.at', 'l.index', 'p.payload', 'p.salt', 'u.id as userId'])
    .executeTakeFirst()
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
