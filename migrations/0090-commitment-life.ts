import { type Kysely, sql } from 'kysely'

/**
 * The life of a commitment: all of its states, where there were the first four, and each act that led from one to another.
 * A reason stands here alone: the record holds its hash, salted with `salt`. `into` names the commitment one was merged into.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table commitment drop constraint commitment_state_check`.execute(db)
  await sql`
    alter table commitment add constraint commitment_state_check check (state in (
      'proposed', 'drafting', 'review', 'consultation', 'response', 'final', 'endorsed', 'approved', 'submitted',
      'implementing', 'completed', 'assessed', 'amending', 'merged', 'withdrawn'))`.execute(db)
  await sql`
    create table commitment_step (
      commitment_id text not null references commitment (id),
      number integer not null check (number > 0),
      plan_id text not null references plan (id),
      act text not null check (length(act) between 1 and 40),
      was text not null,
      state text not null,
      reason text check (length(reason) <= 2000),
      salt bytea,
      into_id text references commitment (id),
      by_id text not null references user_account (id),
      entry bigint not null,
      at timestamptz not null default clock_timestamp(),
      primary key (commitment_id, number)
    )`.execute(db)
  await sql`create index commitment_step_by_person on commitment_step (by_id)`.execute(db)
}
