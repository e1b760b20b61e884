import { type Kysely, type RawBuilder, sql } from 'kysely'
import { textNumber } from '../../db/text-number.ts'
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

/**
 * Reads entries, newest first. Their numbers come first, from one index that holds all that is asked for at once
 * (migration 0052); the rest is read of those alone.
 */
export async function findEntries(db: Kysely<Database>, planId: string, query: RecordQuery): Promise<EntryRow[]> {
  const { rows } = await sql<EntryRow>`
    with found as materialized (${query.group === undefined ? numbersOf(planId, query) : numbersOfGroup(planId, query)})
    select e.seq, e.type, e.at, e.body, e.hash, e.pid, e.behalf_pid, e.group_id, e.document_id, e.counts, l.index,
      case when e.counts is null then p.payload end as payload, p.seq is not null as kept
    from found
    join record_entry e on e.plan_id = ${planId} and e.seq = found.seq
    left join record_payload p on p.plan_id = e.plan_id and p.seq = e.seq
    left join record_leaf l on l.plan_id = e.plan_id and l.seq = e.seq
    order by e.seq desc`.execute(db)
  return rows
}

/** Entries by somebody, and those of which they are the person that another typed for. */
function numbersOf(planId: string, query: RecordQuery): RawBuilder<unknown> {
  const { who, limit } = query
  const entries = (of: RawBuilder<unknown>) => sql`
    select e.seq from record_entry e
    where e.plan_id = ${planId} and ${of} ${others(planId, query)}
    order by e.seq desc limit ${limit}`
  if (who === undefined) return entries(sql`true`)
  return sql`
    select seq from ((${entries(sql`e.pid = ${who}`)}) union (${entries(sql`e.behalf_pid = ${who}`)})) theirs
    order by seq desc limit ${limit}`
}

/**
 * Of a group: looking for it must not find, and so give away, people who are not shown at all, or no longer known. They are
 * not passed over one entry after another: each of the others is asked for theirs, and those of nobody come beside. What
 * somebody typed for another counts as the other's.
 */
function numbersOfGroup(planId: string, query: RecordQuery): RawBuilder<unknown> {
  const { group, who, document, limit } = query
  // What somebody wrote in one document is found by its own index and is nearly always of one group: looking through all
  // that they wrote for that group would take longer, and the sum keeps that index out.
  const ofGroup = document === undefined ? sql`e.group_id = ${group}` : sql`e.group_id || '' = ${group}`
  const entries = (of: RawBuilder<unknown>) => sql`
    select e.seq from record_entry e
    where e.plan_id = ${planId} and ${ofGroup} and ${of} ${others(planId, query)}
    order by e.seq desc limit ${limit}`
  const own = sql`e.pid = shown.pid and e.behalf_pid is null ${who === undefined ? sql`` : sql`and shown.pid = ${who}`}`
  const typedFor = sql`e.behalf_pid = shown.pid ${who === undefined ? sql`` : sql`and ${who} in (e.pid, shown.pid)`}`
  const ofNobody = sql`union all (${entries(sql`e.pid is null and e.behalf_pid is null`)})`
  return sql`
    select seq from (
      select theirs.seq from (
        select who.pid from record_person who
        left join display_choice c on c.plan_id = who.plan_id and c.user_id = who.user_id
        where who.plan_id = ${planId} and c.display is distinct from 'anonymous'
      ) shown
      cross join lateral ((${entries(own)}) union all (${entries(typedFor)})) theirs
      ${who === undefined ? ofNobody : sql``}
    ) of_group order by seq desc limit ${limit}`
}

/** What else is asked of an entry. */
function others(planId: string, { type, document, version, from, to, below }: RecordQuery): RawBuilder<unknown> {
  const asked = [
    type === undefined ? undefined : sql`e.type = ${type}`,
    // Said once more so that the indexes without typed text are seen to hold it.
    (type === undefined || type === 'update-batch') && version === undefined
      ? undefined
      : sql`e.type <> 'update-batch'`,
    document === undefined ? undefined : sql`e.document_id = ${document}`,
    version === undefined
      ? undefined
      : sql`e.type = 'version' and (e.body::json -> 'content' ->> 'number') = ${String(version)}`,
    from === undefined ? undefined : sql`e.seq >= ${firstFrom(planId, from)}`,
    to === undefined ? undefined : sql`e.seq < ${firstFrom(planId, to)}`,
    below === undefined ? undefined : sql`e.seq < ${below}`,
  ].filter((one) => one !== undefined)
  return asked.length === 0 ? sql`` : sql`and ${sql.join(asked, sql` and `)}`
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

/** Reads the texts of a plan by id, each with its number (`textNumber`). */
export async function findDocuments(
  db: Kysely<Database>,
  planId: string,
  documentIds: readonly string[],
): Promise<Map<string, { number: number; title: string }>> {
  if (documentIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('document as d')
    .select(textNumber(sql.ref('d.id')).as('number'))
    .select(['d.id', 'd.title'])
    .where('d.planId', '=', planId)
    .where('d.id', 'in', documentIds)
    .execute()
  return new Map(rows.map(({ id, number, title }) => [id, { number, title }]))
}

/** Reads who stands in a plan's record: user ids by pseudonym. */
export async function findPeople(db: Kysely<Database>, planId: string): Promise<Map<string, string>> {
  const rows = await db.selectFrom('recordPerson').select(['pid', 'userId']).where('planId', '=', planId).execute()
  return new Map(rows.map(({ pid, userId }) => [pid, userId]))
}

/**
 * Reads the number of the plan's last entry, number and leaf hash of its last one among the first `size` leaves, and when
 * those were signed.
 */
export async function findEnds(
  db: Kysely<Database>,
  planId: string,
  size: number,
): Promise<{ last: number; seq: number; hash: Uint8Array | null; at: Date | null }> {
  const { rows } = await sql<{ last: number; seq: number; hash: Uint8Array | null; at: Date | null }>`
    select
      coalesce((select seq from record_head where plan_id = ${planId}), 0) as last,
      coalesce(signed.seq, 0) as seq, signed.hash,
      (select at from record_checkpoint where size = ${size}) as at
    from (values (true)) one
    left join (
      select l.seq, e.hash from record_leaf l join record_entry e on e.plan_id = l.plan_id and e.seq = l.seq
      where l.plan_id = ${planId} and l.index < ${size} order by l.seq desc limit 1
    ) signed on true`.execute(db)
  const [ends] = rows
  if (!ends) throw new Error('one row is joined to at most one')
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
