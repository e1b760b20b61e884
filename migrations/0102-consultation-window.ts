import { type Kysely, sql } from 'kysely'

/**
 * Times in which everybody can say what they think: of a commitment, or, without a document, of the plan. `state` is the one
 * that it belongs to. It ended (`ended_at`) on its day, or when an act led out of that state. One is under way at most.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table consultation_window (
      id text primary key,
      plan_id text not null references plan (id),
      document_id text,
      number integer not null check (number > 0),
      state text not null check (state in ('gathering', 'consultation')),
      opens_at timestamptz not null,
      closes_at timestamptz not null,
      ended_at timestamptz,
      foreign key (plan_id, document_id) references document (plan_id, id),
      check (closes_at > opens_at)
    )`.execute(db)
  await sql`
    create unique index consultation_window_number on consultation_window
      (plan_id, coalesce(document_id, ''), number)`.execute(db)
  await sql`
    create unique index consultation_window_under_way on consultation_window (plan_id, coalesce(document_id, ''))
    where ended_at is null`.execute(db)
  await sql`
    create index consultation_window_due on consultation_window (closes_at) where ended_at is null`.execute(db)
}
