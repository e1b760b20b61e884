import { type Kysely, sql } from 'kysely'

/**
 * Rings the channel `rights` when something changed that decides what open sockets may do or how a person is shown, so
 * that rooms look again at once instead of asking all the time. What a row says now is read then; the bell carries
 * nothing.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function ring_rights() returns trigger language plpgsql as $$
    begin
      perform pg_notify('rights', '');
      return null;
    end $$`.execute(db)
  const watched: [string, string][] = [
    ['member', 'role, suspended_at, group_id'],
    ['session', 'ended_at'],
    ['user_account', 'suspended_at, password_changed_at, name'],
    ['stakeholder_group', 'name, sector'],
    ['document', 'status'],
  ]
  for (const [table, columns] of watched) {
    await sql`create trigger ring_rights after delete or update of ${sql.raw(columns)} on ${sql.table(table)}
      for each statement execute function ring_rights()`.execute(db)
  }
}
