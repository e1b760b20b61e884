import { type Kysely, sql, type Transaction } from 'kysely'
import { prepared } from '../db/prepared.ts'
import type { Database } from '../db/types.ts'

/** The end of a plan's chain, held until the transaction ends, and when an entry made now is made. */
export interface Head {
  /** Number of the last entry; 0 before the first. */
  seq: number
  /** Hash of the last entry; 32 zeros before the first. */
  hash: Uint8Array
  /** The database's time, never before the last entry's, to the millisecond. */
  now: Date
}

/**
 * Holds the end of the plan's chain. It is the last lock of a transaction: whoever needs another row of the plan has it
 * by now.
 */
export async function lockHead(trx: Transaction<Database>, planId: string): Promise<Head> {
  const read = () =>
    sql<Head>`
      select seq, hash, greatest(date_trunc('milliseconds', clock_timestamp()), at) as now
      from record_head where plan_id = ${planId} for update`.execute(trx)
  const [head] = (await read()).rows
  if (head) return head
  await trx
    .insertInto('recordHead')
    .values({ planId, at: sql`'-infinity'` })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const [made] = (await read()).rows
  if (!made) throw new Error(`plan ${planId} has no record`)
  return made
}

/** An entry with what is kept beside it. */
export interface NewEntry {
  planId: string
  seq: number
  body: string
  hash: Uint8Array
  type: string
  at: Date
  pid: string | null
  /** On whose behalf its author did it. */
  behalfPid: string | null
  groupId: string | null
  documentId: string | null
  /** What readers are told instead of a long payload: canonical JSON of numbers. */
  counts: string | null
  sealed: { salt: Uint8Array; payload: string } | null
}

/** Adds entries, with their payloads, at the plan's head, which must be held, and moves it. */
export async function insertEntries(trx: Transaction<Database>, entries: readonly NewEntry[]): Promise<void> {
  const last = entries.at(-1)
  if (!last) return
  const { planId, seq, hash, at } = last
  await sql`
    insert into record_entry (plan_id, seq, body, hash, type, at, pid, behalf_pid, group_id, document_id, counts)
    select * from unnest(
      ${entries.map(({ planId }) => planId)}::text[], ${entries.map(({ seq }) => seq)}::bigint[],
      ${entries.map(({ body }) => body)}::text[], ${entries.map(({ hash }) => Buffer.from(hash))}::bytea[],
      ${entries.map(({ type }) => type)}::text[], ${entries.map(({ at }) => at)}::timestamptz[],
      ${entries.map(({ pid }) => pid)}::text[], ${entries.map(({ behalfPid }) => behalfPid)}::text[],
      ${entries.map(({ groupId }) => groupId)}::text[],
      ${entries.map(({ documentId }) => documentId)}::text[], ${entries.map(({ counts }) => counts)}::text[]
    )`.execute(trx)
  const payloads = entries.flatMap(({ seq, sealed }) => (sealed ? [{ seq, ...sealed }] : []))
  if (payloads.length > 0) {
    await sql`
      insert into record_payload (plan_id, seq, salt, payload)
      select ${planId}, * from unnest(
        ${payloads.map(({ seq }) => seq)}::bigint[], ${payloads.map(({ salt }) => Buffer.from(salt))}::bytea[],
        ${payloads.map(({ payload }) => payload)}::text[]
      )`.execute(trx)
  }
  await trx
    .updateTable('recordHead')
    .set({ seq, hash: Buffer.from(hash), at })
    .where('planId', '=', planId)
    .execute()
}

/** Reads the hash of an entry; undefined when the plan has none of this number. */
export async function findHash(db: Kysely<Database>, planId: string, seq: number): Promise<Uint8Array | undefined> {
  const row = await db
    .selectFrom('recordEntry')
    .select('hash')
    .where('planId', '=', planId)
    .where('seq', '=', seq)
    .executeTakeFirst()
  return row?.hash
}

/** Somebody as they act in a plan at this moment. `role` and `sector` are null for who has no part in it (any more). */
export interface Standing {
  pid: string
  role: string | null
  sector: string | null
  groupId: string | null
}

/** Reads pseudonym, role and group of people who have a pseudonym in the plan, by user. */
export async function findStandings(
  trx: Transaction<Database>,
  planId: string,
  userIds: readonly string[],
): Promise<Map<string, Standing>> {
  const rows = await trx
    .selectFrom('recordPerson as p')
    .leftJoin('member as m', (join) => join.onRef('m.planId', '=', 'p.planId').onRef('m.userId', '=', 'p.userId'))
    .leftJoin('stakeholderGroup as g', 'g.id', 'm.groupId')
    .select(['p.userId', 'p.pid', 'm.role', 'g.sector', 'm.groupId'])
    .where('p.planId', '=', planId)
    .where('p.userId', '=', sql<string>`any(${[...userIds]}::text[])`)
    .modifyFront(prepared)
    .execute()
  return new Map(rows.map(({ userId, ...standing }) => [userId, standing]))
}

/** Gives people a pseudonym in a plan. Who has one keeps it, and who was erased gets none. */
export async function insertPeople(
  trx: Transaction<Database>,
  planId: string,
  people: readonly { userId: string; pid: string; secret: Uint8Array }[],
): Promise<void> {
  await sql`
    insert into record_person (plan_id, user_id, pid, secret)
    select ${planId}, p.user_id, p.pid, p.secret
    from unnest(${people.map(({ userId }) => userId)}::text[], ${people.map(({ pid }) => pid)}::text[],
      ${people.map(({ secret }) => Buffer.from(secret))}::bytea[]) as p (user_id, pid, secret)
    join user_account u on u.id = p.user_id and u.erased_at is null
    for share of u
    on conflict (plan_id, user_id) do nothing`.execute(trx)
}
