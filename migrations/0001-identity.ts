import { type Kysely, sql } from 'kysely'

/** People and their sessions. A session's secret is stored only as its hash; `id` names it in the record. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table user_account (
      id text primary key,
      email text not null,
      name text not null check (length(name) between 1 and 120),
      password_hash text,
      password_changed_at timestamptz,
      suspended_at timestamptz,
      created_at timestamptz not null default now()
    )`.execute(db)
  await sql`create unique index user_account_email on user_account (lower(email))`.execute(db)
  await sql`
    create table session (
      id text primary key,
      secret_hash text not null unique,
      user_id text not null references user_account (id) on delete cascade,
      created_at timestamptz not null default now(),
      seen_at timestamptz not null default now(),
      idle_expires_at timestamptz not null,
      absolute_expires_at timestamptz not null,
      ended_at timestamptz
    )`.execute(db)
  await sql`create index session_by_user on session (user_id)`.execute(db)
}
