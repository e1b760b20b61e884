import { type Kysely, sql } from 'kysely'
import type { Database } from '../../db/types.ts'
import type { StoredEntry, StoredVersion } from './rules.ts'

/** Reads the plans that have a record. */
export async function findRecorded(db: Kysely<Database>): Promise<string[]> {
  const rows = await db.selectFrom('recordHead').select('planId').orderBy('planId').execute()
  return rows.map(({ planId }) => planId)
}

/**
 * Reads `limit` entries after `after`, or redactions alone, in order. What is joined is told `after` too: PostgreSQL does
 * not carry it over by itself, and would read payloads and leaves of a long record from its first entry for every page.
 */
export async function findEntries(
  db: Kysely<Database>,
  planId: string,
  { after, limit, type }: { after: number; limit: number; type?: 'redaction' },
): Promise<StoredEntry[]> {
  const { rows } = await sql<StoredEntry>`
    select e.seq, e.type, e.body, e.hash, l.hash as leaf,
      'sha256:' || encode(sha256('\\x02'::bytea || p.salt || convert_to(p.payload, 'UTF8')), 'hex') as opens,
      case when e.type = 'redaction' then p.payload end as redaction
    from record_entry e
    left join record_payload p on p.plan_id = e.plan_id and p.seq = e.seq and p.seq > ${after}
    left join record_leaf l on l.plan_id = e.plan_id and l.seq = e.seq and l.seq > ${after}
    where e.plan_id = ${planId} and e.seq > ${after} ${type === undefined ? sql`` : sql`and e.type = ${type}`}
    order by e.seq limit ${limit}`.execute(db)
  return rows
}

/**
 * Compares the rows that these entries hold with the log's: bytes, author, for whom they were typed, how they came, and
 * when. Answers those that differ or are gone. Their payloads must be known to be what was written: they are read as JSON here.
 * A payload is read once, and each row and person is one look-up: `limit 1` keeps PostgreSQL from joining another way, which
 * a page of a long record of many people took seconds for.
 */
export async function findDifferentRows(
  db: Kysely<Database>,
  planId: string,
  seqs: readonly number[],
): Promise<{ entry: number; documentId: string; seq: number }[]> {
  const { rows } = await sql<{ entry: number; documentId: string; seq: number }>`
    with opened as materialized (
      select e.seq, e.pid, p.payload::json as payload from record_entry e
      join record_payload p on p.plan_id = e.plan_id and p.seq = e.seq
      where e.plan_id = ${planId} and e.seq = any(${[...seqs]}::bigint[])
    ), told as materialized (
      select seq, pid, payload->>'document' as document_id, payload->>'via' as via, payload->'updates' as updates,
        payload->'behalf' is not null as has_behalf, payload->'behalf'->>'pid' as behalf_pid
      from opened
    )
    select t.seq as entry, t.document_id, u.seq
    from told t
    cross join lateral json_to_recordset(t.updates) as u (seq bigint, at timestamptz, bytes text)
    left join lateral (
      select * from document_update d where d.document_id = t.document_id and d.seq = u.seq limit 1
    ) d on true
    -- Whose pseudonyms these are, and what the pseudonyms of these people are.
    left join lateral (select user_id from record_person where plan_id = ${planId} and pid = t.pid limit 1) told_writer on true
    left join lateral (select pid from record_person where plan_id = ${planId} and user_id = d.user_id limit 1) writer on true
    left join lateral (select user_id from record_person where plan_id = ${planId} and pid = t.behalf_pid limit 1) told_behalf on true
    left join lateral (select pid from record_person where plan_id = ${planId} and user_id = d.behalf_id limit 1) behalf on true
    where d.bytes is distinct from decode(u.bytes, 'base64')
      or d.via is distinct from t.via
      -- The record knows milliseconds.
      or abs(extract(epoch from d.stored_at - u.at)) > 0.002
      -- Nobody's name stands there for who was erased before they were entered: null, which is there all the same.
      or (d.behalf_id is not null) <> t.has_behalf
      -- Of who was erased, nobody knows any more whose pseudonym it is.
      or told_writer.user_id <> d.user_id
      or writer.pid <> t.pid
      or told_behalf.user_id <> d.behalf_id
      or (behalf.pid is not null and behalf.pid is distinct from t.behalf_pid)
    order by t.seq, u.seq`.execute(db)
  return rows
}

