import { type Kysely, sql } from 'kysely'

/**
 * Workshops: people come in with a QR code or a spoken code, take part from their own phone or a shared one, and may
 * write in the commitments the workshop works on while it is open. The token of the QR and the spoken code are derived
 * from the id, `link_version` and a secret outside the database, which so holds neither. `link_hash` and `code_hash` find
 * an open workshop by them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table workshop (
      id text primary key,
      plan_id text not null references plan (id),
      title text not null check (length(title) between 1 and 200),
      place text not null check (length(place) between 1 and 200),
      held_on date not null,
      link_version integer not null default 1,
      link_hash text not null unique,
      code_hash text not null,
      most_people integer not null default 300 check (most_people between 1 and 1000),
      opened_by text not null references user_account (id),
      opened_at timestamptz not null default now(),
      ends_at timestamptz not null,
      closed_at timestamptz,
      closed_by text references user_account (id),
      unique (plan_id, id)
    )`.execute(db)
  await sql`create unique index workshop_open_code on workshop (code_hash) where closed_at is null`.execute(db)
  await sql`create index workshop_by_plan on workshop (plan_id, opened_at)`.execute(db)
  await sql`
    create table workshop_table (
      id text primary key,
      workshop_id text not null references workshop (id),
      name text not null check (length(name) between 1 and 80),
      position integer not null,
      unique (workshop_id, id),
      unique (workshop_id, position)
    )`.execute(db)
  await sql`
    create table workshop_document (
      workshop_id text not null,
      plan_id text not null,
      document_id text not null,
      primary key (workshop_id, document_id),
      foreign key (plan_id, workshop_id) references workshop (plan_id, id),
      foreign key (plan_id, document_id) references document (plan_id, id)
    )`.execute(db)
  await sql`
    create table workshop_participant (
      workshop_id text not null references workshop (id),
      user_id text not null references user_account (id),
      table_id text,
      gender text check (gender in ('woman', 'man', 'other')),
      age_band text check (age_band in ('under_18', '18_29', '30_44', '45_59', '60_plus')),
      joined_at timestamptz not null default now(),
      muted_at timestamptz,
      removed_at timestamptz,
      merged_into text references user_account (id),
      primary key (workshop_id, user_id),
      foreign key (workshop_id, table_id) references workshop_table (workshop_id, id)
    )`.execute(db)
  await sql`create index workshop_participant_by_user on workshop_participant (user_id)`.execute(db)
  await sql`
    create table device_person (
      device_id text not null references device (id),
      workshop_id text not null references workshop (id),
      user_id text not null references user_account (id),
      added_at timestamptz not null default now(),
      primary key (device_id, workshop_id, user_id)
    )`.execute(db)
  await sql`create index device_person_by_workshop on device_person (workshop_id, user_id)`.execute(db)
  await sql`alter table session add foreign key (workshop_id) references workshop (id)`.execute(db)
  await sql`create index session_by_device on session (device_id) where device_id is not null`.execute(db)
  const watched: [string, string][] = [
    ['workshop', 'closed_at, ends_at'],
    ['workshop_participant', 'muted_at, removed_at, merged_into'],
  ]
  for (const [table, columns] of watched) {
    await sql`create trigger ring_rights after delete or update of ${sql.raw(columns)} on ${sql.table(table)}
      for each statement execute function ring_rights()`.execute(db)
  }
  await sql`create trigger ring_rights after insert or delete on workshop_document
    for each statement execute function ring_rights()`.execute(db)
}
