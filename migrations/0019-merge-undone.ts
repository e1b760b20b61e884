import { type Kysely, sql } from 'kysely'

/**
 * A merge can be taken back: `said_to_be` keeps whom a participant was said to be, while `merged_into` goes on leading
 * straight to the person at the end. `by_merge`: somebody never joined from this device, they are on it because somebody
 * who did is said to be them. Of merges before this, the last one said is what is known.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table workshop_participant add column said_to_be text references user_account (id)`.execute(db)
  await sql`update workshop_participant set said_to_be = merged_into where merged_into is not null`.execute(db)
  await sql`
    alter table workshop_participant
      add check (said_to_be is null or merged_into is not null), add check (said_to_be <> user_id)`.execute(db)
  await sql`alter table device_person add column by_merge boolean not null default false`.execute(db)
}
