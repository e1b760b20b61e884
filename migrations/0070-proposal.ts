import { type Kysely, sql } from 'kysely'

/**
 * What people propose to change of a text, never in the text itself: a proposal is a note and a few hunks, each with what a
 * place says and what it is to say, as canonical JSON. Places are found by the original ids of their units (`origins`,
 * docs/spec/authorship.md AU14); a fact by its key, and a whole field by its name.
 *
 * The record holds a hash of note and hunks, salted with `salt`, so that it is gone once they are blanked here.
 *
 * `proposal_accepting` says that an edit is on its way into the log under a client id minted for it: whoever comes next
 * sees in the log whether it arrived, also after a crash.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table proposal (
      id text primary key,
      plan_id text not null references plan (id),
      document_id text not null references document (id),
      number integer not null check (number > 0),
      revises text references proposal (id),
      author_id text not null references user_account (id),
      group_id text references stakeholder_group (id),
      key text not null,
      note text not null check (length(note) <= 2000),
      salt bytea not null,
      entry bigint not null,
      base_seq bigint not null,
      made_at timestamptz not null default clock_timestamp(),
      changed_at timestamptz not null default clock_timestamp(),
      unique (document_id, number),
      unique (author_id, key)
    )`.execute(db)
  await sql`create index proposal_by_plan on proposal (plan_id, changed_at)`.execute(db)
  await sql`
    create table proposal_hunk (
      proposal_id text not null references proposal (id),
      number integer not null check (number > 0),
      kind text not null check (kind in ('text', 'formatting', 'block', 'milestone', 'fact')),
      target text not null check (target in ('words', 'blocks', 'fact')),
      field text not null check (length(field) between 1 and 40),
      origins jsonb,
      before text not null,
      after text not null,
      blank boolean not null default false,
      state text not null default 'open' check (state in ('open', 'accepted', 'rejected', 'withdrawn', 'superseded')),
      primary key (proposal_id, number)
    )`.execute(db)
  await sql`
    create table proposal_step (
      proposal_id text not null references proposal (id),
      number integer not null check (number > 0),
      step text not null check (step in ('accepted', 'rejected', 'withdrawn', 'revised')),
      hunks jsonb not null,
      reason text not null check (length(reason) <= 1000),
      salt bytea not null,
      by_id text not null references user_account (id),
      seq bigint,
      entry bigint not null,
      at timestamptz not null default clock_timestamp(),
      primary key (proposal_id, number)
    )`.execute(db)
  await sql`create index proposal_step_by_person on proposal_step (by_id)`.execute(db)
  await sql`
    create table proposal_accepting (
      proposal_id text primary key references proposal (id),
      document_id text not null references document (id),
      client_id bigint not null,
      hunks jsonb not null,
      reason text not null,
      by_id text not null references user_account (id)
    )`.execute(db)
  await sql`create index proposal_accepting_by_document on proposal_accepting (document_id)`.execute(db)
}
