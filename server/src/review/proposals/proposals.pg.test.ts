import type { Authorship } from '@cabildo/protocol/http/authorship'
import type { Proposal } from '@cabildo/protocol/http/proposals'
import { nodeVerifiers } from '@cabildo/record/cli/verifiers'
import { payloadCommitment } from '@cabildo/record/hash'
import { readUpdateBatch } from '@cabildo/record/payloads'
import { verifyBundle } from '@cabildo/record/verify'
import { contentOfState, type JsonNode } from '@cabildo/schema/content'
import { hunksOfField } from '@cabildo/schema/hunks/compare'
import type { Hunk } from '@cabildo/schema/hunks/hunk'
import { textOf } from '@cabildo/schema/text'
import { erasingWith } from '@cabildo/testkit/erasing'
import { plantDocument, plantPlan, type Someone } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { takeSeat } from '@cabildo/testkit/room-seat'
import { createTestApp, type TestApp, testSigner } from '@cabildo/testkit/test-app'
import { waitForWaiting } from '@cabildo/testkit/waiting'
import { plantWorkshopWorld } from '@cabildo/testkit/workshop-world'
import { createRebuilding } from '@cabildo/verify/rebuild'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { holdPeople } from '../../db/holding.ts'
import { createAccessReader } from '../../people/access.ts'
import { eraseByProgram } from '../../privacy/erasing/service.ts'
import { findDifferences } from '../../record/audit/service.ts'
import { mostOpen, toldText } from './rules.ts'

let database: FreshDatabase
let world: TestApp
beforeAll(async () => {
  database = await freshDatabase()
  world = createTestApp(database)
})
afterAll(() => database.drop())

const sentence = 'Se publica cada mes lo que se gasta.'
let keys = 0
const key = () => `key-of-a-proposal-${++keys}`
const words = (value: string): JsonNode => ({ type: 'text', text: value })
const paragraph = (value: string): JsonNode => ({ type: 'paragraph', content: [words(value)] })
const docOf = (...content: JsonNode[]): JsonNode => ({ type: 'doc', content })

const edit = (documentId: string, { userId, sessionId, groupId }: Someone, change: (doc: Y.Doc) => void) =>
  world.rooms.edit(documentId, { writer: { userId, sessionId, groupId }, via: 'draft' }, change)

const summaryOf = (doc: Y.Doc, at = 0) => (doc.getXmlFragment('summary').get(at) as Y.XmlElement).get(0) as Y.XmlText

/** A document with a sentence by Ana, two reviewers who may not write there, and two who decide. */
async function scene() {
  const { planId, people } = await plantPlan(database.db, {
    ana: 'drafter',
    rev: 'reviewer',
    ruth: 'reviewer',
    cora: 'coordinator',
  })
  const documentId = await plantDocument(database.db, planId, people.ana, 'Cuentas')
  await edit(documentId, people.ana, (doc) => summaryOf(doc).insert(0, sentence))
  const as = {
    ana: await world.cookieOf(people.ana),
    rev: await world.cookieOf(people.rev),
    ruth: await world.cookieOf(people.ruth),
    cora: await world.cookieOf(people.cora),
  }
  const base = `/api/documents/${documentId}/proposals`
  const committed = async () => (await world.rooms.read(documentId))?.state ?? new Uint8Array([0, 0])
  /** The hunks that make of the summary what is wanted, as a client makes them. */
  const towards = async (...wanted: JsonNode[]): Promise<Hunk[]> => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, await committed())
    return hunksOfField(doc, 'summary', docOf(...wanted))
  }
  const propose = (by: string, hunks: readonly unknown[], more: object = {}) =>
    world.ask(`POST ${base}`, { as: by, body: { key: key(), note: 'Más claro.', hunks, ...more } })
  const proposed = async (by: string, hunks: readonly unknown[], more: object = {}): Promise<Proposal> => {
    const answer = await propose(by, hunks, more)
    expect(answer.status).toBe(201)
    return answer.json()
  }
  const act = (by: string, id: string, step: string, body: object = {}) =>
    world.ask(`POST ${base}/${id}/${step}`, { as: by, body })
  const list = async (by = as.ana): Promise<Proposal[]> =>
    (await (await world.ask(`GET ${base}`, { as: by })).json()).items
  const says = async () =>
    (contentOfState(await committed()).fields.summary?.content ?? []).map((block) => textOf(block))
  const rows = () =>
    database.db
      .selectFrom('documentUpdate')
      .select(['seq', 'userId', 'behalfId', 'via'])
      .where('documentId', '=', documentId)
      .orderBy('seq')
      .execute()
  return { planId, people, documentId, as, base, towards, propose, proposed, act, list, says, rows }
}

