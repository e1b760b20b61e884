import { type Kysely, sql } from 'kysely'

/**
 * What is said beside a document's text: threads of comments, on words, on a field, or on the whole commitment. The words
 * are found by the original ids of their units (`origins`, docs/spec/authorship.md AU14), never by anything in the text
 * itself, and `quote` keeps how they read.
 *
 * A comment's text stands here alone. The record holds `text_hash`, salted with `salt`: who may read a comment can check
 * that it says what was said, and once it is blank nobody can guess it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table thread (
      id text primary key,
      plan_id text not null references plan (id),
      document_id text not null references document (id),
      number integer not null check (number > 0),
      kind text not null check (kind in ('comment', 'question', 'objection', 'praise')),
      field text check (length(field) between 1 and 40),
      origins jsonb,
      quote text check (length(quote) between 1 and 2000),
      seq bigint not null,
      opened_by text not null references user_account (id),
      opened_at timestamptz not null default clock_timestamp(),
      resolved_at timestamptz,
      changed_at timestamptz not null default clock_timestamp(),
      unique (document_id, number),
      check ((origins is null) = (quote is null)),
      check (origins is null or field is not null)
    )`.execute(db)
  await sql`create index thread_by_plan on thread (plan_id, changed_at)`.execute(db)
  await sql`
    create table thread_comment (
      id text primary key,
      thread_id text not null references thread (id),
      number integer not null check (number > 0),
      author_id text not null references user_account (id),
      group_id text references stakeholder_group (id),
      key text not null,
      body text not null check (length(body) <= 4000),
      salt bytea not null,
      entry bigint not null,
      written_at timestamptz not null default clock_timestamp(),
      edited_at timestamptz,
      removed_at timestamptz,
      unique (thread_id, number),
      unique (author_id, key),
      check ((body = '') = (removed_at is not null))
    )`.execute(db)
  await sql`
    create table comment_wording (
      comment_id text not null references thread_comment (id),
      number integer not null check (number > 0),
      body text not null,
      salt bytea not null,
      entry bigint not null,
      until timestamptz not null default clock_timestamp(),
      primary key (comment_id, number)
    )`.execute(db)
  await sql`
    create table comment_reaction (
      comment_id text not null references thread_comment (id),
      user_id text not null references user_account (id),
      kind text not null check (kind in ('agree', 'disagree', 'thanks')),
      given_at timestamptz not null default clock_timestamp(),
      primary key (comment_id, user_id, kind)
    )`.execute(db)
  await sql`create index comment_reaction_by_user on comment_reaction (user_id)`.execute(db)
  await sql`
    create table comment_mention (
      comment_id text not null references thread_comment (id),
      user_id text not null references user_account (id),
      primary key (comment_id, user_id)
    )`.execute(db)
  await sql`create index comment_mention_by_user on comment_mention (user_id)`.execute(db)
  await sql`
    create table thread_step (
      thread_id text not null references thread (id),
      number integer not null check (number > 0),
      step text not null check (step in ('resolved', 'reopened')),
      reason text not null check (length(reason) <= 1000),
      by_id text not null references user_account (id),
      entry bigint not null,
      at timestamptz not null default clock_timestamp(),
      primary key (thread_id, number)
    )`.execute(db)
}
