import { type Kysely, sql } from 'kysely'

/** A meeting may follow up on what was approved: what became of it, with those who look after it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table meeting add column follow_up boolean not null default false`.execute(db)
}
