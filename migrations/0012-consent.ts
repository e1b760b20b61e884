import { type Kysely, sql } from 'kysely'

/**
 * Consent to the use of personal data (Panama, Law 81 of 2019): which text, when, how it was given, and when it was
 * taken back. It is personal data itself and apart from anything that cannot be changed.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table consent (
      id text primary key,
      user_id text not null references user_account (id),
      plan_id text not null references plan (id),
      workshop_id text references workshop (id),
      text_version text not null,
      way text not null check (way in ('screen', 'paper', 'spoken')),
      given_at timestamptz not null default now(),
      withdrawn_at timestamptz
    )`.execute(db)
  await sql`create index consent_by_user on consent (user_id)`.execute(db)
}
