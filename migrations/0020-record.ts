import { type Kysely, sql } from 'kysely'

/**
 * The record: a chain of entries for each plan, one Merkle tree over the entries of all plans, and its signed
 * checkpoints. Entries, leaves, tiles and checkpoints are only ever added. What can be erased stands apart: payloads with
 * their salts, and which person a pseudonym stands for.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  // The very page whose hash the record holds; null in versions made before there was a record.
  await sql`alter table version add column html text`.execute(db)
  // The end of each plan's chain; its row is the last lock a transaction takes.
  await sql`
    create table record_head (
      plan_id text primary key references plan (id),
      seq bigint not null default 0,
      hash bytea not null default decode(repeat('00', 32), 'hex') check (length(hash) = 32),
      at timestamptz not null default '-infinity'
    ) with (fillfactor = 50)`.execute(db)
  // body is the very text that was hashed. The columns after hash repeat what is in it, or lead to it, for searching.
  await sql`
    create table record_entry (
      plan_id text not null references plan (id),
      seq bigint not null check (seq > 0),
      body text not null,
      hash bytea not null check (length(hash) = 32),
      type text not null,
      at timestamptz not null,
      pid text,
      group_id text,
      document_id text,
      -- Of typed text, how much: its payload is long, and nobody looks through it.
      counts text,
      primary key (plan_id, seq)
    )`.execute(db)
  for (const column of ['type', 'pid', 'group_id', 'document_id']) {
    await sql`create index ${sql.ref(`record_entry_by_${column}`)} on record_entry (plan_id, ${sql.ref(column)}, seq)`.execute(
      db,
    )
  }
  await sql`create index record_entry_by_time on record_entry (plan_id, at, seq)`.execute(db)
  await sql`
    create table record_payload (
      plan_id text not null,
      seq bigint not null,
      salt bytea not null check (length(salt) = 32),
      payload text not null,
      primary key (plan_id, seq)
    )`.execute(db)
  await sql`
    create table record_person (
      plan_id text not null references plan (id),
      user_id text not null references user_account (id),
      pid text not null,
      secret bytea not null check (length(secret) = 32),
      primary key (plan_id, user_id),
      unique (plan_id, pid)
    )`.execute(db)
  // How far each document's log has been entered into the record.
  await sql`
    create table record_sealed (
      document_id text primary key references document (id),
      seq bigint not null
    ) with (fillfactor = 50)`.execute(db)
  await sql`
    create table record_leaf (
      index bigint primary key check (index >= 0),
      plan_id text not null,
      seq bigint not null,
      hash bytea not null check (length(hash) = 32),
      unique (plan_id, seq)
    )`.execute(db)
  await sql`
    create table record_tile (
      level integer not null check (level between 0 and 63),
      index bigint not null check (index >= 0),
      hashes bytea not null check (length(hashes) = 8192),
      primary key (level, index)
    )`.execute(db)
  await sql`
    create table record_checkpoint (
      size bigint primary key check (size > 0),
      root bytea not null check (length(root) = 32),
      note text not null,
      at timestamptz not null
    )`.execute(db)
  await sql`
    create table record_cosignature (
      size bigint not null references record_checkpoint (size),
      witness text not null,
      line text not null,
      at timestamptz not null,
      primary key (size, witness)
    )`.execute(db)
  for (const table of ['record_entry', 'record_leaf', 'record_tile', 'record_checkpoint', 'record_cosignature']) {
    await sql`create trigger append_only before update or delete on ${sql.table(table)}
      for each row execute function refuse_change()`.execute(db)
    await sql`create trigger append_only_truncate before truncate on ${sql.table(table)}
      execute function refuse_change()`.execute(db)
  }
}
