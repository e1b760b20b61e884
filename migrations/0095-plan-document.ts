import { type Kysely, sql } from 'kysely'

/**
 * A plan has one document of its own, and days: from when to when it lasts and when it was submitted, which cannot
 * contradict each other. How to reach its monitoring body is personal data: a column that can be emptied, and no text that
 * goes into a log.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table document
      drop constraint document_kind_check,
      add constraint document_kind_check check (kind in ('commitment', 'plan'))`.execute(db)
  await sql`create unique index document_of_plan on document (plan_id) where kind = 'plan'`.execute(db)
  await sql`
    alter table plan
      add column starts_on date,
      add column ends_on date,
      add column submitted_on date,
      add column monitor_contact text,
      add constraint plan_days_check check (
        starts_on <= ends_on and starts_on <= submitted_on and submitted_on <= ends_on)`.execute(db)
}
