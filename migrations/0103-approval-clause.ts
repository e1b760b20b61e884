import { type Kysely, sql } from 'kysely'

/**
 * The clauses of the text that a request names, by hash: text fields and facts. `approved_by`: the request whose approval
 * still holds for one that says what it said then; null for one that is to be decided.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table approval_clause (
      request_id text not null references approval_request (id),
      clause text not null check (length(clause) between 1 and 60),
      hash text not null,
      approved_by text references approval_request (id),
      primary key (request_id, clause)
    )`.execute(db)
}
