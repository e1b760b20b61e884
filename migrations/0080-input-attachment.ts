import { type Kysely, sql } from 'kysely'

/**
 * What is kept beside an input: photos, voice notes, scanned forms. What is told of one stands apart from its bytes, which
 * go when it is removed, when the input is taken back, and with whoever it was of; `salt` hides the hash in the record and
 * goes with them. Bytes that are compressed already are not compressed again.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table input_attachment (
      input_id text not null,
      number integer not null check (number > 0),
      plan_id text not null,
      kind text not null check (kind in ('picture', 'sound', 'paper')),
      media_type text not null check (length(media_type) between 3 and 60),
      size integer not null check (size > 0),
      salt bytea not null,
      by_id text not null references user_account (id),
      entry bigint not null,
      added_at timestamptz not null default clock_timestamp(),
      removed_at timestamptz,
      primary key (input_id, number),
      foreign key (plan_id, input_id) references input (plan_id, id)
    )`.execute(db)
  await sql`create index input_attachment_by_plan on input_attachment (plan_id) where removed_at is null`.execute(db)
  await sql`create index input_attachment_by_author on input_attachment (by_id)`.execute(db)
  await sql`
    create table input_attachment_file (
      input_id text not null,
      number integer not null,
      sha256 bytea not null check (length(sha256) = 32),
      bytes bytea not null,
      thumbnail bytea,
      primary key (input_id, number),
      unique (input_id, sha256),
      foreign key (input_id, number) references input_attachment (input_id, number)
    )`.execute(db)
  await sql`
    alter table input_attachment_file alter column bytes set storage external,
      alter column thumbnail set storage external`.execute(db)
}
