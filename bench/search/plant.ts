import { contentHash } from '@cabildo/schema/canonical'
import { applyContent, type Content, contentOf } from '@cabildo/schema/content'
import { contentHtml } from '@cabildo/schema/html'
import { ogpCommitment } from '@cabildo/schema/templates/ogp-commitment'
import type pg from 'pg'
import * as Y from 'yjs'
import { createSessions } from '../../server/src/auth/sessions.ts'
import { createDb, createPool } from '../../server/src/db/client.ts'
import { newId } from '../../server/src/db/ids.ts'
import { migrate } from '../../server/src/db/migrate.ts'
import { insertDocument } from '../../server/src/rooms/adapters/new-document.ts'
import { createRandom } from '../harness/random.ts'
import { foundTown, type Town } from '../record/town.ts'
import { createVocabulary, type Vocabulary } from './words.ts'

/** How much of each is in the plan. Of a text every field is found by itself. */
export interface Amounts {
  documents: number
  threads: number
  commentsOfEach: number
  inputs: number
  answers: number
  versions: number
}

/** A plan full of texts, and how many of them can be found. */
export interface Library {
  town: Town
  documentIds: string[]
  vocabulary: Vocabulary
  items: number
  /** Of people who ask in turn: nobody asks as often by themselves. */
  cookies: string[]
}

const atOnce = 500

/** Plants the plan: rows as the program writes them, so that the database makes of them what a search looks through. */
export async function plantLibrary(url: string, amounts: Amounts, seed: number): Promise<Library> {
  const pool = createPool({ connectionString: url, options: '-c synchronous_commit=off' })
  try {
    await migrate(pool)
    const db = createDb(pool)
    const vocabulary = createVocabulary(createRandom(seed))
    const town = await foundTown(db, 'library', { people: 60, documents: 0 })
    const documentIds: string[] = []
    for (let number = 1; number <= amounts.documents; number += 1) {
      const { documentId, content } = await plantDocument(db, town, vocabulary, number)
      documentIds.push(documentId)
      await plantVersions(pool, town, documentId, content, amounts.versions / amounts.documents)
    }
    await plantThreads(pool, town, documentIds, vocabulary, amounts)
    await plantInputs(pool, town, documentIds, vocabulary, amounts)
    const sessions = createSessions(db, { secure: false })
    const begun = await Promise.all(town.people.map(({ userId }) => sessions.begin(userId)))
    await pool.query('vacuum analyze')
    const comments = amounts.threads * amounts.commentsOfEach
    const texts = amounts.documents * ogpCommitment.fields.length
    return {
      ...{ town, documentIds, vocabulary, cookies: begun.map(({ cookie }) => cookie.split(';', 1)[0] ?? '') },
      items: texts + comments + amounts.inputs + amounts.answers + amounts.versions,
    }
  } finally {
    await pool.end()
  }
}

async function plantDocument(
  db: ReturnType<typeof createDb>,
  { planId, people }: Town,
  { sentence }: Vocabulary,
  number: number,
): Promise<{ documentId: string; content: Content }> {
  const [first] = people
  if (!first) throw new Error('a plan without people')
  const documentId = newId()
  const doc = new Y.Doc()
  doc.clientID = number
  const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] })
  const milestone = (text: string) => ({
    type: 'milestone',
    content: [{ type: 'milestoneTitle', content: [{ type: 'text', text }] }],
  })
  const fieldOf = (name: string) => {
    if (name === 'title') return [paragraph(sentence(8))]
    if (name === 'milestones') return [milestone(sentence(12)), milestone(sentence(12))]
    return Array.from({ length: 3 }, () => paragraph(sentence(25)))
  }
  applyContent(doc, {
    ...{ template: 'ogp-commitment', version: 1, facts: {} },
    fields: Object.fromEntries(ogpCommitment.fields.map(({ name }) => [name, { type: 'doc', content: fieldOf(name) }])),
  })
  const content = contentOf(doc)
  const { userId, sessionId, groupId } = first
  await insertDocument(db, {
    ...{
      documentId,
      planId,
      kind: 'commitment' as const,
      template: 'ogp-commitment',
      templateVersion: 1,
      title: `Commitment ${number}`,
    },
    ...{ writer: { userId, sessionId, groupId }, state: Y.encodeStateAsUpdate(doc), clientId: number },
  })
  await db.insertInto('commitment').values({ id: newId(), planId, documentId, number, createdBy: userId }).execute()
  doc.destroy()
  return { documentId, content }
}

