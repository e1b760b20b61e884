import { type Kysely, sql } from 'kysely'

/**
 * Decisions signed with a passkey: the ceremony that asks for one, how the decision was proven, and the short name of the
 * key (the whole of it, and the signature, stand in the record).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table ceremony drop constraint ceremony_kind_check`.execute(db)
  await sql`
    alter table ceremony add constraint ceremony_kind_check
      check (kind in ('passkey_registration', 'passkey_sign_in', 'passkey_signing', 'openid', 'openid_second'))`.execute(
    db,
  )
  await sql`alter table approval_decision drop constraint approval_decision_fresh_check`.execute(db)
  await sql`
    alter table approval_decision
      add constraint approval_decision_fresh_check check (fresh in ('password', 'code', 'sign_in', 'passkey')),
      add column signing_key text check (signing_key ~ '^[0-9a-f]{32}$'),
      add check ((fresh = 'passkey') = (signing_key is not null))`.execute(db)
}
