import { type Kysely, sql } from 'kysely'

/** Somebody who came back from another sign-on without a second factor, and whose account here asks for its own. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table ceremony drop constraint ceremony_kind_check`.execute(db)
  await sql`
    alter table ceremony add constraint ceremony_kind_check
      check (kind in ('passkey_registration', 'passkey_sign_in', 'openid', 'openid_second'))`.execute(db)
}
