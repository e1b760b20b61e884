import { type Kysely, sql } from 'kysely'

/** A proposal can be made an input, once, as a comment can. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table input add column proposal_id text unique references proposal (id)`.execute(db)
}
