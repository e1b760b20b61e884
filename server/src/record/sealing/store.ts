import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'

/** Where a document's part of the record stands. */
export interface Unsealed {
  planId: string
  /** The last row that is in the record. */
  sealedSeq: number
  headSeq: number
}

/**
 * Holds the place up to which a document's log is in the record. The document itself is not held: rows may go on being
 * added meanwhile, and belong to the next time.
 */
export async function lockSealed(trx: Transaction<Database>, documentId: string): Promise<Unsealed | undefined> {
  const { rows } = await sql<Unsealed>`
    with held as (
      insert into record_sealed as s (document_id, seq) select id, 0 from document where id = ${documentId}
      on conflict (document_id) do update set seq = s.seq
      returning document_id, seq
    )
    select d.plan_id, d.head_seq, held.seq as sealed_seq from held join document d on d.id = held.document_id`.execute(
    trx,
  )
  return rows[0]
}

/** A stored row with what the record says of it. */
export interface StoredRow {
  seq: number
  userId: string
  behalfId: string | null
  sessionId: string | null
  via: string
  bytes: Uint8Array
  storedAt: Date
}

/**
 * Reads rows after `after` and up to `upTo`, in order: at most `most.rows` of them, and no more once their bytes are
 * `most.bytes`.
 */
export async function findRows(
  trx: Transaction<Database>,
  documentId: string,
  { after, upTo, most }: { after: number; upTo: number; most: { rows: number; bytes: number } },
): Promise<StoredRow[]> {
  // The lengths are known without reading the bytes.
  const { rows } = await sql<StoredRow>`
    select u.seq, u.user_id, u.behalf_id, u.session_id, u.via, u.bytes, u.stored_at
    from (
      select seq, sum(length(bytes)) over (order by seq rows between unbounded preceding and 1 preceding) as before
      from document_update
      where document_id = ${documentId} and seq > ${after} and seq <= ${upTo}
      order by seq limit ${most.rows}
    ) next
    join document_update u on u.document_id = ${documentId} and u.seq = next.seq
    where coalesce(next.before, 0) < ${most.bytes}
    order by u.seq`.execute(trx)
  return rows
}

/** Moves the place up to which a document's log is in the record. Its row must be held. */
export async function moveSealed(trx: Transaction<Database>, documentId: string, seq: number): Promise<void> {
  await trx.updateTable('recordSealed').set({ seq }).where('documentId', '=', documentId).execute()
}

/**
 * Reads the workshop during which each of these people wrote in a document at their moment: one that was open, on it,
 * with them in it.
 */
export async function findWorkshops(
  trx: Transaction<Database>,
  documentId: string,
  writing: readonly { userId: string; at: Date }[],
): Promise<(string | null)[]> {
  const { rows } = await sql<{ id: string | null }>`
    select w.id from unnest(${writing.map(({ userId }) => userId)}::text[], ${writing.map(({ at }) => at)}::timestamptz[])
      with ordinality as q (user_id, at, place)
    left join lateral (
      select w.id from workshop_document d
      join workshop w on w.id = d.workshop_id and q.at >= w.opened_at and q.at <= least(w.ends_at, coalesce(w.closed_at, w.ends_at))
      join workshop_participant p on p.workshop_id = w.id and p.user_id = q.user_id
      where d.document_id = ${documentId}
      order by w.opened_at desc limit 1
    ) w on true
    order by q.place`.execute(trx)
  return rows.map(({ id }) => id)
}

/** Reads which documents have rows that are not in the record yet. */
export async function findUnsealed(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select d.id from document d left join record_sealed s on s.document_id = d.id
    where d.head_seq > coalesce(s.seq, 0) order by d.id`.execute(db)
  return rows.map(({ id }) => id)
}

/** Holds all documents of these plans, by id, so that nobody writes in them until the transaction ends. */
export async function holdDocuments(trx: Transaction<Database>, planIds: readonly string[]): Promise<void> {
  await sql`
    select from document where plan_id = any(${[...planIds]}::text[])
    order by id for no key update`.execute(trx)
}

/** Reads which documents of these plans have rows that are not in the record yet, plan by plan. */
export async function findUnsealedIn(trx: Transaction<Database>, planIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select d.id from document d left join record_sealed s on s.document_id = d.id
    where d.plan_id = any(${[...planIds]}::text[]) and d.head_seq > coalesce(s.seq, 0)
    order by d.plan_id, d.id`.execute(trx)
  return rows.map(({ id }) => id)
}
