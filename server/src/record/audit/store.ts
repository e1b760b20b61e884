import { type Kysely, sql } from 'kysely'
import type { Database } from '../../db/types.ts'

/** A row of a document's log as the record holds it beside as the log holds it. */
export interface ComparedRow {
  entry: number
  document: string
  seq: number
  same: boolean
}

/**
 * Compares the rows that entries hold with the log's, for `limit` entries after `after`; answers the last entry looked at
 * and the rows that differ. A row that the log lost differs too.
 */
export async function compareRows(
  db: Kysely<Database>,
  planId: string,
  { after, limit }: { after: number; limit: number },
): Promise<{ last: number | undefined; differing: Omit<ComparedRow, 'same'>[] }> {
  const { rows } = await sql<{ last: number | null; entry: number | null; document: string; seq: number }>`
    with looked as materialized (
      select e.seq, p.payload::json as payload from record_entry e
      join record_payload p on p.plan_id = e.plan_id and p.seq = e.seq
      where e.plan_id = ${planId} and e.type = 'update-batch' and e.seq > ${after}
      order by e.seq limit ${limit}
    ), differing as (
      select l.seq as entry, l.payload->>'document' as document, (u.row->>'seq')::bigint as seq
      from looked l
      cross join lateral json_array_elements(l.payload->'updates') as u (row)
      left join document_update d on d.document_id = l.payload->>'document' and d.seq = (u.row->>'seq')::bigint
      where d.bytes is distinct from decode(u.row->>'bytes', 'base64')
    )
    select (select max(seq) from looked) as last, d.entry, d.document, d.seq
    from (select 1) one left join differing d on true order by d.entry, d.seq`.execute(db)
  const differing = rows.flatMap(({ entry, document, seq }) => (entry === null ? [] : [{ entry, document, seq }]))
  return { last: rows[0]?.last ?? undefined, differing }
}

/** Reads the plans that have a record. */
export async function findRecorded(db: Kysely<Database>): Promise<string[]> {
  const rows = await db.selectFrom('recordHead').select('planId').orderBy('planId').execute()
  return rows.map(({ planId }) => planId)
}
