import type { Thread } from '@cabildo/protocol/http/threads'
import { payloadCommitment } from '@cabildo/record/hash'
import { erasingWith } from '@cabildo/testkit/erasing'
import { plantDocument, plantPlan, type Someone } from '@cabildo/testkit/factories'
import { idsOfWords } from '@cabildo/testkit/ids-of-words'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp } from '@cabildo/testkit/test-app'
import { plantWorkshopWorld } from '@cabildo/testkit/workshop-world'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { eraseByProgram } from '../../privacy/erasing/service.ts'

let database: FreshDatabase
let world: TestApp
beforeAll(async () => {
  database = await freshDatabase()
  world = createTestApp(database)
})
afterAll(() => database.drop())

const text = 'Se publica cada mes lo que se gasta.'
let keys = 0
const key = () => `key-of-a-comment-${++keys}`

/** A document with a sentence by Ana, and a reviewer who may not write there. */
async function scene() {
  const { planId, people } = await plantPlan(database.db, {
    ana: 'drafter',
    rev: 'reviewer',
    mon: 'monitor',
    cora: 'coordinator',
  })
  const documentId = await plantDocument(database.db, planId, people.ana, 'Cuentas')
  await edit(documentId, people.ana, (doc) => summaryOf(doc).insert(0, text))
  const as = {
    ana: await world.cookieOf(people.ana),
    rev: await world.cookieOf(people.rev),
    mon: await world.cookieOf(people.mon),
    cora: await world.cookieOf(people.cora),
  }
  const base = `/api/documents/${documentId}/threads`
  const open = (by: string, more: object = {}) =>
    world.ask(`POST ${base}`, { as: by, body: { key: key(), kind: 'question', body: '¿Y cada semana?', ...more } })
  const read = async (by = as.ana): Promise<Thread[]> =>
    (await (await world.ask(`GET ${base}`, { as: by })).json()).items
  return { planId, people, documentId, as, base, open, read }
}

const edit = (documentId: string, { userId, sessionId, groupId }: Someone, change: (doc: Y.Doc) => void) =>
  world.rooms.edit(documentId, { writer: { userId, sessionId, groupId }, via: 'draft' }, change)

const summaryOf = (doc: Y.Doc, paragraph = 0) =>
  (doc.getXmlFragment('summary').get(paragraph) as Y.XmlElement).get(0) as Y.XmlText

/** The ids of some words, as they are committed. */
async function idsOf(documentId: string, words: string) {
  return idsOfWords((await world.rooms.read(documentId))?.state ?? new Uint8Array([0, 0]), 'summary', words)
}

test('[TH1] [TH2] a reviewer points at words, and the thread follows them when they are moved, and waits when they are gone', async () => {
  const { people, documentId, as, open, read } = await scene()
  const response = await open(as.rev, { ids: await idsOf(documentId, 'cada mes') })
  expect(response.status).toBe(201)
  const thread: Thread = await response.json()
  expect(thread).toMatchObject({
    number: 1,
    kind: 'question',
    field: 'summary',
    quote: 'cada mes',
    seq: 2,
    places: [{ field: 'summary', text: 'cada mes', start: 11 }],
    comments: [{ number: 1, body: '¿Y cada semana?', own: true, author: { id: people.rev.userId } }],
    may: { reply: true, resolve: true },
  })

  // As an editor splits a paragraph: what follows is deleted and comes again elsewhere.
  await edit(documentId, people.ana, (doc) => {
    const all = summaryOf(doc)
    const moved = all.toString().slice(5)
    all.delete(5, moved.length)
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText(moved)])
    doc.getXmlFragment('summary').insert(1, [paragraph])
  })
  const [moved] = await read()
  expect(moved?.places.map(({ text: words, start }) => [words, start])).toEqual([['cada mes', 11]])
  expect(moved?.places[0]?.ids).not.toEqual(thread.places[0]?.ids)

  await edit(documentId, people.ana, (doc) => summaryOf(doc, 1).delete(0, 'blica ca'.length))
  const [partly] = await read()
  expect(partly?.places.map(({ text: words }) => words)).toEqual(['da mes'])
  await edit(documentId, people.ana, (doc) => doc.getXmlFragment('summary').delete(1, 1))
  const [orphan] = await read()
  expect(orphan).toMatchObject({ places: [], quote: 'cada mes', resolved: false })
})

test('[TH3] words that are not stored yet, and words that stand nowhere, are a conflict; a field that is none is refused', async () => {
  const { as, open } = await scene()
  expect((await open(as.rev, { ids: [[77, 0, 3]] })).status).toBe(409)
  const refused = await open(as.rev, { field: 'nada' })
  expect(refused.status).toBe(400)
  expect((await refused.json()).errors[0].pointer).toBe('/field')
  expect((await open(as.rev, { field: 'problem' })).status).toBe(201)
})

