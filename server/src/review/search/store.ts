import type { SearchKind } from '@cabildo/protocol/http/search'
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import { partInWorkshop } from '../../db/taking-part.ts'
import { textNumber } from '../../db/text-number.ts'
import type { Database } from '../../db/types.ts'
import {
  type CommentText,
  type DocumentTitle,
  type Found,
  type FoundGroup,
  type Meaning,
  mostCompared,
  searchKinds,
  type TextPart,
  type VersionText,
  type Wanted,
} from './rules.ts'

/** What some words that somebody typed look for. No lexemes: there is nothing to look for, only what to leave out. */
export async function readMeaning(db: Kysely<Database>, typed: string): Promise<Meaning> {
  const { rows } = await sql<Meaning>`
    select query::text as query, array(
      select replace(found[1], '''''', '''') from regexp_matches(querytree(query), '''((?:[^'']|'''')+)''', 'g') found
    ) as lexemes from search_query(${typed}) query`.execute(db)
  const [meaning] = rows
  if (!meaning) throw new Error('the database understood nothing')
  return meaning
}

/** Who asks, where it decides what can be found: a guest of a workshop finds what they may open. */
export interface Reader {
  userId: string
  isGuest: boolean
}

/**
 * Finds texts of a plan. Of each kind the newest that hold the words are compared, and of those the ones after `offset`
 * told, the best first.
 */
export async function findTexts(
  db: Kysely<Database>,
  planId: string,
  { query }: Meaning,
  wanted: Wanted & { reader: Reader; offset: number; limit: number },
): Promise<FoundGroup[]> {
  const kinds = searchKinds.filter((kind) => wanted.kind === undefined || wanted.kind === kind)
  // Side by side: whoever asks waits for the slowest alone.
  return Promise.all(
    kinds.map(async (kind) => {
      const { rows } = await ofKind(planId, query, kind, wanted).execute(db)
      return { kind, found: rows[0]?.found ?? 0, items: rows.map(({ found: _, ...item }) => item) }
    }),
  )
}

// The kind and the words stand in the statement itself, so that it is planned for them: a rare word is looked up, and of
// one that is everywhere the newest texts are walked through.
function ofKind(
  planId: string,
  query: string,
  kind: SearchKind,
  wanted: Wanted & { reader: Reader; offset: number; limit: number },
): RawBuilder<Found & { found: number }> {
  const words = sql`${query}::tsquery`
  const conditions = sql.join(conditionsOf(kind, wanted), sql` and `)
  return sql<Found & { found: number }>`
    select kind, source_id, field, number, document_id, at, body, (count(*) over ())::int as found
    from (
      select i.* from search_item i
      where i.plan_id = ${planId} and i.kind = ${sql.lit(kind)} and i.words @@ ${words} and ${conditions}
      order by i.at desc limit ${mostCompared}
    ) newest
    order by ts_rank(words, ${words}, 1) desc, at desc, source_id, field, number
    offset ${wanted.offset} limit ${wanted.limit}`
}

function conditionsOf(kind: SearchKind, { documentId, from, to, reader }: Wanted & { reader: Reader }) {
  const conditions = [sql`true`]
  if (from !== undefined) conditions.push(sql`i.at >= ${from}::timestamptz`)
  if (to !== undefined) conditions.push(sql`i.at < ${to}::timestamptz`)
  if (documentId !== undefined && kind !== 'input') conditions.push(sql`i.document_id = ${documentId}`)
  if (documentId !== undefined && kind === 'input')
    conditions.push(sql`exists (
      select from input_link l
      where l.input_id = i.source_id and l.document_id = ${documentId} and l.removed_at is null)`)
  if (!reader.isGuest) return conditions
  const ownInput = sql`exists (
    select from input n where n.id = i.source_id and ${reader.userId} in (n.typed_by, n.from_id))`
  const inWorkshop = sql`${partInWorkshop(sql`${reader.userId}`, sql.ref('i.document_id'))} is not null`
  return [...conditions, kind === 'input' ? ownInput : inWorkshop]
}

/** Which of some words are, by their stems, among those that were looked for. */
export async function findHits(
  db: Kysely<Database>,
  words: readonly string[],
  { lexemes }: Meaning,
): Promise<ReadonlySet<string>> {
  if (words.length === 0) return new Set()
  const { rows } = await sql<{ word: string }>`
    select word from unnest(${[...words]}::text[]) word
    where tsvector_to_array(search_vector(word)) && ${lexemes}::text[]`.execute(db)
  return new Set(rows.map(({ word }) => word))
}

