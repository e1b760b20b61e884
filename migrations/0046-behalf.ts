import { type Kysely, sql } from 'kysely'

/**
 * On whose behalf somebody typed: a facilitator for a participant of a workshop without a phone. A client id is bound to
 * both, and every row tells it too, since a row that only deletes has no client id of its own. Null: for oneself.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table document_client add column behalf_id text references user_account (id)`.execute(db)
  // No foreign key, as with its sender: the statement that inserts has found the person among the participants.
  await sql`alter table document_update add column behalf_id text`.execute(db)
  // Who takes their consent back is typed for no more, at once.
  await sql`create trigger ring_rights after delete or update of withdrawn_at on consent
    for each statement execute function ring_rights()`.execute(db)
}
