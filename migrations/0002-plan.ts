import { type Kysely, sql } from 'kysely'

/** Plans, the stakeholder groups of each, and who takes part in which role. One group per person and plan. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table plan (
      id text primary key,
      slug text not null unique check (slug ~ '^[a-z0-9-]{1,60}$'),
      title text not null,
      place text not null,
      demo boolean not null default false,
      created_at timestamptz not null default now()
    )`.execute(db)
  await sql`
    create table stakeholder_group (
      id text primary key,
      plan_id text not null references plan (id),
      name text not null,
      sector text not null check (sector in ('government', 'civil_society', 'community', 'academia', 'private_sector')),
      created_at timestamptz not null default now(),
      unique (plan_id, id)
    )`.execute(db)
  await sql`
    create table member (
      plan_id text not null references plan (id),
      user_id text not null references user_account (id),
      group_id text,
      role text not null check (role in
        ('coordinator', 'facilitator', 'drafter', 'reviewer', 'approver', 'endorser', 'monitor', 'participant')),
      suspended_at timestamptz,
      created_at timestamptz not null default now(),
      primary key (plan_id, user_id),
      foreign key (plan_id, group_id) references stakeholder_group (plan_id, id)
    )`.execute(db)
  await sql`create index member_user on member (user_id)`.execute(db)
}