/** Reads comments by their ids, and reasons of steps by thread and number. */
export async function findComments(db: Kysely<Database>, found: readonly Found[]): Promise<CommentText[]> {
  const ids = found.map(({ sourceId }) => sourceId)
  const numbers = found.map(({ number }) => number)
  if (ids.length === 0) return []
  const { rows } = await sql<CommentText>`
    select c.id as source_id, 0 as number, c.body, case when c.number = 1 then t.quote end as quote,
      c.author_id as by_id, t.id as thread_id, t.number as thread, c.number as comment, t.field
    from thread_comment c join thread t on t.id = c.thread_id where c.id = any(${ids}::text[])
    union all
    select s.thread_id, s.number, s.reason, null, s.by_id, t.id, t.number, null, t.field
    from unnest(${ids}::text[], ${numbers}::int[]) wanted (id, number)
    join thread_step s on s.thread_id = wanted.id and s.number = wanted.number
    join thread t on t.id = s.thread_id`.execute(db)
  return rows
}

/** Reads versions by their ids. */
export async function findVersions(db: Kysely<Database>, ids: readonly string[]): Promise<VersionText[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('version')
    .select(['id', 'number', 'name', 'note', 'content', 'createdBy as byId'])
    .where(sql<boolean>`id = any(${[...ids]}::text[])`)
    .execute()
}

/** Reads what some documents are called: by the numbers of `textNumber`. */
export async function findTitles(db: Kysely<Database>, documentIds: readonly string[]): Promise<DocumentTitle[]> {
  if (documentIds.length === 0) return []
  return db
    .selectFrom('document')
    .select(textNumber(sql.ref('document.id')).as('number'))
    .select(['document.id as documentId', 'document.title'])
    .where(sql<boolean>`document.id = any(${[...documentIds]}::text[])`)
    .execute()
}

/** Reads which documents say something else by now than the index holds of them. */
export async function findBehind(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select d.id from document d join document_search s on s.document_id = d.id
    where s.seq <> d.head_seq order by d.changed_at`.execute(db)
  return rows.map(({ id }) => id)
}

/** Takes it over to say what a document's text is after row `seq`; false when that is of another epoch by now. */
export async function holdText(
  trx: Transaction<Database>,
  documentId: string,
  { epoch, headSeq }: { epoch: number; headSeq: number },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('documentSearch')
    .set({ seq: headSeq })
    .where('documentId', '=', documentId)
    .where('epoch', '=', epoch)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Reads the parts of a document's text as the index holds them. */
export async function findParts(trx: Transaction<Database>, documentId: string): Promise<TextPart[]> {
  const { rows } = await sql<TextPart>`
    select field, number, body from search_item where source_id = ${documentId} and kind = 'text'`.execute(trx)
  return rows
}

/** Writes parts of a document's text, and drops others. */
export async function putParts(
  trx: Transaction<Database>,
  documentId: string,
  { put, drop }: { put: readonly TextPart[]; drop: readonly TextPart[] },
): Promise<void> {
  const columns = (parts: readonly TextPart[]) =>
    sql`unnest(${parts.map(({ field }) => field)}::text[], ${parts.map(({ number }) => number)}::int[])`
  if (drop.length > 0)
    await sql`
      delete from search_item i using ${columns(drop)} gone (field, number)
      where i.source_id = ${documentId} and i.kind = 'text' and i.field = gone.field and i.number = gone.number`.execute(
      trx,
    )
  if (put.length === 0) return
  await sql`
    insert into search_item (plan_id, kind, source_id, field, number, document_id, at, words, body)
    select d.plan_id, 'text', d.id, part.field, part.number, d.id, coalesce(d.changed_at, d.created_at),
      setweight(search_vector(part.body), case part.field when 'title' then 'A' else 'B' end::"char"), part.body
    from document d, unnest(
      ${put.map(({ field }) => field)}::text[], ${put.map(({ number }) => number)}::int[],
      ${put.map(({ body }) => body)}::text[]) part (field, number, body)
    where d.id = ${documentId}
    on conflict (source_id, kind, field, number) do update
      set at = excluded.at, words = excluded.words, body = excluded.body`.execute(trx)
}
