import { type Kysely, sql } from 'kysely'

/**
 * Why a comment of the public is not shown, its receipt tells from now on, and who writes it is told so. What was written
 * before was written for the plan's people alone.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table input_moderation add column told boolean not null default false`.execute(db)
}
