import { type Kysely, sql } from 'kysely'

/**
 * People without an e-mail address, guests of a workshop, people who had what is about them erased; and what a session
 * stands on: the workshop that bounds it, the device it is on, the proofs of identity it was given.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table user_account alter column email drop not null`.execute(db)
  await sql`
    alter table user_account
      add column kind text not null default 'account' check (kind in ('account', 'guest')),
      add column erased_at timestamptz`.execute(db)
  // Who had what is about them erased has no name at all.
  await sql`
    alter table user_account
      drop constraint user_account_name_check,
      add constraint user_account_name_check check (length(name) <= 120 and (name = '') = (erased_at is not null))`.execute(
    db,
  )
  await sql`
    create table device (
      id text primary key,
      secret_hash text not null unique,
      created_at timestamptz not null default now(),
      seen_at timestamptz not null default now()
    )`.execute(db)
  await sql`
    alter table session
      add column workshop_id text,
      add column device_id text references device (id),
      add column label text,
      add column second_factor_at timestamptz`.execute(db)
  await sql`create index session_by_workshop on session (workshop_id) where workshop_id is not null`.execute(db)
}
