import type pg from 'pg'
import * as Y from 'yjs'
import { createSessions } from '../../server/src/auth/sessions.ts'
import { createDb, createPool } from '../../server/src/db/client.ts'
import { newId } from '../../server/src/db/ids.ts'
import { migrate } from '../../server/src/db/migrate.ts'
import { insertDocument } from '../../server/src/rooms/adapters/new-document.ts'
import { createRandom } from '../harness/random.ts'
import { dropIndexes, insertRows } from '../record/plant.ts'
import { foundTown, type Town } from '../record/town.ts'
import { createVocabulary, type Vocabulary } from '../search/words.ts'
import { openPaper, type Paper } from './paper.ts'
import { createTelling, type HistoryRows, noHistory } from './tell.ts'

/** How large a plan is. Without entries, the program enters by itself what it finds. */
export interface PlanSize {
  slug: string
  people: number
  commitments: number
  /** Of each long field. */
  paragraphs: number
  /** Of each paragraph. */
  words: number
  inputs: number
  entries: number
}

/** A plan, and the cookie of a facilitator of it, of whom no second factor is asked. */
export interface PlantedPlan {
  slug: string
  cookie: string
}

const atOnce = 2000
const year = 365 * 24 * 60 * 60 * 1000

/** Plants plans, with their history in bulk; the tree is left to the program, which takes in what waits. */
export async function plantPlans(url: string, sizes: readonly PlanSize[], seed: number): Promise<PlantedPlan[]> {
  const pool = createPool({ connectionString: url, options: '-c synchronous_commit=off' })
  try {
    await migrate(pool)
    const random = createRandom(seed)
    const planted: PlantedPlan[] = []
    for (const size of sizes) planted.push(await plantPlan(pool, size, random))
    await pool.query('vacuum analyze')
    return planted
  } finally {
    await pool.end()
  }
}

async function plantPlan(pool: pg.Pool, size: PlanSize, random: () => number): Promise<PlantedPlan> {
  const { slug, people, entries, inputs } = size
  const db = createDb(pool)
  const town = await db.transaction().execute((trx) => foundTown(trx, slug, { people, documents: 0 }))
  const { planId, people: townspeople } = town
  const [first] = townspeople
  if (!first) throw new Error('a plan without people')
  const { userId } = first
  await db
    .updateTable('member')
    .set({ role: 'facilitator' })
    .where('planId', '=', planId)
    .where('userId', '=', userId)
    .execute()
  await db.updateTable('plan').set({ state: 'drafting' }).where('id', '=', planId).execute()
  const vocabulary = createVocabulary(random)
  const papers = await plantPapers(pool, town, vocabulary, size)
  if (entries > 0) {
    const to = Date.now() - 60 * 60 * 1000
    const telling = createTelling(town, papers, vocabulary, { entries, inputs, from: to - year, to, random })
    await storeHistory(pool, telling, entries)
    const { hash, at } = telling.end()
    await pool.query('insert into record_head (plan_id, seq, hash, at) values ($1, $2, $3, $4)', [
      ...[planId, telling.seq, Buffer.from(hash), at],
    ])
    for (const paper of papers) await storeEnd(pool, paper)
  }
  for (const { doc } of papers) doc.destroy()
  const { cookie } = await createSessions(db, { secure: false }).begin(userId)
  return { slug, cookie: cookie.split(';', 1)[0] ?? '' }
}

async function plantPapers(
  pool: pg.Pool,
  { planId, people: [first] }: Town,
  vocabulary: Vocabulary,
  { commitments, paragraphs, words }: PlanSize,
): Promise<Paper[]> {
  if (!first) throw new Error('a plan without people')
  const db = createDb(pool)
  const { userId, sessionId, groupId } = first
  const papers: Paper[] = []
  for (let number = 1; number <= commitments; number += 1) {
    const documentId = newId()
    const paper = openPaper(documentId, number, vocabulary, { paragraphs, words })
    const form = { kind: 'commitment', template: 'ogp-commitment', templateVersion: 1 } as const
    await insertDocument(db, {
      ...{ documentId, planId, ...form, title: `Commitment ${number}` },
      ...{ writer: { userId, sessionId, groupId }, state: paper.seed, clientId: number },
    })
    await db
      .insertInto('commitment')
      .values({ id: newId(), planId, documentId, number, state: 'drafting', createdBy: userId })
      .execute()
    const { storedAt } = await db
      .selectFrom('documentUpdate')
      .select('storedAt')
      .where('documentId', '=', documentId)
      .executeTakeFirstOrThrow()
    paper.begunAt = storedAt.toISOString()
    papers.push(paper)
  }
  return papers
}

async function storeHistory(
  pool: pg.Pool,
  telling: { readonly seq: number; write(rows: HistoryRows): void },
  entries: number,
): Promise<void> {
  // An index made at the end is made in a fraction of the time.
  const indexes = await dropIndexes(pool, ['record_entry', 'record_payload', 'document_update'])
  for (let rows = noHistory(); telling.seq < entries; rows = noHistory()) {
    while (telling.seq < entries && rows.record_entry.length < atOnce) telling.write(rows)
    // Interfaces have no index of their own.
    await insertRows(pool, { ...rows })
  }
  for (const definition of indexes) await pool.query(definition)
}

/** The log's head, how far it is entered, and the text as it stands, so that no room reads all of its log. */
async function storeEnd(pool: pg.Pool, { documentId, doc, seq }: Paper): Promise<void> {
  await pool.query('update document set head_seq = $2 where id = $1', [documentId, seq])
  await pool.query('insert into record_sealed (document_id, seq) values ($1, $2)', [documentId, seq])
  await pool.query('insert into document_snapshot (document_id, seq, state) values ($1, $2, $3)', [
    ...[documentId, seq, Buffer.from(Y.encodeStateAsUpdate(doc))],
  ])
}
