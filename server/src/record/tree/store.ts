import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'
import type { Waiting } from './rules.ts'

/** Whether any plan has entries that are not in the tree. Asked every second: one look-up for each plan. */
export async function isWaiting(db: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql<{ waiting: boolean }>`
    select exists (
      select from record_head h
      where h.seq > coalesce((select max(l.seq) from record_leaf l where l.plan_id = h.plan_id), 0)
    ) as waiting`.execute(db)
  return rows[0]?.waiting === true
}

/** Reads entries that are not in the tree, in the order in which they go in: by time, and in each plan by number. */
export async function findWaiting(trx: Transaction<Database>, limit: number): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select e.plan_id, e.seq, e.body, e.hash
    from record_head h
    cross join lateral (select coalesce(max(l.seq), 0) as seq from record_leaf l where l.plan_id = h.plan_id) done
    cross join lateral (
      select * from record_entry e where e.plan_id = h.plan_id and e.seq > done.seq order by e.seq limit ${limit}
    ) e
    order by e.at, e.plan_id, e.seq limit ${limit}`.execute(trx)
  return rows
}

/** Reads the hash of the last entry of each of these plans that is in the tree. Plans with none are left out. */
export async function findLastLeaves(
  trx: Transaction<Database>,
  planIds: readonly string[],
): Promise<Map<string, { seq: number; hash: Uint8Array }>> {
  const { rows } = await sql<{ planId: string; seq: number; hash: Uint8Array }>`
    select p.plan_id, l.seq, l.hash from unnest(${planIds}::text[]) as p (plan_id)
    cross join lateral (
      select seq, hash from record_leaf l where l.plan_id = p.plan_id order by l.seq desc limit 1
    ) l`.execute(trx)
  return new Map(rows.map(({ planId, ...leaf }) => [planId, leaf]))
}

/** How many leaves the tree has. Held by an advisory lock until the transaction ends: one tree, one gardener. */
export async function holdTree(trx: Transaction<Database>): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtext('cabildo record'))`.execute(trx)
  return countLeaves(trx)
}

/** How many leaves the tree has. */
export async function countLeaves(db: Kysely<Database>): Promise<number> {
  const row = await db
    .selectFrom('recordLeaf')
    .select(({ fn: { max } }) => max('index').as('last'))
    .executeTakeFirst()
  return row?.last === null || row?.last === undefined ? 0 : row.last + 1
}

/** A leaf about to be. */
export interface NewLeaf {
  index: number
  planId: string
  seq: number
  hash: Uint8Array
}

/** Adds leaves. */
export async function insertLeaves(trx: Transaction<Database>, leaves: readonly NewLeaf[]): Promise<void> {
  await sql`
    insert into record_leaf (index, plan_id, seq, hash)
    select * from unnest(
      ${leaves.map(({ index }) => index)}::bigint[], ${leaves.map(({ planId }) => planId)}::text[],
      ${leaves.map(({ seq }) => seq)}::bigint[], ${leaves.map(({ hash }) => Buffer.from(hash))}::bytea[]
    )`.execute(trx)
}

/** Reads leaf hashes of `count` leaves from `first`, put one behind another. Throws when some are missing. */
export async function readLeaves(db: Kysely<Database>, first: number, count: number): Promise<Uint8Array> {
  if (count === 0) return new Uint8Array()
  const { rows } = await sql<{ hashes: Uint8Array; found: number }>`
    select string_agg(hash, ''::bytea order by index) as hashes, count(*)::int as found
    from record_leaf where index >= ${first} and index < ${first + count}`.execute(db)
  const [row] = rows
  if (row?.found !== count) throw new Error(`the record's tree lacks leaves after ${first}`)
  return row.hashes
}

/** A full tile: 256 hashes of one level of tiles (C2SP tlog-tiles). */
export interface FullTile {
  level: number
  index: number
  hashes: Uint8Array
}

/** Adds full tiles. */
export async function insertTiles(trx: Transaction<Database>, tiles: readonly FullTile[]): Promise<void> {
  if (tiles.length > 0) await trx.insertInto('recordTile').values(tiles).execute()
}

/** Reads a full tile. */
export async function findTile(db: Kysely<Database>, level: number, index: number): Promise<Uint8Array | undefined> {
  const row = await db
    .selectFrom('recordTile')
    .select('hashes')
    .where('level', '=', level)
    .where('index', '=', index)
    .executeTakeFirst()
  return row?.hashes
}

/** A signed head of the tree. */
export interface CheckpointRow {
  size: number
  root: Uint8Array
  note: string
  at: Date
}

/** Adds a checkpoint. */
export async function insertCheckpoint(
  trx: Transaction<Database>,
  { size, root, note }: Omit<CheckpointRow, 'at'>,
): Promise<void> {
  await trx.insertInto('recordCheckpoint').values({ size, root, note, at: sql<Date>`clock_timestamp()` }).execute()
}

/** Reads the newest checkpoint that is not larger than `upTo`. */
export async function findCheckpoint(
  db: Kysely<Database>,
  upTo = Number.MAX_SAFE_INTEGER,
): Promise<CheckpointRow | undefined> {
  return db
    .selectFrom('recordCheckpoint')
    .selectAll()
    .where('size', '<=', upTo)
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst()
}
