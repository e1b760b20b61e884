import type { Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'

/** Deletes what ties somebody to their pseudonyms. */
export async function deletePerson(trx: Transaction<Database>, userId: string): Promise<void> {
  await trx.deleteFrom('recordPerson').where('userId', '=', userId).execute()
}
