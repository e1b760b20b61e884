import { type Kysely, sql } from 'kysely'

/**
 * For who looks through the record: the pseudonym of the person on whose behalf an entry's author typed. What is proven
 * stands in the entry's payload; like every pseudonym it leads to nobody once its secret is deleted.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table record_entry add column behalf_pid text`.execute(db)
}