const weekly = paragraph(sentence.replace('mes', 'semana'))

test('[PC1] [PC2] a reviewer proposes other words: no byte of the text changes, everybody reads what is proposed', async () => {
  const { people, as, towards, propose, proposed, list, says, rows, base } = await scene()
  const before = await rows()
  const hunks = await towards(weekly)
  const once = { key: key() }
  const [one, two] = await Promise.all([propose(as.rev, hunks, once), propose(as.rev, hunks, once)])
  expect([one.status, two.status]).toEqual([201, 201])
  expect(await says()).toEqual([sentence])
  expect(await rows()).toEqual(before)
  const items = await list()
  expect(items).toMatchObject([
    {
      ...{ number: 1, state: 'open', note: 'Más claro.', own: false, revises: null, baseSeq: 2 },
      author: { id: people.rev.userId },
      hunks: [
        { number: 1, kind: 'text', field: 'summary', before: [words('mes')], after: [words('semana')], fits: true },
      ],
      may: { decide: true, withdraw: false },
    },
  ])
  expect((await list(as.rev))[0]?.may).toEqual({ decide: false, withdraw: true })

  // A place that says something else than the proposer saw, what the form cannot hold, and one place twice.
  const [hunk] = hunks
  expect((await propose(as.rev, [{ ...hunk, before: [words('año')] }])).status).toBe(409)
  expect((await propose(as.rev, [{ ...hunk, ids: [[77, 0, 3]] }])).status).toBe(409)
  const refused = await propose(as.rev, [{ ...hunk, after: [{ type: 'script' }] }])
  expect([refused.status, (await refused.json()).errors[0].pointer]).toEqual([400, '/hunks/0'])
  expect((await propose(as.rev, [hunk, hunk])).status).toBe(400)
  let deep: JsonNode = words('x')
  for (let n = 0; n < 90; n += 1) deep = { type: 'blockquote', content: [deep] }
  const nested = { target: 'blocks', field: 'problem', ids: [], before: [{ type: 'paragraph' }], after: [deep] }
  expect((await propose(as.rev, [nested])).status).toBe(400)

  const { people: others } = await plantPlan(database.db, { eve: 'coordinator' })
  const eve = await world.cookieOf(others.eve)
  expect((await world.ask(`GET ${base}`, { as: eve })).status).toBe(404)
  expect((await propose(eve, hunks)).status).toBe(404)
  const elsewhere = await scene()
  const foreign = await elsewhere.act(elsewhere.as.cora, (await proposed(as.rev, hunks)).id, 'accept')
  expect(foreign.status).toBe(404)
})

