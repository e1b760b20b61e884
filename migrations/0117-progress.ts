import { type Kysely, sql } from 'kysely'

/**
 * What becomes of an approved text: reports on its milestones, by place, as the approved version names them; and how far
 * the monitoring body finds the commitment completed. Nothing is changed afterwards: another report follows.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table milestone_report (
      document_id text not null,
      number integer not null check (number > 0),
      plan_id text not null,
      key text not null,
      version_id text not null,
      milestone integer not null check (milestone > 0),
      status text not null check (status in ('not_started', 'in_progress', 'delayed', 'done')),
      words text not null check (length(words) between 1 and 2000),
      link text check (length(link) between 1 and 500),
      day date not null,
      salt bytea not null,
      by_id text not null references user_account (id),
      entry bigint not null,
      reported_at timestamptz not null default clock_timestamp(),
      primary key (document_id, number),
      unique (by_id, key),
      foreign key (plan_id, document_id) references document (plan_id, id),
      foreign key (document_id, version_id) references version (document_id, id)
    )`.execute(db)
  await sql`
    create table completion_assessment (
      document_id text not null,
      number integer not null check (number > 0),
      plan_id text not null,
      level text not null check (level in ('no_evidence', 'not_started', 'limited', 'substantial', 'complete')),
      reason text not null check (length(reason) between 1 and 2000),
      salt bytea not null,
      by_id text not null references user_account (id),
      entry bigint not null,
      assessed_at timestamptz not null default clock_timestamp(),
      primary key (document_id, number),
      foreign key (plan_id, document_id) references document (plan_id, id)
    )`.execute(db)
}
