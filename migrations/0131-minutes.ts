import { type Kysely, sql } from 'kysely'

/** The minutes of a meeting are a document: `meeting.document_id`, one a meeting. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table document
      drop constraint document_kind_check,
      add constraint document_kind_check check (kind in ('commitment', 'plan', 'minutes'))`.execute(db)
}
