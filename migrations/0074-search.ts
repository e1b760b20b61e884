import { type Kysely, sql } from 'kysely'

/**
 * What a search looks through: one row of `search_item` for each text that can be found, with its words as lexemes, in
 * Spanish and in English, without accents. Rows follow their sources by triggers, in the transaction of whatever changes
 * those: what is blanked, taken back or taken out is not found any more, whoever does it. The words themselves are read
 * from their source; only the text of a commitment, which is no row of a table, is kept here (`body`).
 *
 * That text is written by the program from the log, a little later, and `document_search` says which row of the log it
 * shows. Raising a document's epoch drops it in the same transaction: whoever is still writing what stood there before
 * finds another epoch, and writes nothing.
 *
 * No foreign keys: an index has nothing of its own to keep.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create extension if not exists unaccent`.execute(db)
  // It may have been there already, in a schema where nobody would look for it.
  const { rows } = await sql<{ schema: string }>`
    select quote_ident(n.nspname) as schema from pg_extension e join pg_namespace n on n.oid = e.extnamespace
    where e.extname = 'unaccent'`.execute(db)
  const schema = sql.raw(rows[0]?.schema ?? 'public')
  const dictionary = sql`${sql.lit(`${rows[0]?.schema ?? 'public'}.unaccent`)}::regdictionary`

  // `unaccent` is only stable, since somebody might change its rules; ours are those that come with it.
  await sql`
    create function search_plain(words text) returns text language sql immutable strict parallel safe
    begin atomic
      select ${schema}.unaccent(${dictionary}, normalize(words, nfkc));
    end`.execute(db)
  // Without accents the Spanish stemmer tells «participación» from «participaciones», and «luz» from «luces» always.
  await sql`
    create function search_spanish(plain text) returns text language sql immutable strict parallel safe
    begin atomic
      select regexp_replace(regexp_replace(plain, '([au]ci)on\\M', '\\1ones', 'gi'), '([aeiou])ces\\M', '\\1z', 'gi');
    end`.execute(db)
  // Every sign between two words parts them: «y/o», «agua.Luz» and addresses are the words people see in them.
  await sql`
    create function search_vector(words text) returns tsvector language sql immutable strict parallel safe
    begin atomic
      select to_tsvector('pg_catalog.spanish', search_spanish(plain)) || to_tsvector('pg_catalog.english', plain)
      from translate(search_plain(words), ${sql.lit(signs + quotes)}, ${sql.lit(' '.repeat(signs.length + quotes.length))}) plain;
    end`.execute(db)
  // What people type never fails: "words that follow each other", -without, or. A sign that means nothing is a space.
  await sql`
    create function search_query(typed text) returns tsquery language sql immutable strict parallel safe
    begin atomic
      select websearch_to_tsquery('pg_catalog.spanish', search_spanish(plain))
        || websearch_to_tsquery('pg_catalog.english', plain)
      from translate(search_plain(typed), ${sql.lit(signs)}, ${sql.lit(' '.repeat(signs.length))}) spaced,
        regexp_replace(' ' || spaced, '(?<! )-|-(?![[:alnum:]"])', ' ', 'g') plain;
    end`.execute(db)

  await sql`
    create table search_item (
      plan_id text not null,
      kind text not null check (kind in ('text', 'comment', 'input', 'version')),
      source_id text not null,
      field text not null default '',
      number integer not null default 0,
      document_id text,
      at timestamptz not null,
      words tsvector not null,
      body text,
      primary key (source_id, kind, field, number),
      check ((kind = 'text') = (body is not null)),
      check ((kind = 'input') = (document_id is null))
    )`.execute(db)
  // No list of what is still to be sorted in: it would be read through at every question.
  await sql`create index search_item_by_words on search_item using gin (words) with (fastupdate = off)`.execute(db)
  await sql`create index search_item_by_time on search_item (plan_id, kind, at desc)`.execute(db)
  await sql`
    create table document_search (
      document_id text primary key,
      epoch integer not null,
      seq bigint not null default 0
    )`.execute(db)

  // Of very many words a row holds as many as fit into a tsvector (1 MB), the first ones.
  await sql`
    create function put_search_item(
      its_plan text, its_kind text, its_source text, its_number integer, its_document text, its_time timestamptz,
      first text, second text default null, third text default null
    ) returns void language plpgsql as $$
    declare vector tsvector; longest integer := 100000;
    begin
      if coalesce(first, '') = '' and coalesce(second, '') = '' and coalesce(third, '') = '' then
        delete from search_item
          where source_id = its_source and kind = its_kind and field = '' and number = its_number;
        return;
      end if;
      loop
        begin
          vector := setweight(search_vector(left(coalesce(first, ''), longest)), 'A')
            || setweight(search_vector(left(coalesce(second, ''), longest)), 'B')
            || setweight(search_vector(left(coalesce(third, ''), longest)), 'D');
          exit;
        exception when program_limit_exceeded then
          longest := longest / 4;
        end;
      end loop;
      insert into search_item (plan_id, kind, source_id, number, document_id, at, words)
        values (its_plan, its_kind, its_source, its_number, its_document, its_time, vector)
        on conflict (source_id, kind, field, number) do update set at = excluded.at, words = excluded.words;
    end $$`.execute(db)

  // Whom a comment mentions stands in it as an id. The words it is about are found with the first one of its thread.
  await sql`
    create function search_comment() returns trigger language plpgsql as $$
    begin
      perform put_search_item(t.plan_id, 'comment', new.id, 0, t.document_id, new.written_at,
          case when new.body <> '' then regexp_replace(new.body, '@\\[[A-Za-z0-9_-]{22}\\]', ' ', 'g') end,
          null, case when new.number = 1 then t.quote end)
        from thread t where t.id = new.thread_id;
      return null;
    end $$`.execute(db)
  await sql`
    create function search_quote() returns trigger language plpgsql as $$
    begin
      perform put_search_item(new.plan_id, 'comment', c.id, 0, new.document_id, c.written_at,
          case when c.body <> '' then regexp_replace(c.body, '@\\[[A-Za-z0-9_-]{22}\\]', ' ', 'g') end,
          null, new.quote)
        from thread_comment c where c.thread_id = new.id and c.number = 1;
      return null;
    end $$`.execute(db)
  await sql`
    create function search_step() returns trigger language plpgsql as $$
    begin
      perform put_search_item(t.plan_id, 'comment', t.id, new.number, t.document_id, new.at, new.reason)
        from thread t where t.id = new.thread_id;
      return null;
    end $$`.execute(db)
  await sql`
    create function search_input() returns trigger language plpgsql as $$
    begin
      perform put_search_item(new.plan_id, 'input', new.id, 0, null, new.brought_at, new.words, null, new.place);
      return null;
    end $$`.execute(db)
  await sql`
    create function search_answer() returns trigger language plpgsql as $$
    begin
      perform put_search_item(new.plan_id, 'input', new.input_id, new.number, null, new.answered_at, new.reason);
      return null;
    end $$`.execute(db)
  // Of a version's page what people wrote: no names of parts and questions, no tags, no words cut in two by bold letters.
  await sql`
    create function search_version() returns trigger language plpgsql as $$
    declare
      page text := regexp_replace(coalesce(new.html, ''), '<(h2|h3|dt)>[^<]*</(h2|h3|dt)>', ' ', 'g');
    begin
      page := regexp_replace(page, '</?(strong|em|u|s|code|a)( [^>]*)?>', '', 'g');
      page := regexp_replace(regexp_replace(page, '<[^>]*>', ' ', 'g'), '&#?[a-z0-9]+;', ' ', 'g');
      perform put_search_item(d.plan_id, 'version', new.id, 0, new.document_id, new.created_at, new.name, new.note, page)
        from document d where d.id = new.document_id;
      return null;
    end $$`.execute(db)
  for (const { table, columns, does } of sources)
    await sql`
      create trigger ${sql.id(`${table}_searched`)} after insert or update of ${sql.raw(columns)} on ${sql.table(table)}
      for each row execute function ${sql.id(does)}()`.execute(db)

  await sql`
    create function search_document() returns trigger language plpgsql as $$
    begin
      if tg_op = 'INSERT' then
        insert into document_search (document_id, epoch) values (new.id, new.epoch);
      else
        update document_search set epoch = new.epoch, seq = 0 where document_id = new.id;
        delete from search_item where source_id = new.id and kind = 'text';
      end if;
      return null;
    end $$`.execute(db)
  await sql`
    create trigger document_added after insert on document
    for each row execute function search_document()`.execute(db)
  await sql`
    create trigger document_replaced after update of epoch on document
    for each row when (old.epoch <> new.epoch) execute function search_document()`.execute(db)

  // What is there already; the texts of commitments follow at the next start.
  await sql`insert into document_search (document_id, epoch) select id, epoch from document`.execute(db)
  for (const { table, columns } of sources) {
    const [column] = columns.split(',')
    await sql`update ${sql.table(table)} set ${sql.ref(column ?? '')} = ${sql.ref(column ?? '')}`.execute(db)
  }
}

/** ASCII's signs, but those that mean something in what people type. */
const signs = "!#$%&'()*+,./:;<=>?@[\\]^_`{|}~"
const quotes = '"-'

const sources = [
  { table: 'thread_comment', columns: 'body', does: 'search_comment' },
  { table: 'thread', columns: 'quote', does: 'search_quote' },
  { table: 'thread_step', columns: 'reason', does: 'search_step' },
  { table: 'input', columns: 'words,place', does: 'search_input' },
  { table: 'input_answer', columns: 'reason', does: 'search_answer' },
  { table: 'version', columns: 'name,note,html', does: 'search_version' },
]
