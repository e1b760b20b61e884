import type { Kysely } from 'kysely'
import type { Database } from './types.ts'

/** Reads the epoch of a document: what was computed under another one may hold words that were taken out since. */
export async function findEpoch(db: Kysely<Database>, documentId: string): Promise<number> {
  const { epoch } = await db
    .selectFrom('document')
    .select('epoch')
    .where('id', '=', documentId)
    .executeTakeFirstOrThrow()
  return epoch
}