test('[PC3] [PC4] accepting is one edit, the proposer’s words, named with whoever accepted, wherever the words stand now', async () => {
  const { planId, people, documentId, as, towards, proposed, act, says, rows } = await scene()
  const { id, salt, entry } = await proposed(as.rev, await towards(weekly))
  // As an editor splits a paragraph, and somebody writes beside: the words stand elsewhere, as they read.
  await edit(documentId, people.ana, (doc) => {
    const all = summaryOf(doc)
    const moved = all.toString().slice(5)
    all.delete(5, moved.length)
    const next = new Y.XmlElement('paragraph')
    next.insert(0, [new Y.XmlText(`Todo ${moved}`)])
    doc.getXmlFragment('summary').insert(1, [next])
  })
  expect((await act(as.ruth, id, 'accept')).status).toBe(403)
  const accepted: Proposal = await (await act(as.cora, id, 'accept', { reason: 'De acuerdo' })).json()
  expect(await says()).toEqual(['Se pu', 'Todo blica cada semana lo que se gasta.'])
  const last = (await rows()).at(-1)
  expect(last).toMatchObject({ userId: people.cora.userId, behalfId: people.rev.userId, via: 'proposal' })
  expect(accepted).toMatchObject({
    state: 'accepted',
    hunks: [{ state: 'accepted' }],
    steps: [{ step: 'accepted', hunks: [1], reason: 'De acuerdo', by: { id: people.cora.userId }, seq: last?.seq }],
    may: { decide: false, withdraw: false },
  })
  expect((await act(as.ana, id, 'accept')).status).toBe(409)

  const read = async (path: string) =>
    (await world.ask(`GET /api/documents/${documentId}/${path}`, { as: as.ana })).json()
  const told: Authorship = await read('authorship')
  const runs = told.fields.summary?.map(({ text, authorId, editedById }) => [text, authorId, editedById])
  const { ana, rev, cora } = people
  expect(runs).toContainEqual(['semana', rev.userId, cora.userId])
  expect(runs).toContainEqual(['blica cada ', ana.userId, ana.userId])
  expect(await read(`authorship/moments/${last?.seq}`)).toMatchObject({
    author: { id: rev.userId },
    typedBy: { id: cora.userId },
  })
  const { items } = await read('history?limit=50')
  expect(items.at(-1)).toMatchObject({ via: 'proposal', author: { id: rev.userId }, typedBy: { id: cora.userId } })

  // The record: what was proposed by hash, who accepted, whose words they are.
  await world.recorder.catchUp()
  const { rows: entries } = await sql<{ seq: number; type: string; payload: string; pid: string; behalfPid: string }>`
    select e.seq, e.type, p.payload, e.pid, e.behalf_pid from record_entry e
    join record_payload p on p.plan_id = e.plan_id and p.seq = e.seq
    where e.plan_id = ${planId} and e.type in ('proposal', 'update-batch') order by e.seq`.execute(database.db)
  const [made, step] = entries.filter(({ type }) => type === 'proposal')
  const hunk = accepted.hunks[0]
  const content = {
    kind: 'text',
    field: 'summary',
    before: JSON.stringify(hunk?.before),
    after: JSON.stringify(hunk?.after),
  } as const
  expect([made?.seq, JSON.parse(made?.payload ?? '')]).toEqual([
    entry,
    {
      ...{ act: 'proposed', document: documentId, proposal: 1, hunks: [{ kind: 'text', field: 'summary' }] },
      text: payloadCommitment(Buffer.from(salt ?? '', 'hex'), toldText('Más claro.', [content])),
    },
  ])
  expect(JSON.parse(step?.payload ?? '')).toEqual({
    ...{ act: 'accepted', document: documentId, proposal: 1, hunks: [1], seq: last?.seq, proposer: made?.pid },
    reason: payloadCommitment(Buffer.from(accepted.steps[0]?.salt ?? '', 'hex'), 'De acuerdo'),
  })
  const batch = entries.find(({ payload }) => JSON.parse(payload).via === 'proposal')
  expect(batch).toMatchObject({ pid: step?.pid, behalfPid: made?.pid })
  expect(readUpdateBatch(JSON.parse(batch?.payload ?? ''))?.behalf?.pid).toBe(made?.pid)
  // Whoever verifies finds all of it sound, and so does the server's own look.
  expect(await findDifferences(database.db, planId)).toEqual([])
  const bundle = await world.ask(`GET /api/plans/${planId}/record/bundle`, { as: as.cora })
  const report = await verifyBundle(new Uint8Array(await bundle.arrayBuffer()), {
    trustedKeys: testSigner.verifierKeys.slice(0, 1),
    rebuild: createRebuilding().rebuild,
    verifiers: nodeVerifiers,
  })
  expect(report.exitCode).toBe(0)
  const proposalTexts = JSON.stringify(entries.filter(({ type }) => type === 'proposal'))
  expect(proposalTexts).not.toMatch(/semana|claro|acuerdo/)
})

