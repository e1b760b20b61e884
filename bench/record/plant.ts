import pg from 'pg'
import { createDb, createPool } from '../../server/src/db/client.ts'
import { migrate } from '../../server/src/db/migrate.ts'
import { createRandom } from '../harness/random.ts'
import { createScribe, type Rows, type Scribe } from './entries.ts'
import { foundTown, type Town, type TownSize } from './town.ts'

/** A plan to be planted, with the length of its record. */
export interface Wanted extends TownSize {
  slug: string
  entries: number
}

const tables = ['record_entry', 'record_payload', 'document_update'] as const
const atOnce = 2000

/**
 * Plants plans whose records go on beside one another, each entry in the record's own format and in its plan's chain,
 * with the rows of the logs that it tells of. The tree is left to the program, which takes in what waits.
 */
export async function plantRecord(url: string, wanted: readonly Wanted[], seed: number): Promise<Town[]> {
  const pool = createPool({ connectionString: url, options: '-c synchronous_commit=off' })
  try {
    await migrate(pool)
    const db = createDb(pool)
    const random = createRandom(seed)
    const to = Date.now() - 60 * 60 * 1000
    const from = to - 365 * 24 * 60 * 60 * 1000
    const work: { town: Town; scribe: Scribe; count: number }[] = []
    for (const { slug, entries: count, ...size } of wanted) {
      const town = await db.transaction().execute((trx) => foundTown(trx, slug, size))
      work.push({ town, scribe: createScribe(town, { count, from, to, random }), count })
    }
    // An index made at the end is made in a fraction of the time.
    const indexes = await dropIndexes(pool, tables)
    let rows = noRows()
    let storing: Promise<void> = Promise.resolve()
    for (;;) {
      const [next] = work
        .filter(({ scribe, count }) => scribe.seq < count)
        .sort((a, b) => a.scribe.next - b.scribe.next)
      if (next) next.scribe.write(rows)
      if (next && rows.record_entry.length < atOnce) continue
      await storing
      if (rows.record_entry.length === 0) break
      storing = insertRows(pool, { ...rows })
      // Whoever waits for it next hears of a failure; until then nobody would.
      storing.catch(() => undefined)
      rows = noRows()
    }
    for (const { town, scribe } of work) await storeEnds(pool, town, scribe)
    for (const definition of indexes) await pool.query(definition)
    await pool.query('vacuum analyze')
    return work.map(({ town }) => town)
  } finally {
    await pool.end()
  }
}

const noRows = (): Rows => ({ record_entry: [], record_payload: [], document_update: [] })

/** Inserts rows in bulk, table after table: of each those columns that its first row has. */
export async function insertRows(pool: pg.Pool, rows: Record<string, object[]>): Promise<void> {
  for (const [table, some] of Object.entries(rows)) {
    const columns = Object.keys(some[0] ?? {}).join(', ')
    if (columns === '') continue
    await pool.query(
      `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1)`,
      [JSON.stringify(some)],
    )
  }
}

async function storeEnds(pool: pg.Pool, { planId }: Town, scribe: Scribe): Promise<void> {
  const { hash, at, heads } = scribe.ends()
  await pool.query('insert into record_head (plan_id, seq, hash, at) values ($1, $2, $3, $4)', [
    planId,
    scribe.seq,
    Buffer.from(hash),
    at,
  ])
  for (const { documentId, seq } of heads) {
    // A document that nobody wrote in has its seed, and that is not entered yet.
    if (seq === 0) continue
    await pool.query('update document set head_seq = $2 where id = $1', [documentId, seq])
    await pool.query('insert into record_sealed (document_id, seq) values ($1, $2)', [documentId, seq])
    // Nobody opens the texts here, so that their rows need not give one: the seed stands for it, and no room reads the log.
    await pool.query(
      `insert into document_snapshot (document_id, seq, state)
       select document_id, $2, bytes from document_update where document_id = $1 and seq = 1`,
      [documentId, seq],
    )
  }
}

/** Drops the indexes of tables that no constraint needs, and answers how each is made again. */
export async function dropIndexes(pool: pg.Pool, tables: readonly string[]): Promise<string[]> {
  const { rows } = await pool.query<{ name: string; definition: string }>(
    `select i.indexname as name, i.indexdef as definition from pg_indexes i
     where i.schemaname = current_schema() and i.tablename = any ($1) and not exists
       (select from pg_constraint c where c.conname = i.indexname)`,
    [tables],
  )
  for (const { name } of rows) await pool.query(`drop index ${pg.escapeIdentifier(name)}`)
  return rows.map(({ definition }) => definition)
}
