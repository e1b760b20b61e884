import { type Kysely, sql } from 'kysely'

/** A receipt may be for an input, which need not be about one document. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table receipt alter column document_id drop not null`.execute(db)
}
