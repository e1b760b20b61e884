import { type Kysely, sql } from 'kysely'

/**
 * What the last comparison of each plan's record with the rest of the database found. `since` is when it first found that
 * they do not agree, and null while they do; the other columns name the first thing that differs.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table record_comparison (
      plan_id text primary key references plan (id),
      at timestamptz not null,
      since timestamptz,
      kind text check (kind in ('entry', 'contents', 'row', 'version', 'head')),
      entry bigint,
      document_id text,
      differences integer not null check (differences >= 0),
      check ((since is null) = (kind is null)),
      check ((since is null) = (differences = 0))
    )`.execute(db)
}
