import { type Kysely, sql } from 'kysely'

/**
 * Other proofs of identity than a password: time-based codes with their recovery codes, passkeys, and accounts at an
 * OpenID provider. Secrets of codes are kept encrypted under the installation's key; recovery codes as hashes.
 * A ceremony is what the server must remember between the two steps of a passkey or of a provider's sign-in.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table totp (
      user_id text primary key references user_account (id),
      secret bytea not null,
      confirmed_at timestamptz,
      last_step bigint,
      created_at timestamptz not null default now()
    )`.execute(db)
  await sql`
    create table recovery_code (
      user_id text not null references user_account (id),
      code_hash text not null,
      used_at timestamptz,
      primary key (user_id, code_hash)
    )`.execute(db)
  await sql`
    create table passkey (
      id text primary key,
      user_id text not null references user_account (id),
      public_key bytea not null,
      counter bigint not null,
      transports text[] not null default '{}',
      label text not null check (length(label) between 1 and 80),
      created_at timestamptz not null default now(),
      used_at timestamptz
    )`.execute(db)
  await sql`create index passkey_by_user on passkey (user_id)`.execute(db)
  await sql`
    create table external_identity (
      issuer text not null,
      subject text not null,
      user_id text not null references user_account (id),
      created_at timestamptz not null default now(),
      primary key (issuer, subject)
    )`.execute(db)
  await sql`create index external_identity_by_user on external_identity (user_id)`.execute(db)
  await sql`
    create table ceremony (
      secret_hash text primary key,
      kind text not null check (kind in ('passkey_registration', 'passkey_sign_in', 'openid')),
      user_id text references user_account (id),
      data jsonb not null,
      expires_at timestamptz not null
    )`.execute(db)
}
