import { type Kysely, sql } from 'kysely'

/** What a stakeholder group is, where it is, and how to reach it. The contact is for those who run the plan alone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table stakeholder_group
      add column kind text not null default 'other' check (kind in
        ('government_office', 'civil_society', 'academia', 'private_sector', 'community', 'indigenous_community',
         'youth', 'seniors', 'women', 'producers', 'local_board', 'other')),
      add column territory text check (length(territory) <= 200),
      add column contact text check (length(contact) <= 300)`.execute(db)
  await sql`create unique index stakeholder_group_name on stakeholder_group (plan_id, lower(name))`.execute(db)
}
