import { type Kysely, sql } from 'kysely'

/**
 * Documents and their log. `head_seq` counts the rows of `document_update` without a gap; both move in one transaction
 * under the document's row lock, so that a reader never sees a number whose row is not there yet.
 * A row of the log has exactly one sender; rows and client bindings are never changed or deleted.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Half of each page stays free: a document's row changes with every commit, and so changes in place.
  await sql`
    create table document (
      id text primary key,
      plan_id text not null references plan (id),
      kind text not null check (kind in ('commitment')),
      template text not null,
      template_version integer not null,
      title text not null default '',
      status text not null default 'open' check (status in ('open', 'frozen', 'archived')),
      epoch integer not null default 1,
      head_seq bigint not null default 0,
      changed_at timestamptz,
      changed_by text references user_account (id),
      created_by text not null references user_account (id),
      created_at timestamptz not null default now(),
      unique (plan_id, id)
    ) with (fillfactor = 50)`.execute(db)
  await sql`
    create table commitment (
      id text primary key,
      plan_id text not null references plan (id),
      document_id text not null unique,
      number integer not null,
      state text not null default 'drafting' check (state in ('proposed', 'drafting', 'review', 'final')),
      created_by text not null references user_account (id),
      created_at timestamptz not null default now(),
      unique (plan_id, number),
      foreign key (plan_id, document_id) references document (plan_id, id)
    )`.execute(db)
  await sql`
    create table document_client (
      document_id text not null references document (id),
      client_id bigint not null check (client_id between 0 and 4294967295),
      user_id text not null references user_account (id),
      session_id text,
      group_id text,
      via text not null check (via in ('edit', 'template', 'restore', 'repair', 'draft')),
      first_seq bigint not null,
      bound_at timestamptz not null default now(),
      primary key (document_id, client_id)
    )`.execute(db)
  // No foreign keys here: the one statement that inserts holds the document's row and has found the user among its
  // members, and two look-ups a row would cost more than storing it.
  await sql`
    create table document_update (
      document_id text not null,
      seq bigint not null check (seq > 0),
      user_id text not null,
      session_id text,
      via text not null check (via in ('edit', 'template', 'restore', 'repair', 'draft')),
      bytes bytea not null,
      stored_at timestamptz not null,
      primary key (document_id, seq)
    )`.execute(db)
  await sql`
    create table document_snapshot (
      document_id text not null references document (id),
      seq bigint not null,
      state bytea not null,
      stored_at timestamptz not null default now(),
      primary key (document_id, seq)
    )`.execute(db)
  // Yjs bytes do not compress further; fetching them whole is what matters.
  await sql`alter table document_snapshot alter column state set storage external`.execute(db)
  await sql`alter table document_update alter column bytes set storage external`.execute(db)
  await sql`
    create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception '% is append-only', tg_table_name;
    end $$`.execute(db)
  for (const table of ['document_update', 'document_client']) {
    await sql`create trigger append_only before update or delete on ${sql.table(table)}
      for each row execute function refuse_change()`.execute(db)
    await sql`create trigger append_only_truncate before truncate on ${sql.table(table)}
      execute function refuse_change()`.execute(db)
  }
}
