import { type Kysely, sql } from 'kysely'

/**
 * What remains of the guests of a workshop when the program erases them: how many came from which group, at which table,
 * of which gender and age. Whoever had themselves erased is in none of it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table workshop_total (
      workshop_id text not null references workshop (id),
      kind text not null check (kind in ('group', 'table', 'gender', 'age')),
      key text not null,
      people integer not null check (people > 0),
      primary key (workshop_id, kind, key)
    )`.execute(db)
}
