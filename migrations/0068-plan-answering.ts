import { type Kysely, sql } from 'kysely'

/** What a plan promises about answers: which share of its inputs must have one, and within how many days. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table plan
      add column answered_share integer not null default 100 check (answered_share between 0 and 100),
      add column answer_days integer not null default 15 check (answer_days between 1 and 365)`.execute(db)
}
