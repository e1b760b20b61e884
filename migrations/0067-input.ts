import { type Kysely, sql } from 'kysely'

/**
 * What people bring to a plan: inputs, numbered within it, each with where it came from, who typed it and whose it is.
 * The words stand here alone, as comments do: the record holds a hash, salted with `salt`. The name of somebody without an
 * account has a row of its own (`input_person`), which can be deleted; `display` says how they wish to be shown, and stays.
 *
 * `input_link` says which commitment, field and version an input has to do with. `input_answer` keeps every answer; the one
 * of the highest number is in force.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table input (
      id text primary key,
      plan_id text not null references plan (id),
      number integer not null check (number > 0),
      key text not null,
      channel text not null check (channel in ('online', 'meeting', 'paper', 'voice', 'photo', 'mail')),
      place text check (length(place) between 1 and 200),
      said_on date not null,
      language text not null check (length(language) between 2 and 20),
      words text not null check (length(words) <= 4000),
      salt bytea not null,
      typed_by text not null references user_account (id),
      from_id text references user_account (id),
      group_id text,
      side text,
      role text not null,
      consent boolean not null,
      display text not null check (display in ('name', 'group', 'anonymous')),
      thread_id text unique references thread (id),
      entry bigint not null,
      brought_at timestamptz not null default clock_timestamp(),
      taken_back_at timestamptz,
      unique (plan_id, number),
      unique (plan_id, id),
      unique (typed_by, key),
      foreign key (plan_id, group_id) references stakeholder_group (plan_id, id)
    )`.execute(db)
  await sql`create index input_by_from on input (from_id) where from_id is not null`.execute(db)
  await sql`
    create table input_person (
      input_id text primary key references input (id),
      name text not null check (length(name) between 1 and 120)
    )`.execute(db)
  await sql`
    create table input_link (
      input_id text not null,
      number integer not null check (number > 0),
      plan_id text not null,
      document_id text not null,
      field text check (length(field) between 1 and 40),
      version_id text,
      by_id text not null references user_account (id),
      entry bigint not null,
      linked_at timestamptz not null default clock_timestamp(),
      removed_at timestamptz,
      primary key (input_id, number),
      foreign key (plan_id, input_id) references input (plan_id, id),
      foreign key (plan_id, document_id) references document (plan_id, id),
      foreign key (document_id, version_id) references version (document_id, id)
    )`.execute(db)
  await sql`create index input_link_by_document on input_link (document_id, input_id)`.execute(db)
  await sql`
    create table input_answer (
      input_id text not null,
      number integer not null check (number > 0),
      plan_id text not null,
      outcome text not null check (outcome in ('adopted', 'adapted', 'merged', 'not_adopted', 'out_of_scope')),
      reason text not null check (length(reason) between 1 and 2000),
      salt bytea not null,
      merged_into text,
      document_id text,
      version_id text,
      by_id text not null references user_account (id),
      entry bigint not null,
      answered_at timestamptz not null default clock_timestamp(),
      primary key (input_id, number),
      foreign key (plan_id, input_id) references input (plan_id, id),
      foreign key (plan_id, merged_into) references input (plan_id, id),
      foreign key (document_id, version_id) references version (document_id, id),
      check ((outcome = 'merged') = (merged_into is not null)),
      check ((document_id is null) = (version_id is null)),
      check (outcome not in ('adopted', 'adapted') or version_id is not null)
    )`.execute(db)
}