test('[PC5] words that were changed since are a conflict, shown and never guessed at', async () => {
  const { people, documentId, as, towards, proposed, act, list, says } = await scene()
  const both = await proposed(as.rev, await towards(paragraph('Se publicará cada semana lo que se gasta.')))
  expect(both.hunks.map(({ before }) => before)).toEqual([[words('publica')], [words('mes')]])
  await edit(documentId, people.ana, (doc) => summaryOf(doc).insert(sentence.indexOf('mes') + 1, 'S'))
  const now = [sentence.replace('mes', 'mSes')]
  expect((await list())[0]?.hunks.map(({ fits }) => fits)).toEqual([true, false])
  const refused = await act(as.cora, both.id, 'accept')
  expect([refused.status, (await refused.json()).errors.map(({ pointer }: { pointer: string }) => pointer)]).toEqual([
    409,
    ['/hunks/1'],
  ])
  expect(await says()).toEqual(now)
  // The other part still stands, and can be accepted by itself.
  const part: Proposal = await (await act(as.cora, both.id, 'accept', { hunks: [1] })).json()
  expect(part).toMatchObject({ state: 'open', hunks: [{ state: 'accepted' }, { state: 'open', fits: false }] })
  expect(await says()).toEqual([now[0]?.replace('publica', 'publicará')])
  expect((await act(as.cora, both.id, 'reject', { reason: ' ' })).status).toBe(400)
  expect((await act(as.rev, both.id, 'reject', { reason: 'No' })).status).toBe(403)
  const rest: Proposal = await (await act(as.ana, both.id, 'reject', { reason: 'Ya cambió' })).json()
  expect(rest).toMatchObject({
    state: 'accepted',
    hunks: [{ state: 'accepted' }, { state: 'rejected' }],
    steps: [{ step: 'accepted' }, { step: 'rejected', hunks: [2], reason: 'Ya cambió' }],
  })
})

test('[PC6] of two who accept at once one does, and the other is told; of one who accepts and one who withdraws, too', async () => {
  const { as, towards, proposed, act, says, rows } = await scene()
  const { id } = await proposed(as.rev, await towards(weekly))
  const answers = await Promise.all([
    act(as.ana, id, 'accept'),
    act(as.cora, id, 'accept'),
    act(as.rev, id, 'withdraw'),
  ])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  const applied = (await rows()).filter(({ via }) => via === 'proposal').length
  expect(await says()).toEqual([applied === 1 ? sentence.replace('mes', 'semana') : sentence])
})

test('[PC6] a process that dies while an edit is on its way knows afterwards whether it arrived', async () => {
  const { people, documentId, as, towards, proposed, act, list, rows } = await scene()
  const [arrived, lost] = [
    await proposed(as.rev, await towards(weekly)),
    await proposed(as.ruth, await towards(weekly)),
  ]
  const accepting = { documentId, hunks: JSON.stringify([1]), reason: 'Sí', byId: people.cora.userId }
  await database.db
    .insertInto('proposalAccepting')
    .values([
      { ...accepting, proposalId: arrived.id, clientId: 4242 },
      { ...accepting, proposalId: lost.id, clientId: 4343 },
    ])
    .execute()
  const writer = {
    userId: people.cora.userId,
    sessionId: null,
    groupId: people.rev.groupId,
    behalfId: people.rev.userId,
  }
  await world.rooms.edit(documentId, { writer, via: 'proposal', clientId: 4242 }, (doc) =>
    summaryOf(doc).insert(0, 'X'),
  )
  const refused = await act(as.ana, arrived.id, 'reject', { reason: 'No' })
  expect(refused.status).toBe(409)
  const [one, two] = await list()
  expect(one).toMatchObject({
    state: 'accepted',
    steps: [{ step: 'accepted', reason: 'Sí', seq: (await rows()).at(-1)?.seq }],
  })
  expect(two).toMatchObject({ state: 'open', steps: [] })
  expect((await act(as.ruth, lost.id, 'withdraw')).status).toBe(200)
})