test('[TH1] a thread may be on a fact of the form, which has no words; what becomes an input is of the commitment', async () => {
  const { planId, documentId, as, open } = await scene()
  const response = await open(as.rev, { field: 'leadInstitution' })
  expect(response.status).toBe(201)
  const thread: Thread = await response.json()
  expect(thread).toMatchObject({ field: 'leadInstitution', quote: null, places: [] })

  const made = await world.ask(`POST /api/documents/${documentId}/threads/${thread.id}/input`, { as: as.rev, body: {} })
  expect(made.status).toBe(201)
  const input = await (
    await world.ask(`GET /api/plans/${planId}/inputs/${(await made.json()).id}`, { as: as.rev })
  ).json()
  expect(input.links).toMatchObject([{ document: { id: documentId }, field: null }])
})

test('[TH4] the same comment sent again, since the answer was lost, is there once', async () => {
  const { as, open, read, base } = await scene()
  const once = { key: key() }
  const [one, two] = await Promise.all([open(as.rev, once), open(as.rev, once)])
  const third = await open(as.rev, once)
  expect([one, two, third].map(({ status }) => status)).toEqual([201, 201, 201])
  const [thread] = await read()
  const again = { key: key(), body: 'Sí.' }
  const reply = () => world.ask(`POST ${base}/${thread?.id}/comments`, { as: as.ana, body: again })
  await Promise.all([reply(), reply(), reply()])
  const threads = await read()
  expect(threads.map(({ comments }) => comments.map(({ body }) => body))).toEqual([['¿Y cada semana?', 'Sí.']])
})

test('[TH5] one rewords and takes back one’s own words alone; the earlier ones can be read until then', async () => {
  const { as, open, read, base } = await scene()
  const thread: Thread = await (await open(as.rev)).json()
  const comment = `${base}/${thread.id}/comments/${thread.comments[0]?.id}`
  const others = { as: as.ana, body: { body: 'Otra cosa' } }
  expect((await world.ask(`PATCH ${comment}`, others)).status).toBe(403)
  expect((await world.ask(`DELETE ${comment}`, { as: as.cora, body: {} })).status).toBe(403)
  const reworded = await world.ask(`PATCH ${comment}`, { as: as.rev, body: { body: '¿Y cada quincena?' } })
  expect((await reworded.json()).comments[0]).toMatchObject({ body: '¿Y cada quincena?', editedAt: expect.any(String) })
  const { items } = await (await world.ask(`GET ${comment}/wordings`, { as: as.ana })).json()
  expect(items).toMatchObject([{ body: '¿Y cada semana?' }])

  expect((await world.ask(`DELETE ${comment}`, { as: as.rev, body: {} })).status).toBe(200)
  const [after] = await read()
  expect(after?.comments[0]).toMatchObject({ body: '', salt: null, removedAt: expect.any(String) })
  expect((await (await world.ask(`GET ${comment}/wordings`, { as: as.ana })).json()).items).toEqual([])
  expect(await rowsWith('quincena')).toEqual([])
})

/** The tables in which some words stand. */
async function rowsWith(words: string): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public'`.execute(database.db)
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await sql`select from ${sql.table(name)} t where t::text like ${`%${words}%`}`.execute(database.db)
    if (rows.length > 0) found.push(name)
  }
  return found
}

test('[TH6] resolving takes a reason, and one of two who do it at once is told; anybody’s own thread may be reopened', async () => {
  const { as, open, base } = await scene()
  const thread: Thread = await (await open(as.rev)).json()
  const path = `${base}/${thread.id}`
  const resolve = (by: string, reason: string) => world.ask(`POST ${path}/resolve`, { as: by, body: { reason } })
  expect((await resolve(as.ana, ' ')).status).toBe(400)
  expect((await resolve(as.mon, 'No me toca')).status).toBe(403)
  const answers = await Promise.all([resolve(as.ana, 'Respondida'), resolve(as.cora, 'Ya está')])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  const reopened = await world.ask(`POST ${path}/reopen`, { as: as.rev, body: { reason: '' } })
  expect(await reopened.json()).toMatchObject({ resolved: false, steps: [{ step: 'resolved' }, { step: 'reopened' }] })
})

