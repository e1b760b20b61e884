import { type Kysely, sql } from 'kysely'

/**
 * Who reads threads again is told only those that changed since they read last. A time would not do: a transaction that
 * began earlier may commit later, and would be missed. So each thread keeps the number of the last transaction that
 * changed anything of it, whoever made it, and a reader keeps the oldest number that was not over when it read.
 *
 * Numbers begin anew in a copy of the database: who comes with a later one is told everything.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table thread add column changed_in bigint not null default 0`.execute(db)
  await sql`create index thread_by_change on thread (document_id, changed_in)`.execute(db)
  await sql`
    create function note_thread_change() returns trigger language plpgsql as $$
    begin
      new.changed_in := pg_current_xact_id()::text::bigint;
      return new;
    end $$`.execute(db)
  await sql`
    create trigger thread_changed before insert or update on thread
    for each row execute function note_thread_change()`.execute(db)
  await sql`
    create function note_change_in_thread() returns trigger language plpgsql as $$
    declare changed text;
    begin
      if tg_table_name = 'comment_reaction' then
        select thread_id into changed from thread_comment where id = coalesce(new.comment_id, old.comment_id);
      else
        changed := coalesce(new.thread_id, old.thread_id);
      end if;
      update thread set changed_in = 0 where id = changed and changed_in <> pg_current_xact_id()::text::bigint;
      return null;
    end $$`.execute(db)
  for (const table of ['thread_comment', 'thread_step', 'comment_reaction'])
    await sql`
      create trigger ${sql.id(`${table}_changed`)} after insert or update or delete on ${sql.table(table)}
      for each row execute function note_change_in_thread()`.execute(db)
}
