import type { HistoryRun } from '@cabildo/protocol/http/api'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/types.ts'

/** A run of rows by one writer in one way, none more than two minutes after the one before. */
export interface RunRow {
  fromSeq: number
  toSeq: number
  startedAt: Date
  endedAt: Date
  userId: string
  /** On whose behalf; null when for themselves. */
  behalfId: string | null
  via: HistoryRun['via']
}

/**
 * Reads the runs of a log in its order, those that begin after row `after`, at most `limit`. `after` must be the end of
 * a run or 0. Reads no more of the log than these runs cover: the first row of each is found on the way, and where it
 * ends follows from where the next begins, because `seq` has no gap.
 */
export async function findRuns(
  db: Kysely<Database>,
  documentId: string,
  { after, limit }: { after: number; limit: number },
): Promise<RunRow[]> {
  const { rows } = await sql<RunRow>`
    with log as (
      select seq, user_id, behalf_id, via, stored_at,
        lag(user_id) over by_seq is distinct from user_id
          or lag(behalf_id) over by_seq is distinct from behalf_id
          or lag(via) over by_seq is distinct from via
          or stored_at - lag(stored_at) over by_seq > interval '2 minutes' as begins
      from document_update
      where document_id = ${documentId} and seq > ${after}
      window by_seq as (order by seq)
    ), first as materialized (
      select seq, user_id, behalf_id, via, stored_at from log where begins order by seq limit ${limit + 1}
    ), run as (
      select seq as from_seq, user_id, behalf_id, via, stored_at as started_at,
        coalesce(
          lead(seq) over (order by seq) - 1,
          (select max(seq) from document_update where document_id = ${documentId})
        ) as to_seq
      from first
    )
    select run.*, ending.stored_at as ended_at
    from run join document_update ending on ending.document_id = ${documentId} and ending.seq = run.to_seq
    order by from_seq limit ${limit}`.execute(db)
  return rows
}