async function plantVersions(
  pool: pg.Pool,
  { people }: Town,
  documentId: string,
  content: Content,
  count: number,
): Promise<void> {
  const ids = Array.from({ length: count }, newId)
  await pool.query(
    `insert into version (id, document_id, number, kind, name, seq, content, content_hash, html, author_ids, created_by, created_at)
     select id, $2, n, 'named', 'Versión ' || n, 1, $3, $4, $5, '{}', $6, now() - n * interval '1 hour'
     from unnest($1::text[]) with ordinality v (id, n)`,
    [ids, documentId, JSON.stringify(content), contentHash(content), contentHtml(content), people[0]?.userId],
  )
}

async function plantThreads(
  pool: pg.Pool,
  { planId, people }: Town,
  documentIds: readonly string[],
  { sentence }: Vocabulary,
  { threads, commentsOfEach }: Amounts,
): Promise<void> {
  const someone = (index: number) => people[index % people.length]?.userId ?? ''
  for (let done = 0; done < threads; done += atOnce) {
    const ids = Array.from({ length: Math.min(atOnce, threads - done) }, newId)
    const places = ids.map((_, index) => done + index)
    await pool.query(
      `insert into thread (id, plan_id, document_id, number, kind, field, seq, opened_by, opened_at)
       select id, $2, document_id, number, 'comment', 'problem', 1, opened_by, now() - number * interval '20 minutes'
       from unnest($1::text[], $3::text[], $4::int[], $5::text[]) t (id, document_id, number, opened_by)`,
      [
        ...[ids, planId, places.map((place) => documentIds[place % documentIds.length])],
        ...[places.map((place) => Math.floor(place / documentIds.length) + 1), places.map(someone)],
      ],
    )
    const comments = ids.flatMap((id, index) =>
      Array.from({ length: commentsOfEach }, (_, number) => ({ id: newId(), threadId: id, number: number + 1, index })),
    )
    await pool.query(
      `insert into thread_comment (id, thread_id, number, author_id, key, body, salt, entry, written_at)
       select c.id, c.thread_id, c.number, c.author_id, c.id, c.body, '', 1, t.opened_at + c.number * interval '1 minute'
       from unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::text[]) c (id, thread_id, number, author_id, body)
       join thread t on t.id = c.thread_id`,
      [
        ...[comments.map(({ id }) => id), comments.map(({ threadId }) => threadId)],
        ...[comments.map(({ number }) => number), comments.map(({ index, number }) => someone(index + number))],
        comments.map(() => sentence(25)),
      ],
    )
  }
}

async function plantInputs(
  pool: pg.Pool,
  { planId, people }: Town,
  documentIds: readonly string[],
  { sentence, at }: Vocabulary,
  { inputs, answers }: Amounts,
): Promise<void> {
  const someone = people[0]?.userId
  for (let done = 0; done < inputs; done += atOnce) {
    const ids = Array.from({ length: Math.min(atOnce, inputs - done) }, newId)
    // Each holds a word that stands nowhere else.
    const words = ids.map((_, index) => `${sentence(25)} ${lonely(at, done + index)}`)
    await pool.query(
      `insert into input (id, plan_id, number, key, channel, said_on, language, words, salt, typed_by, from_id, role, consent, display, entry, brought_at)
       select id, $2, $3::int + n, id, 'paper', '2026-03-28', 'es', words, '', $4, $4, 'drafter', true, 'name', 1, now() - n * interval '5 minutes'
       from unnest($1::text[], $5::text[]) with ordinality i (id, words, n)`,
      [ids, planId, done, someone, words],
    )
    await pool.query(
      `insert into input_link (input_id, number, plan_id, document_id, by_id, entry)
       select id, 1, $2, ($3::text[])[1 + n % cardinality($3::text[])], $4, 1 from unnest($1::text[]) with ordinality i (id, n)`,
      [ids, planId, documentIds, someone],
    )
    const answered = ids.slice(0, Math.ceil((ids.length * answers) / inputs))
    await pool.query(
      `insert into input_answer (input_id, number, plan_id, outcome, reason, salt, by_id, entry)
       select id, 1, $2, 'not_adopted', reason, '', $3, 1 from unnest($1::text[], $4::text[]) a (id, reason)`,
      [answered, planId, someone, answered.map(() => sentence(20))],
    )
  }
}

/** A word that stands in one input alone. */
export const lonely = (at: Vocabulary['at'], place: number): string => at(1_000_000 + place * 7)
