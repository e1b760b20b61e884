import { type Kysely, sql } from 'kysely'

/**
 * Positions that groups reserve on a clause: a field, or words in it, found by the original ids of their units
 * (docs/spec/authorship.md AU14). One that was withdrawn stays, with who withdrew it and when: it stood until then.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table dissent (
      id text primary key,
      plan_id text not null,
      document_id text not null,
      number integer not null check (number > 0),
      group_id text not null,
      field text not null check (length(field) between 1 and 40),
      origins jsonb,
      quote text check (length(quote) between 1 and 2000),
      seq bigint not null,
      key text not null,
      position text not null check (length(position) between 1 and 600),
      by_id text not null references user_account (id),
      entry bigint not null,
      stated_at timestamptz not null default clock_timestamp(),
      withdrawn_by_id text references user_account (id),
      withdrawn_entry bigint,
      withdrawn_at timestamptz,
      unique (document_id, number),
      unique (by_id, key),
      foreign key (plan_id, document_id) references document (plan_id, id),
      foreign key (plan_id, group_id) references stakeholder_group (plan_id, id),
      check ((origins is null) = (quote is null)),
      check ((withdrawn_at is null) = (withdrawn_by_id is null) and (withdrawn_at is null) = (withdrawn_entry is null))
    )`.execute(db)
}
