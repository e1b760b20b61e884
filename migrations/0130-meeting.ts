import { type Kysely, sql } from 'kysely'

/**
 * Meetings of a plan, numbered within it. Days and clock times are those of the place. Who came is kept as counts alone, by
 * group (`group_id` null: of none), by gender and by age; names stand on the signed lists, whose bytes can be deleted.
 *
 * `salt` hides the hash in the record of what is said of a meeting, and is another one after every change. `revision` counts
 * the changes, so that of two who change it at once the second is told. What is told of a file stands apart from its bytes.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table meeting (
      id text primary key,
      plan_id text not null references plan (id),
      number integer not null check (number > 0),
      key text not null,
      title text not null check (length(title) between 1 and 200),
      held_on date not null,
      starts time,
      ends time,
      mode text not null check (mode in ('in_person', 'online', 'both')),
      place text check (length(place) between 1 and 200),
      link text check (length(link) between 1 and 500),
      is_public boolean not null,
      agenda text not null check (length(agenda) <= 4000),
      results text not null check (length(results) <= 4000),
      state text not null default 'planned' check (state in ('planned', 'held', 'cancelled')),
      reason text check (length(reason) between 1 and 600),
      workshop_id text,
      document_id text unique,
      revision integer not null default 1,
      salt bytea not null,
      entry bigint not null,
      created_by text not null references user_account (id),
      created_at timestamptz not null default clock_timestamp(),
      unique (plan_id, number),
      unique (plan_id, id),
      unique (created_by, key),
      foreign key (plan_id, workshop_id) references workshop (plan_id, id),
      foreign key (plan_id, document_id) references document (plan_id, id),
      check ((state = 'cancelled') = (reason is not null))
    )`.execute(db)
  await sql`create index meeting_by_day on meeting (plan_id, held_on, number)`.execute(db)
  await sql`
    create table meeting_attendance (
      meeting_id text not null,
      plan_id text not null,
      group_id text,
      registered integer not null check (registered between 0 and 100000),
      attended integer not null check (attended between 0 and 100000),
      foreign key (plan_id, meeting_id) references meeting (plan_id, id),
      foreign key (plan_id, group_id) references stakeholder_group (plan_id, id)
    )`.execute(db)
  await sql`
    create unique index meeting_attendance_once on meeting_attendance (meeting_id, coalesce(group_id, ''))`.execute(db)
  await sql`
    create table meeting_band (
      meeting_id text not null references meeting (id),
      kind text not null check (kind in ('gender', 'age')),
      key text not null check (length(key) between 1 and 20),
      people integer not null check (people between 1 and 100000),
      primary key (meeting_id, kind, key)
    )`.execute(db)
  await sql`
    create table meeting_attachment (
      meeting_id text not null,
      number integer not null check (number > 0),
      plan_id text not null,
      use text not null check (use in ('photo', 'list', 'material')),
      kind text not null check (kind in ('picture', 'paper')),
      media_type text not null check (length(media_type) between 3 and 60),
      size integer not null check (size > 0),
      caption text check (length(caption) between 1 and 300),
      shown boolean not null default false,
      salt bytea not null,
      by_id text not null references user_account (id),
      entry bigint not null,
      added_at timestamptz not null default clock_timestamp(),
      removed_at timestamptz,
      primary key (meeting_id, number),
      foreign key (plan_id, meeting_id) references meeting (plan_id, id),
      check (not shown or use <> 'list'),
      check (not shown or caption is not null)
    )`.execute(db)
  await sql`create index meeting_attachment_by_plan on meeting_attachment (plan_id) where removed_at is null`.execute(
    db,
  )
  await sql`create index meeting_attachment_by_author on meeting_attachment (by_id)`.execute(db)
  await sql`
    create table meeting_attachment_file (
      meeting_id text not null,
      number integer not null,
      sha256 bytea not null check (length(sha256) = 32),
      bytes bytea not null,
      thumbnail bytea,
      primary key (meeting_id, number),
      unique (meeting_id, sha256),
      foreign key (meeting_id, number) references meeting_attachment (meeting_id, number)
    )`.execute(db)
  await sql`
    alter table meeting_attachment_file alter column bytes set storage external,
      alter column thumbnail set storage external`.execute(db)
  await sql`
    create table meeting_material (
      meeting_id text not null references meeting (id),
      position integer not null check (position > 0),
      title text not null check (length(title) between 1 and 200),
      link text check (length(link) between 1 and 500),
      attachment integer,
      sent_on date,
      sent_to text check (length(sent_to) between 1 and 200),
      primary key (meeting_id, position),
      foreign key (meeting_id, attachment) references meeting_attachment (meeting_id, number)
    )`.execute(db)
  await sql`alter table input add column meeting_id text`.execute(db)
  await sql`
    alter table input add constraint input_of_meeting foreign key (plan_id, meeting_id)
    references meeting (plan_id, id)`.execute(db)
  await sql`create index input_by_meeting on input (meeting_id) where meeting_id is not null`.execute(db)
}