test('[PC7] one withdraws and revises one’s own alone; the earlier one is kept; one’s own can be accepted by oneself', async () => {
  const { people, as, towards, propose, proposed, act, list, says, rows } = await scene()
  const first = await proposed(as.ana, await towards(weekly))
  const daily = await towards(paragraph(sentence.replace('mes', 'día')))
  expect((await propose(as.rev, daily, { revises: first.id })).status).toBe(403)
  const second = await proposed(as.ana, daily, { revises: first.id })
  expect(second).toMatchObject({ number: 2, revises: 1, state: 'open' })
  expect((await list())[0]).toMatchObject({
    state: 'superseded',
    steps: [{ step: 'revised' }],
    hunks: [{ after: [words('semana')] }],
  })
  expect((await propose(as.ana, daily, { revises: first.id })).status).toBe(409)
  expect((await act(as.cora, second.id, 'withdraw')).status).toBe(403)
  expect((await act(as.ana, second.id, 'accept')).status).toBe(200)
  expect(await says()).toEqual([sentence.replace('mes', 'día')])
  expect((await rows()).at(-1)).toMatchObject({ userId: people.ana.userId, behalfId: null, via: 'proposal' })
  expect((await act(as.ana, second.id, 'withdraw')).status).toBe(409)
})

test('[PC8] all of one person are accepted, as far as they fit; blocks, formatting and facts, too', async () => {
  const { documentId, as, towards, proposed, says, base, list } = await scene()
  const fact = (before: unknown, after: unknown) => [{ target: 'fact', key: 'leadInstitution', before, after }]
  const mine = [
    await proposed(as.rev, await towards(weekly)),
    await proposed(as.rev, await towards(paragraph(sentence.replace('mes', 'día')))),
    await proposed(as.rev, fact(null, 'Tesorería')),
    await proposed(as.rev, fact(null, 'Alcaldía')),
  ]
  const proposals = mine.map(({ id }) => id)
  const answer = await world.ask(`POST ${base}/accept`, { as: as.cora, body: { proposals } })
  expect(await answer.json()).toEqual({
    accepted: [proposals[0], proposals[2]],
    conflicting: [proposals[1], proposals[3]],
  })
  expect(await says()).toEqual([sentence.replace('mes', 'semana')])

  const split = await proposed(
    as.rev,
    await towards(paragraph('Se publica cada semana'), paragraph('lo que se gasta.')),
  )
  expect(split.hunks.map(({ kind }) => kind)).toEqual(['block'])
  await world.ask(`POST ${base}/${split.id}/accept`, { as: as.cora, body: {} })
  expect(await says()).toEqual(['Se publica cada semana', 'lo que se gasta.'])
  const bold = { type: 'text', text: 'gasta', marks: [{ type: 'bold' }] }
  const lines = [
    paragraph('Se publica cada semana'),
    { type: 'paragraph', content: [words('lo que se '), bold, words('.')] },
  ]
  const formatted = await proposed(as.rev, await towards(...lines))
  expect(formatted.hunks.map(({ kind }) => kind)).toEqual(['formatting'])
  await world.ask(`POST ${base}/${formatted.id}/accept`, { as: as.cora, body: {} })
  const { content } = await (await world.ask(`GET /api/documents/${documentId}`, { as: as.ana })).json()
  expect(content.fields.summary.content).toEqual(lines)
  expect(content.facts.leadInstitution).toBe('Tesorería')
  expect((await list()).map(({ state }) => state)).toEqual([
    'accepted',
    'open',
    'accepted',
    'open',
    'accepted',
    'accepted',
  ])
})

