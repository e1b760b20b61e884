import { type Kysely, sql } from 'kysely'

/** Who wrote what, computed from a document's log up to one row, to go on from. A cache: losing it loses nothing. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table document_authorship (
      document_id text not null references document (id),
      seq bigint not null,
      -- Of the document: words that were taken out of it since are in no state of the epoch that followed.
      epoch integer not null,
      state bytea not null,
      primary key (document_id, seq)
    )`.execute(db)
  // Fetching it whole is what matters.
  await sql`alter table document_authorship alter column state set storage external`.execute(db)
}
