import { randomInt } from 'node:crypto'
import { contentHash } from '@cabildo/schema/canonical'
import { schemaHash } from '@cabildo/schema/rules'
import { plantDocument, plantPlan, type Someone } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp } from '@cabildo/testkit/test-app'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { newId } from '../db/ids.ts'
import { findRuns } from './store.ts'

let database: FreshDatabase
let world: TestApp
beforeAll(async () => {
  database = await freshDatabase()
  world = createTestApp(database)
})
afterAll(() => database.drop())

async function documentWith() {
  const { planId, people } = await plantPlan(database.db, { ana: 'drafter', ben: 'drafter', rita: 'reviewer' })
  const documentId = await plantDocument(database.db, planId, people.ana, 'Cuentas claras')
  const as = await world.cookieOf(people.ana)
  return { planId, people, documentId, as }
}

const personOf = ({ userId, name, groupId }: Someone) => ({
  id: userId,
  name,
  group: { id: groupId, name: 'Neighbours', sector: 'civil_society' },
})

/** Has the room make an edit in somebody's name: appends to the first paragraph of `summary`. */
async function write(documentId: string, { userId, sessionId, groupId }: Someone, text: string) {
  const writer = { userId, sessionId, groupId }
  return world.rooms.edit(documentId, { writer, via: 'draft' }, (doc) => {
    const paragraph = doc.getXmlFragment('summary').get(0) as Y.XmlElement
    const last = paragraph.get(0) as Y.XmlText
    last.insert(last.length, text)
  })
}

const summaryOf = (body: { content: { fields: Record<string, { content: { content?: { text: string }[] }[] }> } }) =>
  body.content.fields.summary?.content[0]?.content?.[0]?.text

test('an editor opens a document without its text', async () => {
  const { documentId, people, as } = await documentWith()
  const whole = await (await world.ask(`GET /api/documents/${documentId}`, { as })).json()
  const { content: _, contentHash: __, ...opening } = whole
  expect(await (await world.ask(`GET /api/documents/${documentId}/opening`, { as })).json()).toEqual(opening)

  const reader = await world.cookieOf(people.rita)
  const read = await (await world.ask(`GET /api/documents/${documentId}/opening`, { as: reader })).json()
  expect(read.may).toEqual({ edit: false, saveVersion: false, restore: false, writeFor: false, propose: true })
  expect((await world.ask(`GET /api/documents/${newId()}/opening`, { as })).status).toBe(404)
})

test('a document shows what is committed, with the hash of exactly that', async () => {
  const { planId, people, documentId, as } = await documentWith()
  await write(documentId, people.ben, 'Lo que se gasta.')
  const response = await world.ask(`GET /api/documents/${documentId}`, { as })
  const body = await response.json()

  expect(response.status).toBe(200)
  expect(body).toEqual({
    id: documentId,
    planId,
    kind: 'commitment',
    schema: schemaHash,
    template: 'ogp-commitment',
    templateVersion: 1,
    epoch: 1,
    headSeq: 2,
    status: 'open',
    content: expect.objectContaining({ template: 'ogp-commitment', version: 1 }),
    contentHash: contentHash(body.content),
    may: { edit: true, saveVersion: true, restore: true, writeFor: false, propose: true },
    me: personOf(people.ana),
  })
  expect(summaryOf(body)).toBe('Lo que se gasta.')
  expect(Object.keys(body.content.fields).sort()).toEqual(
    // docs/architecture.md, 7
    'accountability background causes milestones participation problem resources results solution summary title transparency'.split(
      ' ',
    ),
  )
})

test('what one may do follows from the role and from whether the document is open', async () => {
  const { people, documentId, as } = await documentWith()
  const rita = await world.cookieOf(people.rita)
  const mayOf = async (cookie: string) =>
    (await (await world.ask(`GET /api/documents/${documentId}`, { as: cookie })).json()).may

  expect(await mayOf(rita)).toEqual({ edit: false, saveVersion: false, restore: false, writeFor: false, propose: true })
  await database.db.updateTable('document').set({ status: 'frozen' }).where('id', '=', documentId).execute()
  const fresh = createTestApp(database)
  const body = await (await fresh.ask(`GET /api/documents/${documentId}`, { as })).json()
  expect([body.status, body.may]).toEqual([
    'frozen',
    { edit: false, saveVersion: true, restore: false, writeFor: false, propose: true },
  ])
})

test('[T4] a foreign document looks like a missing one, at every address under it', async () => {
  const { documentId } = await documentWith()
  const { as } = await documentWith()
  for (const path of ['', '/at/1', '/history', '/versions', '/drafts']) {
    const foreign = await world.ask(`GET /api/documents/${documentId}${path}`, { as })
    const missing = await world.ask(`GET /api/documents/${newId()}${path}`, { as })
    expect([foreign.status, await foreign.json()], path).toEqual([missing.status, await missing.json()])
    expect(foreign.status).toBe(404)
  }
})