test('[TH7] the record tells each act with a salted hash of the words, and no word itself', async () => {
  const { planId, documentId, as, open, base } = await scene()
  const thread: Thread = await (await open(as.rev, { field: 'summary' })).json()
  const resolve = { as: as.ana, body: { reason: 'Respondida' } }
  const [step] = (await (await world.ask(`POST ${base}/${thread.id}/resolve`, resolve)).json()).steps
  const rows = await database.db
    .selectFrom('recordEntry')
    .innerJoin('recordPayload', (join) =>
      join.onRef('recordPayload.planId', '=', 'recordEntry.planId').onRef('recordPayload.seq', '=', 'recordEntry.seq'),
    )
    .select(['recordEntry.seq', 'recordPayload.payload'])
    .where('recordEntry.planId', '=', planId)
    .where('recordEntry.type', '=', 'comment')
    .orderBy('recordEntry.seq')
    .execute()
  const [comment] = thread.comments
  const hash = payloadCommitment(Buffer.from(comment?.salt ?? '', 'hex'), comment?.body ?? '')
  const reason = payloadCommitment(Buffer.from(step.salt, 'hex'), 'Respondida')
  expect(rows.map(({ payload }) => JSON.parse(payload ?? ''))).toEqual([
    { act: 'opened', comment: 1, document: documentId, field: 'summary', kind: 'question', text: hash, thread: 1 },
    { act: 'resolved', document: documentId, reason, thread: 1 },
  ])
  expect(comment?.entry).toBe(rows[0]?.seq)
  expect(JSON.stringify(rows)).not.toMatch(/semana|Respondida/)
})

test('[TH8] who has no part in the plan finds nothing, and a mention is of somebody of the plan', async () => {
  const { people, as, open, base } = await scene()
  const { people: others } = await plantPlan(database.db, { eve: 'coordinator' })
  const eve = await world.cookieOf(others.eve)
  expect((await world.ask(`GET ${base}`, { as: eve })).status).toBe(404)
  expect((await open(eve)).status).toBe(404)
  const thread: Thread = await (await open(as.rev)).json()
  const elsewhere = await scene()
  const foreign = `/api/documents/${elsewhere.documentId}/threads/${thread.id}/comments`
  expect((await world.ask(`POST ${foreign}`, { as: as.rev, body: { key: key(), body: 'x' } })).status).toBe(404)

  const mention = (userId: string, mentions = [userId]) => open(as.rev, { body: `Mire, @[${userId}]`, mentions })
  expect((await mention(others.eve.userId)).status).toBe(400)
  expect((await mention(people.ana.userId, [])).status).toBe(400)
  const told: Thread = await (await mention(people.ana.userId)).json()
  expect(told.comments[0]?.mentions).toMatchObject([{ id: people.ana.userId, name: 'ana' }])
})

test('[TH9] a guest of the workshop says something, one who was muted does not', async () => {
  const village = await plantWorkshopWorld(database, world.ask, world.cookieOf)
  const workshop = await village.open()
  const { phone, userId } = await village.join(workshop.way, 'Luz')
  const { rows } = await sql<{ documentId: string }>`
    select document_id from workshop_document where workshop_id = ${workshop.id} limit 1`.execute(database.db)
  const path = `/api/documents/${rows[0]?.documentId}/threads`
  const say = () => phone.ask(`POST ${path}`, { key: key(), kind: 'comment', body: 'Falta el agua.' })
  expect((await say()).status).toBe(201)
  const read = async (token?: string) =>
    (await phone.ask(`GET ${path}${token ? `?syncToken=${token}` : ''}`)).json() as Promise<{
      syncToken: string
      items: Thread[]
    }>
  const before = await read()
  expect(before.items[0]?.may.reply).toBe(true)
  const participant = `/api/plans/${village.planId}/workshops/${workshop.id}/participants/${userId}`
  await world.ask(`PATCH ${participant}`, { as: village.as.carla, body: { muted: true } })
  expect((await say()).status).toBe(403)
  // [TH18] What changed is what one may do: all is told again, once.
  const after = await read(before.syncToken)
  expect(after.items.map(({ may }) => may.reply)).toEqual([false])
  // Others in the cluster may not be over: what was read then counts as later.
  await expect.poll(async () => (await read((await read()).syncToken)).items).toEqual([])
  expect((await phone.ask(`GET ${path}`)).status).toBe(200)
})

test('[TH10] reactions count each person once', async () => {
  const { as, open, base } = await scene()
  const thread: Thread = await (await open(as.rev)).json()
  const path = `${base}/${thread.id}/comments/${thread.comments[0]?.id}/reactions/agree`
  for (const by of [as.ana, as.ana, as.cora]) await world.ask(`PUT ${path}`, { as: by, body: {} })
  const taken = await world.ask(`DELETE ${path}`, { as: as.cora, body: {} })
  expect((await taken.json()).comments[0].reactions).toEqual([{ kind: 'agree', count: 1, mine: false }])
})

