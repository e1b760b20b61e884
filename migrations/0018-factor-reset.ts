import { type Kysely, sql } from 'kysely'

/**
 * A lost second factor: somebody asks that it be removed, somebody else decides. No person is two of the three, which the
 * table itself holds to. `asked_by` is null when whoever runs the server did it. `reason` ends before the row does.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table factor_reset (
      id text primary key,
      plan_id text not null references plan (id),
      user_id text not null references user_account (id),
      asked_by text references user_account (id) check (asked_by <> user_id),
      reason text check (length(reason) between 1 and 500),
      asked_at timestamptz not null default clock_timestamp(),
      expires_at timestamptz not null,
      outcome text check (outcome in ('approved', 'refused')),
      ended_at timestamptz,
      ended_by text references user_account (id) check (ended_by <> user_id),
      seen_at timestamptz,
      check ((outcome is null) = (ended_at is null)),
      check (outcome <> 'approved' or asked_by is null or (ended_by is not null and ended_by <> asked_by))
    )`.execute(db)
  await sql`create index factor_reset_by_plan on factor_reset (plan_id, asked_at)`.execute(db)
  await sql`create index factor_reset_unseen on factor_reset (user_id) where outcome = 'approved' and seen_at is null`.execute(
    db,
  )
  await sql`
    alter table membership_event
      drop constraint membership_event_kind_check,
      add constraint membership_event_kind_check check (kind in
        ('joined', 'role_changed', 'group_changed', 'suspended', 'resumed', 'removed', 'left', 'renamed', 'merged',
         'unmerged', 'muted', 'unmuted', 'display_changed', 'recovered', 'factor_reset_asked', 'factor_reset_refused',
         'factor_reset', 'erased'))`.execute(db)
}
