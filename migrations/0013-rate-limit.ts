import { type Kysely, sql } from 'kysely'

/** Counts of attempts, for throttling. Unlogged: after a crash they may begin again. Keys are hashes or networks. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create unlogged table rate_limit (
      key varchar(255) primary key,
      points integer not null default 0,
      expire bigint
    )`.execute(db)
}
