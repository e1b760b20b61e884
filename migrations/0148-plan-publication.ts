import { type Kysely, sql } from 'kysely'

/**
 * Versions of a plan's own text that its coordinators published, by hash: the last one is what the public reads. None is
 * taken back; another one follows.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table plan_publication (
      plan_id text not null references plan (id),
      number integer not null check (number > 0),
      document_id text not null,
      version_id text not null,
      content_hash text not null,
      by_id text not null references user_account (id),
      entry bigint not null,
      published_at timestamptz not null default clock_timestamp(),
      primary key (plan_id, number),
      foreign key (plan_id, document_id) references document (plan_id, id),
      foreign key (document_id, version_id) references version (document_id, id)
    )`.execute(db)
  await sql`create index plan_publication_by_person on plan_publication (by_id)`.execute(db)
}