test('the past is told by row: the text then, who wrote that row and when', async () => {
  const { people, documentId, as } = await documentWith()
  await write(documentId, people.ana, 'Uno.')
  await write(documentId, people.ben, ' Dos.')
  const at = async (seq: number | string) => {
    const response = await world.ask(`GET /api/documents/${documentId}/at/${seq}`, { as })
    return { status: response.status, body: await response.json() }
  }

  const then = await at(2)
  expect(then.body).toEqual({
    seq: 2,
    at: expect.stringMatching(/Z$/),
    author: personOf(people.ana),
    content: expect.anything(),
    contentHash: contentHash(then.body.content),
  })
  expect(summaryOf(then.body)).toBe('Uno.')
  const now = await at(3)
  expect([summaryOf(now.body), now.body.author]).toEqual(['Uno. Dos.', personOf(people.ben)])
  expect(summaryOf((await at(1)).body)).toBeUndefined()
  expect([(await at(4)).status, (await at(-1)).status, (await at('x')).status]).toEqual([404, 404, 404])
})

/** Rows straight into the log, with the times and writers wanted: `seconds` since the first. */
async function log(documentId: string, rows: { by: Someone; seconds: number; via?: string }[]) {
  for (const [index, { by, seconds, via = 'edit' }] of rows.entries()) {
    const doc = new Y.Doc()
    doc.clientID = randomInt(2 ** 32)
    await sql`
      insert into document_update (document_id, seq, user_id, via, bytes, stored_at)
      values (${documentId}, ${index + 2}, ${by.userId}, ${via}, ${Buffer.from(Y.encodeStateAsUpdate(doc))},
        timestamptz '2026-03-28 15:00:00Z' + ${seconds} * interval '1 second')`.execute(database.db)
  }
  await sql`update document set head_seq = ${rows.length + 1} where id = ${documentId}`.execute(database.db)
}

test('history joins what one person wrote without a pause of two minutes', async () => {
  const { people, documentId, as } = await documentWith()
  const { ana, ben } = people
  await log(documentId, [
    { by: ana, seconds: 0 },
    { by: ana, seconds: 120 },
    { by: ana, seconds: 240.001 },
    { by: ben, seconds: 241 },
    { by: ben, seconds: 242 },
    { by: ben, seconds: 243, via: 'restore' },
    { by: ana, seconds: 244 },
  ])
  const pages: { items: { fromSeq: number }[]; nextCursor: string | null }[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const query: string = cursor === '' ? '' : `&cursor=${cursor}`
    const response = await world.ask(`GET /api/documents/${documentId}/history?limit=2${query}`, { as })
    const page = (await response.json()) as (typeof pages)[number]
    pages.push(page)
    cursor = page.nextCursor
  }

  const time = (seconds: number) => new Date(Date.UTC(2026, 2, 28, 15) + seconds * 1000).toISOString()
  const run = (fromSeq: number, toSeq: number, by: Someone, from: number, to: number, via = 'edit') => ({
    fromSeq,
    toSeq,
    typedBy: null,
    startedAt: time(from),
    endedAt: time(to),
    author: personOf(by),
    via,
  })
  expect(pages.map(({ items }) => items.length)).toEqual([2, 2, 2])
  expect(pages.flatMap(({ items }) => items).slice(1)).toEqual([
    run(2, 3, ana, 0, 120),
    run(4, 4, ana, 240.001, 240.001),
    run(5, 6, ben, 241, 242),
    run(7, 7, ben, 243, 243, 'restore'),
    run(8, 8, ana, 244, 244),
  ])
  expect(pages[0]?.items[0]).toMatchObject({ fromSeq: 1, toSeq: 1, via: 'template', author: personOf(ana) })
})

test('a page of a long history reads no more of the log than it shows', async () => {
  const { people, documentId } = await documentWith()
  await sql`
    insert into document_update (document_id, seq, user_id, via, bytes, stored_at)
    select ${documentId}, n + 1, case when n / 10 % 2 = 0 then ${people.ana.userId} else ${people.ben.userId} end,
      'edit', '\\x0000', now() + n * interval '1 second'
    from generate_series(1, 20000) n`.execute(database.db)
  await sql`analyze document_update`.execute(database.db)
  const { runs, read } = await database.db.transaction().execute(async (trx) => {
    const runs = await findRuns(trx, documentId, { after: 0, limit: 50 })
    const { rows } = await sql<{ read: number }>`
      select seq_tup_read + idx_tup_fetch as read from pg_stat_xact_user_tables where relname = 'document_update'`.execute(
      trx,
    )
    return { runs, read: rows[0]?.read }
  })

  expect(runs.map(({ fromSeq }) => fromSeq).slice(0, 4)).toEqual([1, 2, 11, 21])
  expect(runs).toHaveLength(50)
  // 51 runs of ten rows, and the last row of each once more.
  expect(read).toBeGreaterThan(500)
  expect(read).toBeLessThan(700)
})
