import { type Kysely, sql } from 'kysely'
import type { Database } from '../../db/types.ts'

/** How much one question answers at most: rows, and bytes of texts before its last row. */
export interface Page {
  rows: number
  letters: number
}

/** Reads the number of a plan's last entry that is in the first `size` leaves of the tree; 0 for none. */
export async function findEnd(db: Kysely<Database>, planId: string, size: number): Promise<number> {
  const row = await db
    .selectFrom('recordLeaf')
    .select('seq')
    .where('planId', '=', planId)
    .where('index', '<', size)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.seq ?? 0
}

/**
 * Reads the entries of a plan after `after` and up to `upTo` that are in the tree, in order. The range bounds what is read on
 * both sides: PostgreSQL would begin at the first leaf for each page, or sort all that is left.
 */
export function findBundled(
  db: Kysely<Database>,
  planId: string,
  { after, upTo }: { after: number; upTo: number },
): Promise<{ seq: number; type: string; body: string; index: number }[]> {
  return db
    .selectFrom('recordEntry as e')
    .innerJoin('recordLeaf as l', (join) => join.onRef('l.planId', '=', 'e.planId').onRef('l.seq', '=', 'e.seq'))
    .select(['e.seq', 'e.type', 'e.body', 'l.index'])
    .where('e.planId', '=', planId)
    .where('l.planId', '=', planId)
    .where('e.seq', '>', after)
    .where('e.seq', '<=', upTo)
    .where('l.seq', '>', after)
    .where('l.seq', '<=', upTo)
    .orderBy('e.seq')
    .execute()
}

/** Reads payloads of entries after `after` and up to `upTo`, in order, until they have about so many letters; at least one. */
export async function findPayloads(
  db: Kysely<Database>,
  planId: string,
  { after, upTo, letters }: { after: number; upTo: number; letters: number },
): Promise<{ seq: number; salt: Uint8Array; payload: string }[]> {
  const { rows } = await sql<{ seq: number; salt: Uint8Array; payload: string }>`
    select seq, salt, payload from (
      select seq, salt, payload, sum(octet_length(payload)) over (order by seq) - octet_length(payload) as before
      from record_payload
      where plan_id = ${planId} and seq > ${after}::bigint and seq <= ${upTo}::bigint and payload is not null
    ) page where before <= ${letters} order by seq`.execute(db)
  return rows
}

/** Reads the entries of a plan up to `upTo` that took something out, in order, with what they state. */
export function findRemovals(
  db: Kysely<Database>,
  planId: string,
  upTo: number,
): Promise<{ body: string; payload: string | null }[]> {
  return db
    .selectFrom('recordEntry as e')
    .leftJoin('recordPayload as p', (join) => join.onRef('p.planId', '=', 'e.planId').onRef('p.seq', '=', 'e.seq'))
    .select(['e.body', 'p.payload'])
    .where('e.planId', '=', planId)
    .where('e.type', 'in', ['redaction', 'erasure'])
    .where('e.seq', '<=', upTo)
    .orderBy('e.seq')
    .execute()
}

/** Reads checkpoints by size, ascending, each with the lines of the witnesses who signed it too. */
export async function findCheckpoints(
  db: Kysely<Database>,
  { after, upTo, limit }: { after: number; upTo: number; limit: number },
): Promise<{ size: number; note: string }[]> {
  const { rows } = await sql<{ size: number; note: string }>`
    select c.size, c.note || coalesce(string_agg(s.line, '' order by s.witness), '') as note
    from (
      select size, note from record_checkpoint where size > ${after}::bigint and size <= ${upTo}::bigint
      order by size limit ${limit}
    ) c left join record_cosignature s on s.size = c.size
    group by c.size, c.note order by c.size`.execute(db)
  return rows
}

/** A version's two faces: what was hashed, and what people read. */
export interface BundledVersion {
  documentId: string
  number: number
  content: string
  html: string | null
}

/** Reads versions of a plan's documents, in order, after one of them. */
export async function findVersions(
  db: Kysely<Database>,
  planId: string,
  { after, page: { rows: limit, letters } }: { after: { documentId: string; number: number }; page: Page },
): Promise<BundledVersion[]> {
  const { rows } = await sql<BundledVersion>`
    select document_id, number, content, html from (
      select *, sum(length) over (order by document_id, number) - length as before from (
        select v.document_id, v.number, v.content, v.html, octet_length(v.content) + coalesce(octet_length(v.html), 0) as length
        from version v join document d on d.id = v.document_id
        where d.plan_id = ${planId} and (v.document_id, v.number) > (${after.documentId}, ${after.number})
        order by v.document_id, v.number limit ${limit}
      ) page
    ) cut where before <= ${letters} order by document_id, number`.execute(db)
  return rows
}

/** Reads who stands behind every pseudonym of a plan. */
export function findPeople(db: Kysely<Database>, planId: string): Promise<{ pid: string; userId: string }[]> {
  return db.selectFrom('recordPerson').select(['pid', 'userId']).where('planId', '=', planId).orderBy('pid').execute()
}

/** Reads what a bundle is called by. */
export function findPlan(
  db: Kysely<Database>,
  planId: string,
): Promise<{ id: string; slug: string; title: string; place: string }> {
  return db
    .selectFrom('plan')
    .select(['id', 'slug', 'title', 'place'])
    .where('id', '=', planId)
    .executeTakeFirstOrThrow()
}

/** Whether words were taken out of the plan by an entry that is not among the first `size` leaves yet. */
export async function isTakingOut(db: Kysely<Database>, planId: string, size: number): Promise<boolean> {
  const { rows } = await sql<{ waits: boolean }>`
    select exists (
      select from record_entry e left join record_leaf l on l.plan_id = e.plan_id and l.seq = e.seq
      where e.plan_id = ${planId} and e.type in ('redaction', 'erasure') and coalesce(l.index, ${size}) >= ${size}
    ) as waits`.execute(db)
  return rows[0]?.waits === true
}
