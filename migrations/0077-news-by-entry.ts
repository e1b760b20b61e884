import { type Kysely, sql } from 'kysely'

/** News come in the order of entries of the record: the newest of each kind are found without reading the others. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ['input', 'input_answer', 'proposal'])
    await sql`create index ${sql.id(`${table}_by_entry`)} on ${sql.table(table)} (plan_id, entry)`.execute(db)
  for (const table of ['thread_comment', 'thread_step', 'proposal_step', 'input_link'])
    await sql`create index ${sql.id(`${table}_by_entry`)} on ${sql.table(table)} (entry)`.execute(db)
}
