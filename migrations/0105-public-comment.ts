import { type Kysely, sql } from 'kysely'

/**
 * What the public says on a text in consultation, as inputs: nobody typed them for anybody, nor linked them, so who did is
 * null; and they are `held` until somebody who runs meetings shows them. What was ruled on each is kept, the last is in
 * force; a reason stands here alone, the record holds its hash, salted with `salt`.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table input drop constraint input_channel_check`.execute(db)
  await sql`
    alter table input add constraint input_channel_check
      check (channel in ('online', 'meeting', 'paper', 'voice', 'photo', 'mail', 'web'))`.execute(db)
  await sql`alter table input add column held boolean not null default false`.execute(db)
  await sql`alter table input alter column typed_by drop not null`.execute(db)
  await sql`alter table input add constraint input_typed_check check ((typed_by is null) = held)`.execute(db)
  await sql`create unique index input_of_public on input (plan_id, key) where typed_by is null`.execute(db)
  await sql`create index input_held on input (plan_id, number) where held`.execute(db)
  await sql`alter table input_link alter column by_id drop not null`.execute(db)
  await sql`
    create table input_moderation (
      input_id text not null,
      number integer not null check (number > 0),
      plan_id text not null,
      verdict text not null check (verdict in ('shown', 'hidden')),
      reason text not null check (length(reason) <= 2000),
      salt bytea,
      by_id text not null references user_account (id),
      entry bigint not null,
      at timestamptz not null default clock_timestamp(),
      primary key (input_id, number),
      foreign key (plan_id, input_id) references input (plan_id, id),
      check (verdict = 'shown' or reason <> '')
    )`.execute(db)
}
