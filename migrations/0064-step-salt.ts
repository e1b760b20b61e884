import { type Kysely, sql } from 'kysely'

/**
 * The record holds a salted hash of a reason for resolving or reopening, as of a comment's text, so that it is gone once it
 * is blanked here. Empty where there is no reason, where it went, and for what was entered in plain words before.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table thread_step add column salt bytea not null default ''`.execute(db)
}
