import { type Kysely, sql } from 'kysely'

/**
 * Endorsements: somebody, for an organisation, stands behind exact texts of a plan; and letters of support, whose bytes
 * stand apart and go when the letter is withdrawn. Who withdraws says why, and that it stood until then stays.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table endorsement (
      id text primary key,
      plan_id text not null references plan (id),
      number integer not null check (number > 0),
      key text not null,
      group_id text not null,
      name text not null check (length(name) <= 120),
      office text not null check (length(office) <= 120),
      organisation text not null check (length(organisation) between 1 and 200),
      salt bytea not null,
      by_id text not null references user_account (id),
      entry bigint not null,
      given_at timestamptz not null default clock_timestamp(),
      withdrawn_at timestamptz,
      withdrawn_by_id text references user_account (id),
      withdrawn_reason text check (length(withdrawn_reason) between 1 and 2000),
      withdrawn_salt bytea,
      withdrawn_entry bigint,
      unique (plan_id, number),
      unique (by_id, key),
      foreign key (plan_id, group_id) references stakeholder_group (plan_id, id),
      check ((withdrawn_at is null) = (withdrawn_by_id is null) and (withdrawn_at is null) = (withdrawn_reason is null)
        and (withdrawn_at is null) = (withdrawn_entry is null))
    )`.execute(db)
  await sql`
    create table endorsement_text (
      endorsement_id text not null references endorsement (id),
      document_id text not null,
      version_id text not null,
      content_hash text not null,
      primary key (endorsement_id, document_id),
      foreign key (document_id, version_id) references version (document_id, id)
    )`.execute(db)
  await sql`
    create table letter (
      plan_id text not null references plan (id),
      number integer not null check (number > 0),
      side text not null check (side in ('government', 'partner')),
      organisation text not null check (length(organisation) between 1 and 200),
      media_type text not null check (length(media_type) between 3 and 60),
      size integer not null check (size > 0),
      salt bytea not null,
      by_id text not null references user_account (id),
      entry bigint not null,
      added_at timestamptz not null default clock_timestamp(),
      withdrawn_at timestamptz,
      withdrawn_by_id text references user_account (id),
      withdrawn_reason text check (length(withdrawn_reason) between 1 and 2000),
      withdrawn_salt bytea,
      withdrawn_entry bigint,
      primary key (plan_id, number),
      check ((withdrawn_at is null) = (withdrawn_by_id is null) and (withdrawn_at is null) = (withdrawn_reason is null)
        and (withdrawn_at is null) = (withdrawn_entry is null))
    )`.execute(db)
  await sql`
    create table letter_file (
      plan_id text not null,
      number integer not null,
      sha256 bytea not null check (length(sha256) = 32),
      bytes bytea not null,
      thumbnail bytea,
      primary key (plan_id, number),
      unique (plan_id, sha256),
      foreign key (plan_id, number) references letter (plan_id, number)
    )`.execute(db)
  await sql`
    alter table letter_file alter column bytes set storage external,
      alter column thumbnail set storage external`.execute(db)
}
