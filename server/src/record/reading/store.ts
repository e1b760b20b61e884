import { type Kysely, sql } from 'kysely'
import type { Database } from '../../db/types.ts'

/** What to look for in a plan's record. Undefined leaves it out. */
export interface RecordQuery {
  who?: string | undefined
  group?: string | undefined
  type?: string | undefined
  document?: string | undefined
  from?: string | undefined
  to?: string | undefined
  /** Only entries numbered less. */
  below?: number | undefined
  limit: number
}

/** An entry as it is found. Payloads of typed text are left where they are: `details` then counts. */
export interface EntryRow {
  seq: number
  type: string
  at: Date
  body: string
  hash: Uint8Array
  pid: string | null
  groupId: string | null
  documentId: string | null
  counts: string | null
  payload: string | null
  index: number | null
}

/** Reads entries, newest first. */
export async function findEntries(db: Kysely<Database>, planId: string, query: RecordQuery): Promise<EntryRow[]> {
  const { who, group, type, document, from, to, below, limit } = query
  return db
    .selectFrom('recordEntry as e')
    .leftJoin('recordPayload as p', (join) =>
      join.onRef('p.planId', '=', 'e.planId').onRef('p.seq', '=', 'e.seq').on('e.counts', 'is', null),
    )
    .leftJoin('recordLeaf as l', (join) => join.onRef('l.planId', '=', 'e.planId').onRef('l.seq', '=', 'e.seq'))
    .select(['e.seq', 'e.type', 'e.at', 'e.body', 'e.hash', 'e.pid', 'e.groupId', 'e.documentId', 'e.counts'])
    .select(['p.payload', 'l.index'])
    .where('e.planId', '=', planId)
    .$if(who !== undefined, (q) => q.where('e.pid', '=', who ?? ''))
    .$if(group !== undefined, (q) => q.where('e.groupId', '=', group ?? ''))
    .$if(type !== undefined, (q) => q.where('e.type', '=', type ?? ''))
    .$if(document !== undefined, (q) => q.where('e.documentId', '=', document ?? ''))
    .$if(from !== undefined, (q) => q.where('e.seq', '>=', firstFrom(planId, from ?? '')))
    .$if(to !== undefined, (q) => q.where('e.seq', '<', firstFrom(planId, to ?? '')))
    .$if(below !== undefined, (q) => q.where('e.seq', '<', below ?? 0))
    .orderBy('e.seq', 'desc')
    .limit(limit)
    .execute()
}

/** The number of the first entry at or after a moment: times never go back along a chain, so one look-up finds it. */
function firstFrom(planId: string, moment: string) {
  return sql<number>`coalesce(
    (select seq from record_entry where plan_id = ${planId} and at >= ${moment} order by at, seq limit 1),
    9223372036854775807)`
}

/** Reads one entry with everything kept beside it. */
export async function findEntry(
  db: Kysely<Database>,
  planId: string,
  seq: number,
): Promise<
  { body: string; hash: Uint8Array; index: number | null; payload: string | null; salt: Uint8Array | null } | undefined
> {
  return db
    .selectFrom('recordEntry as e')
    .leftJoin('recordPayload as p', (join) => join.onRef('p.planId', '=', 'e.planId').onRef('p.seq', '=', 'e.seq'))
    .leftJoin('recordLeaf as l', (join) => join.onRef('l.planId', '=', 'e.planId').onRef('l.seq', '=', 'e.seq'))
    .select(['e.body', 'e.hash', 'l.index', 'p.payload', 'p.salt'])
    .where('e.planId', '=', planId)
    .where('e.seq', '=', seq)
    .executeTakeFirst()
}

/** Reads who stands behind pseudonyms of a plan: user ids by pseudonym. Who was erased is not there. */
export async function findUsers(
  db: Kysely<Database>,
  planId: string,
  pids: readonly string[],
): Promise<Map<string, string>> {
  if (pids.length === 0) return new Map()
  const rows = await db
    .selectFrom('recordPerson')
    .select(['pid', 'userId'])
    .where('planId', '=', planId)
    .where('pid', 'in', pids)
    .execute()
  return new Map(rows.map(({ pid, userId }) => [pid, userId]))
}

/** Reads the documents of a plan's commitments by id. */
export async function findDocuments(
  db: Kysely<Database>,
  planId: string,
  documentIds: readonly string[],
): Promise<Map<string, { number: number; title: string }>> {
  if (documentIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('commitment as c')
    .innerJoin('document as d', 'd.id', 'c.documentId')
    .select(['d.id', 'c.number', 'd.title'])
    .where('c.planId', '=', planId)
    .where('d.id', 'in', documentIds)
    .execute()
  return new Map(rows.map(({ id, number, title }) => [id, { number, title }]))
}
