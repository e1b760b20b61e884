import { type Kysely, sql } from 'kysely'

/**
 * Receipts: which entry of a plan's record a code leads to. Of the code there is a keyed hash alone, and nothing here
 * leads to a person.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table receipt (
      code_hash text primary key,
      plan_id text not null,
      seq bigint not null,
      document_id text not null references document (id),
      created_at timestamptz not null default now(),
      unique (plan_id, seq),
      foreign key (plan_id, seq) references record_entry (plan_id, seq)
    )`.execute(db)
}
