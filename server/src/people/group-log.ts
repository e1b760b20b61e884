import type { Transaction } from 'kysely'
import type { Database } from '../db/types.ts'
import { appendEntry } from '../record/service.ts'

/** A stakeholder group as the record tells it. How to reach it is personal and is not told. */
export interface ToldGroup {
  id: string
  name: string
  sector: string
  kind: string
  territory: string | null
}

/** Writes what a group is into the plan's record, in the transaction that makes it so. `userId` null: the program did. */
export async function logGroup(
  trx: Transaction<Database>,
  planId: string,
  userId: string | null,
  { id, name, sector, kind, territory }: ToldGroup,
): Promise<void> {
  await appendEntry(trx, planId, {
    type: 'group',
    userId,
    groupId: id,
    payload: { group: id, name, sector, kind, territory },
  })
}