test('[TH11] who was erased is in no thread any more, neither by name nor by what they said', async () => {
  const { people, as, open, read, base } = await scene()
  const said: Thread = await (await open(as.rev, { body: 'Esto solo lo diría Zoraida.' })).json()
  const reason = { reason: 'Zoraida ya lo sabe' }
  expect((await world.ask(`POST ${base}/${said.id}/resolve`, { as: as.rev, body: reason })).status).toBe(200)
  await open(as.ana, { body: `Gracias, @[${people.rev.userId}].`, mentions: [people.rev.userId] })
  await eraseByProgram(erasingWith(database.db), people.rev.userId)
  const [theirs, other] = await read()
  expect(theirs?.comments[0]).toMatchObject({ body: '', author: { name: '', group: null } })
  expect(theirs?.steps).toMatchObject([{ reason: '', salt: null, by: { name: '' } }])
  expect(other?.comments[0]?.mentions).toMatchObject([{ name: '', group: null }])
  expect(await rowsWith('Zoraida')).toEqual([])
})

test('[TH14] the list comes by pages, and asked again with its token it tells only what changed since', async () => {
  const { people, as, open, base } = await scene()
  const opened: Thread[] = []
  for (let count = 0; count < 3; count += 1) opened.push(await (await open(as.rev)).json())
  const list = async (query: string) => await (await world.ask(`GET ${base}?${query}`, { as: as.ana })).json()
  const numbers = ({ items }: { items: Thread[] }) => items.map(({ number }) => number)
  // A token reaches back to the oldest change still under way anywhere in the cluster, so another test's counts too.
  const settled = async () => {
    const { rows } = await sql<{ id: string }>`select pg_current_xact_id()::text as id`.execute(database.db)
    const past = sql<{ past: boolean }>`select ${rows[0]?.id}::xid8 < pg_snapshot_xmin(pg_current_snapshot()) as past`
    await expect.poll(async () => (await past.execute(database.db)).rows[0]?.past, { timeout: 30_000 }).toBe(true)
  }

  await settled()
  const first = await list('limit=2')
  expect(numbers(first)).toEqual([1, 2])
  const second = await list(`limit=2&cursor=${first.nextCursor}`)
  expect([numbers(second), second.nextCursor]).toEqual([[3], null])
  const statusOf = async (limit: number) => (await world.ask(`GET ${base}?limit=${limit}`, { as: as.ana })).status
  expect([await statusOf(500), await statusOf(501)]).toEqual([200, 400])
  expect(numbers(await list(`syncToken=${first.syncToken}`))).toEqual([])

  const reaction = `${base}/${opened[1]?.id}/comments/${opened[1]?.comments[0]?.id}/reactions/agree`
  await world.ask(`PUT ${reaction}`, { as: as.rev, body: {} })
  await settled()
  const after = await list(`syncToken=${first.syncToken}`)
  expect(numbers(after)).toEqual([2])
  expect(numbers(await list(`syncToken=${after.syncToken}`))).toEqual([])
  await world.ask(`DELETE ${reaction}`, { as: as.rev, body: {} })
  expect(numbers(await list(`syncToken=${after.syncToken}`))).toEqual([2])

  // A change that began before a reading and is committed after it belongs to the next one.
  const late = await database.db.transaction().execute(async (trx) => {
    await sql`update thread set resolved_at = now() where id = ${opened[0]?.id}`.execute(trx)
    await open(as.ana)
    const meanwhile = await list(`syncToken=${after.syncToken}`)
    expect(numbers(meanwhile)).toEqual([2, 4])
    return meanwhile.syncToken
  })
  expect(numbers(await list(`syncToken=${late}`))).toContain(1)

  await settled()
  const before = await list('')
  await eraseByProgram(erasingWith(database.db), people.rev.userId)
  expect(numbers(await list(`syncToken=${before.syncToken}`))).toEqual([1, 2, 3])
  expect(numbers(await list('syncToken=9000000000000000000'))).toEqual([1, 2, 3, 4])
  expect((await world.ask(`GET ${base}?syncToken=x`, { as: as.ana })).status).toBe(400)
})

test('[TH14] where words stand comes by pages too', async () => {
  const { documentId, as, open, base } = await scene()
  await open(as.rev)
  for (const words of ['publica', 'cada mes']) await open(as.rev, { ids: await idsOf(documentId, words) })
  const page = async (query: string) => await (await world.ask(`GET ${base}/places?${query}`, { as: as.ana })).json()
  const first = await page('limit=1')
  const second = await page(`limit=1&cursor=${first.nextCursor}`)
  const texts = [first, second].map(({ items }) => items[0].places[0].text)
  expect([texts, second.nextCursor]).toEqual([['publica', 'cada mes'], null])
})
