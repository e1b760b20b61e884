import { type Kysely, sql } from 'kysely'

/**
 * Each act in the life of a plan, as `commitment_step` keeps those of a commitment. Nobody did what the program does by
 * itself on the last day of a window (`by_id`). `closes_at`: the day on which a window ends, for an act that said it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table plan_step (
      plan_id text not null references plan (id),
      number integer not null check (number > 0),
      act text not null check (length(act) between 1 and 40),
      was text not null,
      state text not null,
      reason text check (length(reason) <= 2000),
      salt bytea,
      closes_at timestamptz,
      by_id text references user_account (id),
      entry bigint not null,
      at timestamptz not null default clock_timestamp(),
      primary key (plan_id, number)
    )`.execute(db)
  await sql`create index plan_step_by_person on plan_step (by_id)`.execute(db)
  await sql`alter table commitment_step alter column by_id drop not null, add column closes_at timestamptz`.execute(db)
}
