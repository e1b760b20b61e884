import { type Kysely, sql } from 'kysely'

/**
 * How somebody is shown in a plan, and every change of who takes part and how. A change is written in the transaction
 * that makes it and never altered; it names people by id alone, so that what is about them can still be erased.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Apart from the membership, which may end: what somebody chose then holds on.
  await sql`
    create table display_choice (
      plan_id text not null references plan (id),
      user_id text not null references user_account (id),
      display text not null check (display in ('name', 'group', 'anonymous')),
      chosen_at timestamptz not null default now(),
      primary key (plan_id, user_id)
    )`.execute(db)
  await sql`
    create table membership_event (
      id bigint generated always as identity primary key,
      plan_id text not null references plan (id),
      user_id text not null references user_account (id),
      kind text not null check (kind in
        ('joined', 'role_changed', 'group_changed', 'suspended', 'resumed', 'removed', 'left', 'renamed', 'merged',
         'muted', 'unmuted', 'display_changed', 'recovered', 'erased')),
      actor_id text references user_account (id),
      role text,
      group_id text,
      was_role text,
      was_group_id text,
      workshop_id text,
      -- With merged: the person this one is.
      into_user_id text references user_account (id),
      at timestamptz not null default clock_timestamp()
    )`.execute(db)
  await sql`create index membership_event_by_plan on membership_event (plan_id, id)`.execute(db)
  await sql`create trigger append_only before update or delete on membership_event
    for each row execute function refuse_change()`.execute(db)
  await sql`create trigger append_only_truncate before truncate on membership_event
    execute function refuse_change()`.execute(db)
  await sql`
    insert into membership_event (plan_id, user_id, kind, role, group_id, at)
    select plan_id, user_id, 'joined', role, group_id, created_at from member order by created_at`.execute(db)
  await sql`create trigger ring_rights after insert or update or delete on display_choice
    for each statement execute function ring_rights()`.execute(db)
}
