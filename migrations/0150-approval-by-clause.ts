import { type Kysely, sql } from 'kysely'

/**
 * Decisions clause by clause: somebody who was asked may decide in several acts, each on some clauses of the text
 * (`clauses`, by name), until all are decided; null for the whole text, which is decided once. The program holds the
 * commitment's row while it sees to it that nobody decides on a clause twice.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table approval_decision
      add column clauses text[] check (cardinality(clauses) > 0),
      drop constraint approval_decision_pkey,
      add primary key (request_id, entry)`.execute(db)
  await sql`
    create unique index approval_decision_of_the_whole on approval_decision (request_id, user_id)
    where clauses is null`.execute(db)
}