/** Counts the rows that these entries hold, by document. Payloads as above. */
export async function countRows(
  db: Kysely<Database>,
  planId: string,
  seqs: readonly number[],
): Promise<{ documentId: string; rows: number }[]> {
  const { rows } = await sql<{ documentId: string; rows: number }>`
    select payload::json->>'document' as document_id, sum(json_array_length(payload::json->'updates'))::bigint as rows
    from record_payload where plan_id = ${planId} and seq = any(${[...seqs]}::bigint[])
    group by 1`.execute(db)
  return rows
}

/** Reads versions by document and number, in the order asked for; null for one that is gone. */
export async function findVersions(
  db: Kysely<Database>,
  asked: readonly { document: string; number: number }[],
): Promise<(StoredVersion | null)[]> {
  const { rows } = await sql<{ said: string | null; text: string; page: string | null }>`
    select v.content_hash as said,
      'sha256:' || encode(sha256(convert_to(v.content, 'UTF8')), 'hex') as text,
      'sha256:' || encode(sha256(convert_to(v.html, 'UTF8')), 'hex') as page
    from unnest(${asked.map(({ document }) => document)}::text[], ${asked.map(({ number }) => number)}::int[])
      with ordinality as a (document_id, number, place)
    left join version v on v.document_id = a.document_id and v.number = a.number
    order by a.place`.execute(db)
  return rows.map(({ said, ...hashes }) => (said === null ? null : { said, ...hashes }))
}

/** Reads the versions that a plan's documents have. */
export async function findVersionNumbers(
  db: Kysely<Database>,
  planId: string,
): Promise<{ documentId: string; number: number }[]> {
  return db
    .selectFrom('version')
    .innerJoin('document', 'document.id', 'version.documentId')
    .where('document.planId', '=', planId)
    .select(['version.documentId', 'version.number'])
    .orderBy('version.documentId')
    .orderBy('version.number')
    .execute()
}

/** Where a document's log ends by each that says so. */
export interface DocumentEnds {
  documentId: string
  headSeq: number
  /** Rows in its log, and the number of the last one. */
  rows: number
  last: number
  /** Up to where it is said to be in the record. */
  sealed: number
}

/** Reads where the logs of a plan's documents end. */
export async function findDocumentEnds(db: Kysely<Database>, planId: string): Promise<DocumentEnds[]> {
  const { rows } = await sql<DocumentEnds>`
    select d.id as document_id, d.head_seq, u.rows, u.last, coalesce(s.seq, 0) as sealed
    from document d
    left join record_sealed s on s.document_id = d.id
    cross join lateral (
      select count(*) as rows, coalesce(max(seq), 0) as last from document_update where document_id = d.id
    ) u
    where d.plan_id = ${planId} order by d.id`.execute(db)
  return rows
}

/** Reads the number of the last entry, as the end of the plan's chain says. */
export async function findLastSeq(db: Kysely<Database>, planId: string): Promise<number> {
  const row = await db.selectFrom('recordHead').select('seq').where('planId', '=', planId).executeTakeFirst()
  return row?.seq ?? 0
}

/** What a comparison of a plan found first, and how much more. */
export interface Found {
  kind: string
  entry: number | null
  documentId: string | null
  differences: number
}

/** Keeps what a comparison found; since when they do not agree stays until one finds nothing (undefined). */
export async function keepComparison(db: Kysely<Database>, planId: string, found: Found | undefined): Promise<void> {
  const { kind = null, entry = null, documentId = null, differences = 0 } = found ?? {}
  await sql`
    insert into record_comparison as c (plan_id, at, since, kind, entry, document_id, differences)
    values (${planId}, now(), ${found ? sql`now()` : null}, ${kind}, ${entry}, ${documentId}, ${differences})
    on conflict (plan_id) do update set
      at = excluded.at, since = case when excluded.since is not null then coalesce(c.since, excluded.since) end,
      kind = excluded.kind, entry = excluded.entry, document_id = excluded.document_id,
      differences = excluded.differences`.execute(db)
}
