import { type Kysely, sql } from 'kysely'

/**
 * A link of an input may be on words: those that the input brought about. They are found by the original ids of their
 * units (`origins`, docs/spec/authorship.md AU14), as words that threads are on; `quote` keeps how they read at row `seq`
 * of the log. `made` says whether somebody pointed at them, or they came with a proposal that is an input itself.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table input_link
      add column origins jsonb,
      add column quote text check (length(quote) between 1 and 20000),
      add column seq bigint,
      add column made text not null default 'hand' check (made in ('hand', 'proposal')),
      add check ((origins is null) = (quote is null) and (origins is null) = (seq is null)),
      add check (origins is null or field is not null)`.execute(db)
  await sql`create index input_link_on_words on input_link (document_id, entry) where origins is not null`.execute(db)
}
