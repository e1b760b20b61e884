/** What is read of texts that were imported. */
import type { Kysely } from 'kysely'
import type { Database } from '../db/types.ts'

/** Reads the row of a document's log that first came under a client id, and by whom and how; undefined when none did. */
export function findClient(
  db: Kysely<Database>,
  documentId: string,
  clientId: number,
): Promise<{ userId: string; via: string; firstSeq: number } | undefined> {
  return db
    .selectFrom('documentClient')
    .select(['userId', 'via', 'firstSeq'])
    .where('documentId', '=', documentId)
    .where('clientId', '=', clientId)
    .executeTakeFirst()
}
