import { type Kysely, sql } from 'kysely'

/** Looking for what was typed for somebody: few entries are, so the index holds those alone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index record_entry_by_behalf_pid on record_entry (plan_id, behalf_pid, seq)
    where behalf_pid is not null`.execute(db)
}
