/**
 * Whether the texts that people see are still those of the record. A bundle brings its own copy of every update, so it
 * cannot tell that a row of the log was changed afterwards; this can, and is done every day.
 */
import type { Kysely } from 'kysely'
import type { Database } from '../../db/types.ts'
import type { Logger } from '../../log.ts'
import { compareRows, findRecorded } from './store.ts'

/** Entries compared in one question. */
const pageSize = 500

/** A row of a log that is not the one in the record. */
export interface ChangedRow {
  planId: string
  entry: number
  document: string
  seq: number
}

/** Compares every row that is in the record with the log it came from. `enough` ends it early. */
export async function findChangedRows(
  db: Kysely<Database>,
  enough: () => boolean = () => false,
): Promise<ChangedRow[]> {
  const changed: ChangedRow[] = []
  for (const planId of await findRecorded(db)) {
    let after = 0
    while (!enough()) {
      const { last, differing } = await compareRows(db, planId, { after, limit: pageSize })
      changed.push(...differing.map((row) => ({ planId, ...row })))
      if (last === undefined) break
      after = last
    }
  }
  return changed
}

/** Does so and says aloud what it found. */
export async function auditLogs(
  db: Kysely<Database>,
  logger: Pick<Logger, 'error'>,
  enough?: () => boolean,
): Promise<void> {
  for (const row of await findChangedRows(db, enough)) {
    logger.error(row, 'a row of a text is not the one in the record: the text people see was changed')
  }
}
