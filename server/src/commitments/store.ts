import type { CommitmentState } from '@cabildo/protocol/http/common'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../db/types.ts'

/** A commitment with what its document's row tells. `changedBy` is a user id. */
export interface CommitmentRow {
  id: string
  number: number
  title: string
  state: CommitmentState
  documentId: string
  epoch: number
  changedAt: Date | null
  changedBy: string | null
}

/** Reads the commitments of a plan in the order of their numbers, or the one named, or those a workshop works on. */
export async function findCommitments(
  db: Kysely<Database>,
  planId: string,
  only: { id?: string; workshopId?: string } = {},
): Promise<CommitmentRow[]> {
  const rows = await db
    .selectFrom('commitment')
    .innerJoin('document', 'document.id', 'commitment.documentId')
    .where('commitment.planId', '=', planId)
    .$if(only.id !== undefined, (query) => query.where('commitment.id', '=', only.id ?? ''))
    .$if(only.workshopId !== undefined, (query) =>
      query.where('commitment.documentId', 'in', (inside) =>
        inside
          .selectFrom('workshopDocument')
          .where('workshopId', '=', only.workshopId ?? '')
          .select('documentId'),
      ),
    )
    .select(['commitment.id', 'commitment.number', 'commitment.state', 'commitment.documentId'])
    .select(['document.title', 'document.epoch', 'document.changedAt', 'document.changedBy'])
    .orderBy('commitment.number')
    .execute()
  return rows.map((row) => ({ ...row, state: row.state as CommitmentState }))
}

/** Holds the plan's row, so that commitments are numbered one after another, and answers the next number. */
export async function lockNextNumber(trx: Transaction<Database>, planId: string): Promise<number> {
  await trx.selectFrom('plan').where('id', '=', planId).select('id').forNoKeyUpdate().executeTakeFirstOrThrow()
  const { last } = await trx
    .selectFrom('commitment')
    .where('planId', '=', planId)
    .select(({ fn }) => fn.max('number').as('last'))
    .executeTakeFirstOrThrow()
  return (last ?? 0) + 1
}

/** Inserts a commitment whose document is already there. */
export async function insertCommitment(
  trx: Transaction<Database>,
  row: { id: string; planId: string; documentId: string; number: number; state: CommitmentState; createdBy: string },
): Promise<void> {
  await trx.insertInto('commitment').values(row).execute()
}