test('[PC1] so many of one person wait to be decided on, and one more when one is withdrawn; nothing odd is stored', async () => {
  const { as, propose, proposed, base } = await scene()
  const fact = [{ target: 'fact', key: 'leadInstitution', before: null, after: 'Alcaldía' }]
  const first = await proposed(as.rev, fact)
  for (let more = 1; more < mostOpen; more += 1) await proposed(as.rev, fact)
  const refused = await propose(as.rev, fact)
  expect([refused.status, (await refused.json()).code]).toEqual([413, 'too_large'])
  expect((await propose(as.ruth, fact)).status).toBe(201)
  expect((await world.ask(`POST ${base}/${first.id}/withdraw`, { as: as.rev, body: {} })).status).toBe(200)
  expect((await propose(as.rev, fact)).status).toBe(201)

  const half = [{ target: 'blocks', field: 'summary', ids: [], before: [], after: [paragraph('\ud800')] }]
  expect((await propose(as.ruth, half)).status).toBe(400)
})

test('[PC9] in a frozen document one proposes and nothing is accepted; in an archived one neither', async () => {
  const { documentId, as, towards, propose, proposed, act, says } = await scene()
  const hunks = await towards(weekly)
  const { id } = await proposed(as.rev, hunks)
  const become = (status: string) =>
    sql`update document set status = ${status} where id = ${documentId}`.execute(database.db)
  await become('frozen')
  expect((await propose(as.rev, hunks)).status).toBe(201)
  expect((await act(as.cora, id, 'accept')).status).toBe(423)
  await become('archived')
  expect((await propose(as.rev, hunks)).status).toBe(423)
  expect((await act(as.cora, id, 'reject', { reason: 'Tarde' })).status).toBe(423)
  expect(await says()).toEqual([sentence])
})

test('[PC2] a guest of the workshop proposes, one who was muted does not', async () => {
  const village = await plantWorkshopWorld(database, world.ask, world.cookieOf)
  const workshop = await village.open()
  const { phone, userId } = await village.join(workshop.way, 'Luz')
  const { rows } = await sql<{ documentId: string }>`
    select document_id from workshop_document where workshop_id = ${workshop.id} limit 1`.execute(database.db)
  const path = `/api/documents/${rows[0]?.documentId}/proposals`
  const hunks = [{ target: 'fact', key: 'leadInstitution', before: null, after: 'La junta de agua' }]
  const say = () => phone.ask(`POST ${path}`, { key: key(), hunks })
  // [PC17] What one may not do is not offered.
  const mayPropose = async () =>
    (await (await phone.ask(`GET /api/documents/${rows[0]?.documentId}/opening`)).json()).may.propose
  expect(await mayPropose()).toBe(true)
  expect((await say()).status).toBe(201)
  const participant = `/api/plans/${village.planId}/workshops/${workshop.id}/participants/${userId}`
  await world.ask(`PATCH ${participant}`, { as: village.as.carla, body: { muted: true } })
  expect((await say()).status).toBe(403)
  expect(await mayPropose()).toBe(false)
  expect((await phone.ask(`GET ${path}`)).status).toBe(200)
})

test('[PC12] whoever has the document open is told of each act', async () => {
  const { people, documentId, as, towards, proposed, act } = await scene()
  const seat = await takeSeat(world.rooms, createAccessReader(database.db), people.ruth, documentId)
  const { id } = await proposed(as.rev, await towards(weekly))
  await vi.waitFor(() => expect(seat.news).toEqual(['proposals']))
  await act(as.cora, id, 'accept')
  await vi.waitFor(() => expect(seat.news).toEqual(['proposals', 'proposals']))
  expect(textOf(contentOfState(Y.encodeStateAsUpdate(seat.doc)).fields.summary)).toBe(sentence.replace('mes', 'semana'))
  seat.leave()
})

