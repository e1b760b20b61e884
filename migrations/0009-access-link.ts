import { type Kysely, sql } from 'kysely'

/**
 * One-time links: into a plan, or back into one's own account. Only the SHA-256 of a link's secret is kept. A link is
 * used once, until it expires, unless it was taken back before.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table access_link (
      id text primary key,
      secret_hash text not null unique,
      kind text not null check (kind in ('invitation', 'recovery')),
      plan_id text not null references plan (id),
      name text,
      email text,
      role text check (role in
        ('coordinator', 'facilitator', 'drafter', 'reviewer', 'approver', 'endorser', 'monitor', 'participant')),
      group_id text,
      user_id text references user_account (id),
      created_by text not null references user_account (id),
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      used_at timestamptz,
      used_by text references user_account (id),
      revoked_at timestamptz,
      foreign key (plan_id, group_id) references stakeholder_group (plan_id, id),
      check ((kind = 'invitation') = (role is not null)),
      check ((kind = 'recovery') = (user_id is not null)),
      check ((used_at is null) = (used_by is null))
    )`.execute(db)
  await sql`create index access_link_by_plan on access_link (plan_id, created_at)`.execute(db)
}
