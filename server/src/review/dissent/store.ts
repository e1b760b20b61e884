import type { TextSpan } from '@cabildo/protocol/http/threads'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'
import type { DissentRow } from './rules.ts'

/** Reads the positions on a document by number: all, one, or a page of those after a number. */
export async function findDissents(
  db: Kysely<Database>,
  documentId: string,
  { id, after, limit }: { id?: string; after?: number | undefined; limit?: number } = {},
): Promise<DissentRow[]> {
  const rows = await db
    .selectFrom('dissent')
    .select(['id', 'number', 'groupId', 'field', 'origins', 'quote', 'position', 'byId', 'entry', 'statedAt'])
    .select(['withdrawnById', 'withdrawnEntry', 'withdrawnAt'])
    .where('documentId', '=', documentId)
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .$if(after !== undefined, (query) => query.where('number', '>', after ?? 0))
    .$if(limit !== undefined, (query) => query.limit(limit ?? 0))
    .orderBy('number')
    .execute()
  return rows.map(({ origins, ...row }) => ({ ...row, origins: origins as unknown as TextSpan[] | null }))
}

/** Reads the position that somebody sent with this key before. */
export function findSent(
  db: Kysely<Database>,
  byId: string,
  key: string,
): Promise<{ id: string; documentId: string } | undefined> {
  return db
    .selectFrom('dissent')
    .select(['id', 'documentId'])
    .where('byId', '=', byId)
    .where('key', '=', key)
    .executeTakeFirst()
}

/**
 * Counts the positions of a group on a document, whose numbers must be held: all that it ever stated, and those that stand.
 * `last` is the last number of all groups; 0 for none.
 */
export async function countDissents(
  trx: Transaction<Database>,
  documentId: string,
  groupId: string,
): Promise<{ last: number; stated: number; standing: number }> {
  const { rows } = await sql<{ last: number; stated: number; standing: number }>`
    select coalesce(max(number), 0)::int as last,
      (count(*) filter (where group_id = ${groupId}))::int as stated,
      (count(*) filter (where group_id = ${groupId} and withdrawn_at is null))::int as standing
    from dissent where document_id = ${documentId}`.execute(trx)
  return rows[0] ?? { last: 0, stated: 0, standing: 0 }
}

/** Stores a position. */
export async function insertDissent(
  trx: Transaction<Database>,
  {
    origins,
    ...row
  }: Omit<DissentRow, 'statedAt' | 'withdrawnById' | 'withdrawnEntry' | 'withdrawnAt'> & {
    planId: string
    documentId: string
    key: string
    seq: number
  },
): Promise<void> {
  await trx
    .insertInto('dissent')
    .values({ ...row, origins: origins && JSON.stringify(origins) })
    .execute()
}

/** Says that a position was withdrawn. */
export async function markWithdrawn(
  trx: Transaction<Database>,
  id: string,
  { byId, entry }: { byId: string; entry: number },
): Promise<void> {
  await trx
    .updateTable('dissent')
    .set({ withdrawnById: byId, withdrawnEntry: entry, withdrawnAt: sql<Date>`clock_timestamp()` })
    .where('id', '=', id)
    .execute()
}
