import { type Kysely, sql } from 'kysely'

/**
 * Where a plan stands (docs/spec/approval.md). One that is being prepared is its members' alone; from its announcement on
 * it is public.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table plan add column state text not null default 'planning' check (state in (
      'planning', 'outreach', 'gathering', 'drafting', 'consultation', 'response', 'revision', 'endorsement', 'approval',
      'submitted', 'implementing', 'inception', 'amended', 'closed'))`.execute(db)
}
