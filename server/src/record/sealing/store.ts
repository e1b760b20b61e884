import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'

/** Where a document's part of the record stands. */
export interface Unsealed {
  documentId: string
  planId: string
  /** The last row that is in the record. */
  sealedSeq: number
  headSeq: number
}

/**
 * Holds the places up to which the logs of documents are in the record, by id, so that nobody waits for another in turn.
 * The documents themselves are not held: rows may go on being added meanwhile, and belong to the next time.
 */
export async function lockSealed(trx: Transaction<Database>, documentIds: readonly string[]): Promise<Unsealed[]> {
  const { rows } = await sql<Unsealed>`
    with held as (
      insert into record_sealed as s (document_id, seq)
      select id, 0 from document where id = any (${documentIds}::text[]) order by id
      on conflict (document_id) do update set seq = s.seq
      returning document_id, seq
    )
    select d.id as document_id, d.plan_id, d.head_seq, held.seq as sealed_seq
    from held join document d on d.id = held.document_id order by d.id`.execute(trx)
  return rows
}

/** A stored row with what the record says of it. */
export interface StoredRow {
  documentId: string
  seq: number
  userId: string
  behalfId: string | null
  sessionId: string | null
  via: string
  bytes: Uint8Array
  storedAt: Date
}

/**
 * Reads the rows of documents that are not in the record, one document after another, in order: at most `most.rows` of
 * them, and no more once their bytes are `most.bytes`. `cut`: a bound was reached, and there may be more.
 */
export async function findRows(
  trx: Transaction<Database>,
  behind: readonly Unsealed[],
  most: { rows: number; bytes: number },
): Promise<{ rows: StoredRow[]; cut: boolean }> {
  // The lengths are known without reading the bytes.
  const { rows } = await sql<StoredRow>`
    select document_id, seq, user_id, behalf_id, session_id, via, bytes, stored_at from (
      select u.*, q.place, sum(length(u.bytes)) over (
        order by q.place, u.seq rows between unbounded preceding and 1 preceding) as before
      from unnest(${behind.map(({ documentId }) => documentId)}::text[],
        ${behind.map(({ sealedSeq }) => sealedSeq)}::bigint[],
        ${behind.map(({ headSeq }) => headSeq)}::bigint[]) with ordinality as q (document_id, after, up_to, place)
      cross join lateral (
        select * from document_update u
        where u.document_id = q.document_id and u.seq > q.after and u.seq <= q.up_to order by u.seq limit ${most.rows}
      ) u
      order by q.place, u.seq limit ${most.rows}
    ) next
    where coalesce(before, 0) < ${most.bytes} order by place, seq`.execute(trx)
  const bytes = rows.reduce((sum, row) => sum + row.bytes.length, 0)
  return { rows, cut: rows.length >= most.rows || bytes >= most.bytes }
}

/** Moves the places up to which logs are in the record. Their rows must be held. */
export async function moveSealed(
  trx: Transaction<Database>,
  ends: readonly { documentId: string; seq: number }[],
): Promise<void> {
  await sql`
    update record_sealed s set seq = n.seq
    from unnest(${ends.map(({ documentId }) => documentId)}::text[], ${ends.map(({ seq }) => seq)}::bigint[])
      as n (document_id, seq)
    where s.document_id = n.document_id`.execute(trx)
}

/**
 * Reads the workshop during which each of these people wrote in a document at their moment: one that was open, on it,
 * with them in it.
 */
export async function findWorkshops(
  trx: Transaction<Database>,
  writing: readonly { documentId: string; userId: string; at: Date }[],
): Promise<(string | null)[]> {
  const { rows } = await sql<{ id: string | null }>`
    select w.id from unnest(${writing.map(({ documentId }) => documentId)}::text[],
      ${writing.map(({ userId }) => userId)}::text[], ${writing.map(({ at }) => at)}::timestamptz[])
      with ordinality as q (document_id, user_id, at, place)
    left join lateral (
      select w.id from workshop_document d
      join workshop w on w.id = d.workshop_id and q.at >= w.opened_at and q.at <= least(w.ends_at, coalesce(w.closed_at, w.ends_at))
      join workshop_participant p on p.workshop_id = w.id and p.user_id = q.user_id
      where d.document_id = q.document_id
      order by w.opened_at desc limit 1
    ) w on true
    order by q.place`.execute(trx)
  return rows.map(({ id }) => id)
}

/** Reads to which plan documents belong: those of one plan together, by id. Unknown ones are left out. */
export async function findPlans(db: Kysely<Database>, documentIds: readonly string[]): Promise<string[][]> {
  const { rows } = await sql<{ ids: string[] }>`
    select array_agg(id order by id) as ids from document where id = any (${documentIds}::text[])
    group by plan_id`.execute(db)
  return rows.map(({ ids }) => ids)
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
