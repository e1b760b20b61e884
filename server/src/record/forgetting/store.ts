import { sql, type Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'

/** Holds the documents of every plan that somebody takes part in, by id. */
export async function holdDocumentsOf(trx: Transaction<Database>, userId: string): Promise<void> {
  await sql`
    select from document where plan_id in (select plan_id from member where user_id = ${userId})
    order by id for no key update`.execute(trx)
}

/** Reads the documents in which somebody wrote rows, or had them typed, that are not in the record yet, by id. */
export async function findUnsealedOf(trx: Transaction<Database>, userId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select d.id from document d
    left join record_sealed s on s.document_id = d.id
    where d.head_seq > coalesce(s.seq, 0) and exists (
      select from document_update u where u.document_id = d.id and u.seq > coalesce(s.seq, 0)
        and ${userId} in (u.user_id, u.behalf_id)
    )
    order by d.id`.execute(trx)
  return rows.map(({ id }) => id)
}

/** Deletes what ties somebody to their pseudonyms. */
export async function deletePerson(trx: Transaction<Database>, userId: string): Promise<void> {
  await trx.deleteFrom('recordPerson').where('userId', '=', userId).execute()
}
