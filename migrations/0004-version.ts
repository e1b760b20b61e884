import { type Kysely, sql } from 'kysely'

/**
 * Versions: a document at one seq. `content` is the canonical JSON that was hashed, kept as that exact text.
 * Drafts: edits a document could not take, kept whole for their author.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table version (
      id text primary key,
      document_id text not null references document (id),
      number integer not null,
      kind text not null check (kind in ('named', 'automatic', 'before_restore', 'restored')),
      name text,
      note text,
      seq bigint not null,
      content text not null,
      content_hash text not null,
      author_ids text[] not null,
      restored_from integer,
      created_by text references user_account (id),
      created_at timestamptz not null,
      unique (document_id, number),
      unique (document_id, id),
      check ((kind = 'named') = (name is not null)),
      check ((kind = 'restored') = (restored_from is not null))
    )`.execute(db)
  await sql`create index version_seq on version (document_id, seq)`.execute(db)
  await sql`
    create table document_draft (
      id text primary key,
      document_id text not null references document (id),
      user_id text not null references user_account (id),
      reason text not null check (reason in ('frozen', 'forbidden', 'restored', 'refused')),
      base_seq bigint not null,
      bytes bytea not null,
      bytes_hash text not null,
      dismissed_at timestamptz,
      created_at timestamptz not null default now(),
      unique (document_id, user_id, bytes_hash)
    )`.execute(db)
}
