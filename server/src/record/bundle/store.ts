import { type Kysely, sql } from 'kysely'
import type { Database } from '../../db/types.ts'

/** An entry as a bundle holds it. */
export interface BundledEntry {
  seq: number
  body: string
  index: number
  payload: string | null
  salt: Uint8Array | null
}

/** Reads the entries of a plan that are in the first `size` leaves of the tree, in order, `limit` after `after`. */
export function findBundled(
  db: Kysely<Database>,
  planId: string,
  { size, after, limit }: { size: number; after: number; limit: number },
): Promise<BundledEntry[]> {
  return db
    .selectFrom('recordEntry as e')
    .innerJoin('recordLeaf as l', (join) => join.onRef('l.planId', '=', 'e.planId').onRef('l.seq', '=', 'e.seq'))
    .leftJoin('recordPayload as p', (join) => join.onRef('p.planId', '=', 'e.planId').onRef('p.seq', '=', 'e.seq'))
    .select(['e.seq', 'e.body', 'l.index', 'p.payload', 'p.salt'])
    .where('e.planId', '=', planId)
    .where('e.seq', '>', after)
    .where('l.index', '<', size)
    .orderBy('e.seq')
    .limit(limit)
    .execute()
}

/** Reads all checkpoints up to a size, ascending, each with the lines of the witnesses who signed it too. */
export async function findCheckpoints(db: Kysely<Database>, upTo: number): Promise<string[]> {
  const { rows } = await sql<{ note: string }>`
    select c.note || coalesce(string_agg(s.line, '' order by s.witness), '') as note
    from record_checkpoint c left join record_cosignature s on s.size = c.size
    where c.size <= ${upTo}
    group by c.size order by c.size`.execute(db)
  return rows.map(({ note }) => note)
}

/** A version's two faces: what was hashed, and what people read. */
export interface BundledVersion {
  documentId: string
  number: number
  content: string
  html: string | null
}

/** Reads the versions of a plan's documents, in order. */
export function findVersions(db: Kysely<Database>, planId: string): Promise<BundledVersion[]> {
  return db
    .selectFrom('version as v')
    .innerJoin('document as d', 'd.id', 'v.documentId')
    .select(['v.documentId', 'v.number', 'v.content', 'v.html'])
    .where('d.planId', '=', planId)
    .orderBy('v.documentId')
    .orderBy('v.number')
    .execute()
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