/** The tables in which some words stand. */
async function rowsWith(text: string): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public'`.execute(database.db)
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await sql`select from ${sql.table(name)} t where t::text like ${`%${text}%`}`.execute(database.db)
    if (rows.length > 0) found.push(name)
  }
  return found
}

test('[PC11] who was erased proposes nothing any more, and nothing says what they proposed or why they decided', async () => {
  const { planId, documentId, people, as, towards, proposed, act, list } = await scene()
  const hunks = await towards(paragraph(sentence.replace('mes', 'Zoraida')))
  const open = await proposed(as.ana, hunks, { note: 'Zoraida lo pide' })
  const theirs = await proposed(as.rev, await towards(weekly))
  await act(as.ana, theirs.id, 'reject', { reason: 'Zoraida no quiere' })
  await eraseByProgram(erasingWith(database.db), people.ana.userId)
  const [one, two] = await list(as.cora)
  expect(one).toMatchObject({
    state: 'withdrawn',
    note: '',
    salt: null,
    author: { name: '' },
    hunks: [{ blank: true, after: null }],
  })
  expect(two).toMatchObject({ steps: [{ reason: '', salt: null, by: { name: '' } }] })
  expect((await act(as.cora, open.id, 'accept')).status).toBe(409)
  expect(await rowsWith('Zoraida')).toEqual([])

  // That it was withdrawn is a step like any other, and in the record.
  expect(one?.steps).toMatchObject([{ step: 'withdrawn', hunks: [1], reason: '', seq: null }])
  const { payload } = await database.db
    .selectFrom('recordPayload')
    .select('payload')
    .where('planId', '=', planId)
    .where('seq', '=', one?.steps[0]?.entry ?? 0)
    .executeTakeFirstOrThrow()
  expect(JSON.parse(String(payload))).toMatchObject({ document: documentId, proposal: 1, act: 'withdrawn', hunks: [1] })
})

test('[PC16] proposals are told page by page, and each is told once', async () => {
  const { as, base, towards, proposed, propose } = await scene()
  const first = await proposed(as.rev, await towards(weekly))
  await proposed(as.ruth, await towards(weekly))
  await propose(as.rev, await towards(weekly), { revises: first.id })
  const page = async (query: string) => (await world.ask(`GET ${base}?${query}`, { as: as.cora })).json()
  const one = await page('limit=2')
  expect(one.items.map(({ number }: Proposal) => number)).toEqual([1, 2])
  const two = await page(`limit=2&cursor=${one.nextCursor}`)
  expect(two).toMatchObject({ items: [{ number: 3, revises: 1 }], nextCursor: null })
  expect((await world.ask(`GET ${base}?cursor=nothing`, { as: as.cora })).status).toBe(400)
})

test('[PC6] what became of an edit is entered by one order of locks: people before proposals', async () => {
  const { people, documentId, as, towards, proposed, act } = await scene()
  const { id } = await proposed(as.rev, await towards(weekly))
  await database.db
    .insertInto('proposalAccepting')
    .values({ documentId, proposalId: id, clientId: 4444, hunks: '[1]', reason: '', byId: people.cora.userId })
    .execute()
  let asked: Promise<Response> | undefined
  await database.db.transaction().execute(async (trx) => {
    await holdPeople(trx, [people.rev.userId])
    asked = act(as.cora, id, 'reject', { reason: 'No' })
    await waitForWaiting(database.pool, 1)
    // Whoever waits for somebody holds nothing that hangs on them.
    await sql`select from proposal where id = ${id} for update nowait`.execute(trx)
  })
  expect((await asked)?.status).toBe(200)
})
