import { type Kysely, sql } from 'kysely'
import type { Database } from '../../db/types.ts'

/** Reads a head by its size, with the lines of those who signed it too, oldest first. */
export async function findHead(
  db: Kysely<Database>,
  size: number,
): Promise<{ note: string; at: Date; lines: string[] } | undefined> {
  const head = await db
    .selectFrom('recordCheckpoint')
    .select(['note', 'at'])
    .where('size', '=', size)
    .executeTakeFirst()
  if (!head) return undefined
  const rows = await db
    .selectFrom('recordCosignature')
    .select('line')
    .where('size', '=', size)
    .orderBy('at')
    .orderBy('witness')
    .execute()
  return { ...head, lines: rows.map(({ line }) => line) }
}

/** Lines of others that a head may gather, whatever witnesses there were: with ours they must fit into one note. */
const mostLines = 24

/** Adds a cosignature; the first one of a witness for a head stays. */
export async function insertCosignature(
  db: Kysely<Database>,
  { size, witness, line, at }: { size: number; witness: string; line: string; at: Date },
): Promise<void> {
  await sql`
    insert into record_cosignature (size, witness, line, at)
    select ${size}, ${witness}, ${line}, ${at}
    where (select count(*) from record_cosignature where size = ${size}) < ${mostLines}
    on conflict do nothing`.execute(db)
}

/** Reads the largest head that each of these witnesses signed, and when. Those who signed none are left out. */
export async function findLastCosigned(
  db: Kysely<Database>,
  witnesses: readonly string[],
): Promise<Map<string, { size: number; at: Date }>> {
  if (witnesses.length === 0) return new Map()
  const { rows } = await sql<{ witness: string; size: number; at: Date }>`
    select w.witness, c.size, c.at from unnest(${witnesses}::text[]) as w (witness)
    cross join lateral (
      select size, at from record_cosignature c where c.witness = w.witness order by size desc limit 1
    ) c`.execute(db)
  return new Map(rows.map(({ witness, size, at }) => [witness, { size, at }]))
}

/** A head that contradicts the tree. */
export interface AlarmRow {
  size: number
  root: Uint8Array
  kind: string
  note: string
  at: Date
}

/** Alarms that are kept at most: more of them say nothing more. */
const mostAlarms = 100

/** Adds an alarm, unless this head is there already or there are enough. */
export async function insertAlarm(db: Kysely<Database>, { size, root, kind, note, at }: AlarmRow): Promise<void> {
  await sql`
    insert into record_alarm (size, root, kind, note, at)
    select ${size}, ${Buffer.from(root)}, ${kind}, ${note}, ${at}
    where (select count(*) from record_alarm) < ${mostAlarms}
    on conflict do nothing`.execute(db)
}

/** Reads the first alarm. */
export function findAlarm(db: Kysely<Database>): Promise<AlarmRow | undefined> {
  return db.selectFrom('recordAlarm').selectAll().orderBy('at').orderBy('size').limit(1).executeTakeFirst()
}
