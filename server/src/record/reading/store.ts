import { type Kysely, sql } from 'kysely'
import type { Database } from '../../db/types.ts'

/** What to look for in a plan's record. Undefined leaves it out. */
export interface RecordQuery {
  who?: string | undefined
  group?: string | undefined
  type?: string | undefined
  document?: string | undefined
  /** The number of a version. */
  version?: number | undefined
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
  behalfPid: string | null
  groupId: string | null
  documentId: string | null
  counts: string | null
  payload: string | null
  /** Whether the payload is still there. */
  kept: boolean
  index: number | null
}

/** Reads entries, newest first. */
export async function findEntries(db: Kysely<Database>, planId: string, query: RecordQuery): Promise<EntryRow[]> {
  const { who, group, type, document, version, from, to, below, limit } = query
  return db
    .selectFrom('recordEntry as e')
    .leftJoin('recordPayload as p', (join) => join.onRef('p.planId', '=', 'e.planId').onRef('p.seq', '=', 'e.seq'))
    .leftJoin('recordLeaf as l', (join) => join.onRef('l.planId', '=', 'e.planId').onRef('l.seq', '=', 'e.seq'))
    .select([
      'e.seq',
      'e.type',
      'e.at',
      'e.body',
      'e.hash',
      'e.pid',
      'e.behalfPid',
      'e.groupId',
      'e.documentId',
      'e.counts',
    ])
    .select('l.index')
    .select((eb) => [
      eb.case().when('e.counts', 'is', null).then(eb.ref('p.payload')).end().as('payload'),
      eb('p.seq', 'is not', null).$castTo<boolean>().as('kept'),
    ])
    .where('e.planId', '=', planId)
    .$if(who !== undefined, (q) =>
      q.where((eb) => eb.or([eb('e.pid', '=', who ?? ''), eb('e.behalfPid', '=', who ?? '')])),
    )
    .$if(group !== undefined, (q) => q.where('e.groupId', '=', group ?? '').where(showsGroup))
    .$if(type !== undefined, (q) => q.where('e.type', '=', type ?? ''))
    .$if(document !== undefined, (q) => q.where('e.documentId', '=', document ?? ''))
    .$if(version !== undefined, (q) =>
      q
        .where('e.type', '=', 'version')
        .where(sql<string>`e.body::json -> 'content' ->> 'number'`, '=', String(version)),
    )
    .$if(from !== undefined, (q) => q.where('e.seq', '>=', firstFrom(planId, from ?? '')))
    .$if(to !== undefined, (q) => q.where('e.seq', '<', firstFrom(planId, to ?? '')))
    .$if(below !== undefined, (q) => q.where('e.seq', '<', below ?? 0))
    .orderBy('e.seq', 'desc')
    .limit(limit)
    .execute()
}

/** Looking for a group must not find, and so give away, people who are not shown at all, or no longer known. */
const showsGroup = sql<boolean>`(coalesce(e.behalf_pid, e.pid) is null or exists (
  select from record_person who left join display_choice c on c.plan_id = who.plan_id and c.user_id = who.user_id
  where who.plan_id = e.plan_id and who.pid = coalesce(e.behalf_pid, e.pid) and c.display is distinct from 'anonymous'))`

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

/** Reads who stands in a plan's record: user ids by pseudonym. */
export async function findPeople(db: Kysely<Database>, planId: string): Promise<Map<string, string>> {
  const rows = await db.selectFrom('recordPerson').select(['pid', 'userId']).where('planId', '=', planId).execute()
  return new Map(rows.map(({ pid, userId }) => [pid, userId]))
}

/** Reads the number of the plan's last entry, that of its last one among the first `size` leaves, and when those were signed. */
export async function findEnds(
  db: Kysely<Database>,
  planId: string,
  size: number,
): Promise<{ last: number; seq: number; at: Date | null }> {
  const { rows } = await sql<{ last: number; seq: number; at: Date | null }>`
    select
      coalesce((select seq from record_head where plan_id = ${planId}), 0) as last,
      coalesce(
        (select seq from record_leaf where plan_id = ${planId} and index < ${size} order by seq desc limit 1), 0) as seq,
      (select at from record_checkpoint where size = ${size}) as at`.execute(db)
  const [ends] = rows
  if (!ends) throw new Error('a select without a table gives one row')
  return ends
}

/** What the last comparison of the plan's record with the database found, and since when; undefined when nothing. */
export async function findDisagreement(
  db: Kysely<Database>,
  planId: string,
): Promise<{ since: Date; kind: string; entry: number | null; documentId: string | null } | undefined> {
  const row = await db
    .selectFrom('recordComparison')
    .select(['since', 'kind', 'entry', 'documentId'])
    .where('planId', '=', planId)
    .executeTakeFirst()
  if (!row) return undefined
  const { since, kind, ...place } = row
  return since && kind ? { since, kind, ...place } : undefined
}
