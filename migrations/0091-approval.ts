import { type Kysely, sql } from 'kysely'

/**
 * Approval of an exact text: a request names a version of a document and whom it asks, and the document is frozen from
 * then on at `head_seq`. Each of those asked decides once, on the hash they saw. A document has one request at most that
 * is open or in force.
 * Who withdraws one says why (`end_reason`).
 *
 * `fresh` says how the person proved again who they are: `password`, `code`, or `sign_in` a moment before.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table approval_request (
      id text primary key,
      plan_id text not null,
      document_id text not null,
      number integer not null check (number > 0),
      version_id text not null,
      content_hash text not null,
      head_seq bigint not null,
      state text not null default 'open' check (state in ('open', 'approved', 'returned', 'withdrawn', 'voided')),
      note text not null check (length(note) <= 2000),
      salt bytea,
      requested_by text not null references user_account (id),
      requested_at timestamptz not null default clock_timestamp(),
      closed_at timestamptz,
      ended_by text references user_account (id),
      end_reason text check (length(end_reason) between 1 and 2000),
      end_salt bytea,
      entry bigint not null,
      unique (document_id, number),
      foreign key (plan_id, document_id) references document (plan_id, id),
      foreign key (document_id, version_id) references version (document_id, id),
      check ((state in ('open', 'approved')) = (closed_at is null))
    )`.execute(db)
  await sql`
    create unique index approval_in_force on approval_request (document_id)
    where state in ('open', 'approved')`.execute(db)
  await sql`
    create table approval_decider (
      request_id text not null references approval_request (id),
      user_id text not null references user_account (id),
      party text not null check (party in ('government', 'civil_society')),
      primary key (request_id, user_id)
    )`.execute(db)
  await sql`create index approval_decider_by_person on approval_decider (user_id)`.execute(db)
  await sql`
    create table approval_decision (
      request_id text not null,
      user_id text not null,
      verdict text not null check (verdict in ('approve', 'return')),
      content_hash text not null,
      reason text not null check (length(reason) <= 2000),
      salt bytea,
      fresh text not null check (fresh in ('password', 'code', 'sign_in')),
      entry bigint not null,
      decided_at timestamptz not null default clock_timestamp(),
      primary key (request_id, user_id),
      foreign key (request_id, user_id) references approval_decider (request_id, user_id)
    )`.execute(db)
}
