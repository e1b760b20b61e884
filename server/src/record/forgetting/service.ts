/** Lets the record forget who somebody was: entries and proofs stay as they are, and lead to nobody. */
import type { Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'
import { deletePerson } from './store.ts'

/** Cuts the tie between somebody and their pseudonyms, for good: the secrets behind them go too. */
export function forgetPerson(trx: Transaction<Database>, userId: string): Promise<void> {
  return deletePerson(trx, userId)
}
