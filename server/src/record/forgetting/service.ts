/** Lets the record forget who somebody was: entries and proofs stay as they are, and lead to nobody. */
import type { Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'
import { sealHeld } from '../sealing/service.ts'
import { deletePerson, findUnsealedOf, holdDocumentsOf } from './store.ts'

/**
 * Enters what somebody wrote and that is not in the record yet, while it is still known in what role and on which side.
 * To be called before their part in the plan ends. Until the transaction does, nobody writes in their plans, so that no
 * row of theirs comes in afterwards.
 */
export async function sealBeforeErasing(trx: Transaction<Database>, userId: string): Promise<void> {
  await holdDocumentsOf(trx, userId)
  await sealHeld(trx, await findUnsealedOf(trx, userId))
}

/** Cuts the tie between somebody and their pseudonyms, for good: the secrets behind them go too. */
export function forgetPerson(trx: Transaction<Database>, userId: string): Promise<void> {
  return deletePerson(trx, userId)
}
