import { type Kysely, sql } from 'kysely'

/**
 * Looking through a record of a million entries, for two things at once too, without more indexes to be kept up while
 * people type. Nearly every entry is typed text: what is looked for by kind is one of the others, so those indexes hold no
 * typed text and cost nothing when it comes. Of a group only people who are shown may be found: each of them has a place
 * of their own in its index.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop index record_entry_by_type`.execute(db)
  await sql`drop index record_entry_by_group_id`.execute(db)
  await sql`create index record_entry_by_group_id on record_entry (plan_id, group_id, pid, seq)`.execute(db)
  await sql`create index record_entry_by_document_pid on record_entry (plan_id, document_id, pid, seq)`.execute(db)
  await sql`create index record_entry_by_type on record_entry (plan_id, type, seq) where type <> 'update-batch'`.execute(
    db,
  )
  for (const column of ['pid', 'document_id']) {
    await sql`create index ${sql.ref(`record_entry_by_${column}_type`)} on record_entry
      (plan_id, ${sql.ref(column)}, type, seq) where type <> 'update-batch'`.execute(db)
  }
  await sql`
    create index record_entry_by_version on record_entry
      (plan_id, (body::json -> 'content' ->> 'number'), seq) where type = 'version'`.execute(db)
}
