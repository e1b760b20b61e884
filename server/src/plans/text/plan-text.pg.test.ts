import { contentOf } from '@cabildo/schema/content'
import { ogpPlan, planRows } from '@cabildo/schema/templates/ogp-plan'
import { fieldText } from '@cabildo/schema/text'
import { plantPlan } from '@cabildo/testkit/factories'
import { openApp } from '@cabildo/testkit/open-app'
import type { FreshDatabase } from '@cabildo/testkit/postgres'
import { textOf } from '@cabildo/testkit/room-clients'
import { connectProvider } from '@cabildo/testkit/room-provider'
import { startServer } from '@cabildo/testkit/server-process'
import type { TestApp } from '@cabildo/testkit/test-app'
import { sitDown } from '@cabildo/testkit/typist'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import * as Y from 'yjs'
import { createContentMemo } from '../../documents/content-memo.ts'
import { insertDocument } from '../../rooms/adapters/new-document.ts'
import { givePlansTexts } from '../making/service.ts'
import { createLeads } from './leads.ts'
import { readPlanSections } from './service.ts'

let database: FreshDatabase
let world: TestApp
openApp((...made) => {
  ;[database, world] = made
})

/** A plan with its text, and people who ask. */
async function planWithText() {
  const { db } = database
  const planted = await plantPlan(db, { cora: 'coordinator', ana: 'drafter', beto: 'drafter', rita: 'reviewer' })
  await givePlansTexts({ db, insertDocument })
  const { planId, people } = planted
  const as = Object.fromEntries(
    await Promise.all(Object.entries(people).map(async ([name, one]) => [name, await world.cookieOf(one)] as const)),
  )
  const ask = async (by: string, key: string, body?: unknown) => {
    const response = await world.ask(key, { ...(as[by] && { as: as[by] }), ...(body !== undefined && { body }) })
    return { status: response.status, body: await response.json() }
  }
  const read = (by = 'ana') => ask(by, `GET /api/plans/${planId}/document`)
  const say = (by: string, body: unknown) => ask(by, `PATCH /api/plans/${planId}`, body)
  const { documentId } = (await read()).body
  return { planId, people, documentId, ask, read, say }
}

describe('[PD3] the document of a plan', () => {
  test('is written by several through its room, versioned, compared and talked about, like any other', async () => {
    const { people, documentId, ask } = await planWithText()
    const opening = await ask('ana', `GET /api/documents/${documentId}/opening`)
    expect(opening.body).toMatchObject({ kind: 'plan', template: 'ogp-plan', templateVersion: 1, may: { edit: true } })
    const [ana, beto] = [
      await sitDown(world.rooms, documentId, people.ana),
      await sitDown(world.rooms, documentId, people.beto),
    ]
    textOf(ana.doc, 'vision').insert(0, 'Puertas abiertas')
    textOf(beto.doc, 'challenges').insert(0, 'Lo que falta')
    await Promise.all([ana.saved(), beto.saved()])
    ana.leave()
    beto.leave()
    const { body: version } = await ask('ana', `POST /api/documents/${documentId}/versions`, { name: 'Primera' })
    expect(version.authors.map(({ name }: { name: string }) => name).sort()).toEqual(['ana', 'beto'])
    const { body: diff } = await ask(
      'rita',
      `GET /api/documents/${documentId}/versions/${version.id}/diff?with=previous`,
    )
    const changed = diff.fields.filter((field: { changed: boolean }) => field.changed)
    expect(changed.map(({ field }: { field: string }) => field)).toEqual(
      expect.arrayContaining(['vision', 'challenges']),
    )

    const thread = (field: string) =>
      ask('rita', `POST /api/documents/${documentId}/threads`, {
        ...{ key: `k-${field}-0123456789abcdef`, kind: 'question', body: '¿Y los jóvenes?', field },
      })
    expect((await thread('diversity')).status).toBe(201)
    const foreign = await thread('problem')
    expect([foreign.status, foreign.body.errors[0].pointer]).toEqual([400, '/field'])

    const { body: shares } = await ask('rita', `GET /api/documents/${documentId}/authorship`)
    expect(Object.keys(shares.fields)).toEqual(ogpPlan.fields.map(({ name }) => name))
    expect(shares.authors.map(({ written }: { written: number }) => written).sort()).toEqual([12, 16])

    const hunk = { target: 'blocks', field: 'problem', ids: [], before: [], after: [{ type: 'paragraph' }] }
    const proposed = await ask('rita', `POST /api/documents/${documentId}/proposals`, {
      ...{ key: 'p-0123456789abcdefgh', note: 'Otra forma', hunks: [hunk] },
    })
    expect([proposed.status, proposed.body.code]).toEqual([400, 'invalid'])
  })

  test('opens in y-websocket’s own provider, also for a plan from before plans had a text', async () => {
    const { planId, people } = await plantPlan(database.db, { ana: 'drafter', beto: 'coordinator' })
    const server = await startServer({ databaseUrl: database.url })
    onTestFinished(async () => void (await server.stop()))
    const cookies = { ana: await world.cookieOf(people.ana), beto: await world.cookieOf(people.beto) }
    const get = async (path: string) =>
      (await fetch(`${server.url}${path}`, { headers: { cookie: cookies.ana } })).json()
    const { documentId } = await get(`/api/plans/${planId}/document`)
    const { schema } = await get(`/api/documents/${documentId}`)
    const open = (cookie: string) => {
      const doc = new Y.Doc()
      const room = connectProvider(server.url, documentId, doc, { cookie, params: { schema } })
      onTestFinished(() => room.destroy())
      return { doc, room }
    }
    const [ana, beto] = [open(cookies.ana), open(cookies.beto)]
    const until = { timeout: 20_000, interval: 25 }
    await vi.waitUntil(() => ana.room.provider.synced && beto.room.provider.synced, until)
    textOf(ana.doc, 'forewords').insert(0, 'Gracias')
    await vi.waitUntil(() => fieldText(contentOf(beto.doc).fields.forewords) === 'Gracias', until)
    await vi.waitUntil(() => ana.room.saved === ana.room.sent, until)
    // Of another form: the room lets the sender go and changes nothing.
    beto.doc.getXmlFragment('problem').insert(0, [new Y.XmlElement('paragraph')])
    await vi.waitUntil(() => beto.room.closeCodes.includes(4422), until)
    const { content } = await get(`/api/documents/${documentId}`)
    expect([content.template, fieldText(content.fields.forewords)]).toEqual(['ogp-plan', 'Gracias'])
    // Made once, in the name of who coordinates.
    const rows = await database.db
      .selectFrom('document')
      .where('planId', '=', planId)
      .select(['kind', 'createdBy'])
      .execute()
    expect(rows).toEqual([{ kind: 'plan', createdBy: people.beto.userId }])
    expect(await givePlansTexts({ db: database.db, insertDocument })).toBe(0)
  })

  test('is for who takes part in the plan, and looks like none to everybody else', async () => {
    const { planId } = await planWithText()
    const other = await planWithText()
    expect((await other.ask('ana', `GET /api/plans/${planId}/document`)).status).toBe(404)
    expect((await other.ask('cora', `PATCH /api/plans/${planId}`, { start: '2026-03-01' })).status).toBe(404)
    expect((await other.ask('nobody', `GET /api/plans/${planId}/document`)).status).toBe(401)
  })
})

describe('[PD4] the days of a plan', () => {
  test('are said by who coordinates, hold together, and are entered in the record', async () => {
    const { planId, read, say } = await planWithText()
    const days = { start: '2026-03-01', submitted: '2026-03-28', end: '2027-12-31' }
    expect((await say('ana', days)).status).toBe(403)
    expect((await say('cora', days)).body.known).toMatchObject(days)
    const refused = async (change: object) => {
      const { status, body } = await say('cora', change)
      return [status, body.code, body.errors[0].pointer]
    }
    expect(await refused({ end: '2026-02-28' })).toEqual([400, 'invalid', '/end'])
    expect(await refused({ submitted: '2026-02-28' })).toEqual([400, 'invalid', '/submitted'])
    expect(await refused({ submitted: '2028-01-01' })).toEqual([400, 'invalid', '/submitted'])
    expect(await refused({ start: '2026-13-01' })).toEqual([400, 'invalid', '/start'])
    expect((await say('cora', { submitted: null })).body.known).toMatchObject({ ...days, submitted: null })
    expect((await read()).body.known).toMatchObject({ start: days.start, submitted: null, end: days.end })
    // The same again says nothing new.
    await say('cora', { start: days.start })
    const told = await database.db
      .selectFrom('recordEntry as e')
      .innerJoin('recordPayload as p', (join) => join.onRef('p.planId', '=', 'e.planId').onRef('p.seq', '=', 'e.seq'))
      .where('e.planId', '=', planId)
      .where('e.type', '=', 'plan')
      .orderBy('e.seq')
      .select('p.payload')
      .execute()
    expect(told.map(({ payload }) => JSON.parse(payload))).toEqual([
      { kind: 'days', ...days },
      { kind: 'days', ...days, submitted: null },
    ])
  })

  test('[PD6] how to reach the monitoring body is for who runs the plan, and no part of the record', async () => {
    const { planId, read, say } = await planWithText()
    expect((await say('ana', { monitorContact: 'x' })).status).toBe(403)
    expect((await say('cora', { monitorContact: ' 6000-0000 ' })).body.monitorContact).toBe('6000-0000')
    expect((await read('cora')).body).toMatchObject({
      monitorContact: '6000-0000',
      may: { describe: true, knowContact: true },
    })
    expect((await read('rita')).body).toMatchObject({
      monitorContact: null,
      may: { describe: false, knowContact: false },
    })
    const entries = await database.db
      .selectFrom('recordEntry')
      .where('planId', '=', planId)
      .where('type', '=', 'plan')
      .select('seq')
      .execute()
    expect(entries).toEqual([])
    expect((await say('cora', { monitorContact: '' })).body.monitorContact).toBeNull()
  })
})

test('[PD5] what the program knows is read from its rows: groups, and who leads the commitments that stand', async () => {
  const { planId, people, ask, read } = await planWithText()
  const say = (documentId: string, leadInstitution: string) => {
    const { userId, sessionId, groupId } = people.ana
    return world.rooms.edit(documentId, { writer: { userId, sessionId, groupId }, via: 'draft' }, (doc) =>
      doc.getMap('facts').set('leadInstitution', leadInstitution),
    )
  }
  const lead = async (title: string, leadInstitution: string) => {
    const { body } = await ask('ana', `POST /api/plans/${planId}/commitments`, { title })
    await say(body.documentId, leadInstitution)
    return body
  }
  await lead('Uno', 'Tesorería Municipal')
  const second = await lead('Dos', 'Concejo')
  await lead('Tres', 'tesorería  municipal')
  const withdrawn = await lead('Cuatro', 'Nadie')
  await database.db.updateTable('commitment').set({ state: 'withdrawn' }).where('id', '=', withdrawn.id).execute()
  const { known } = (await read()).body
  expect(known).toMatchObject({
    institutions: [
      { name: 'Tesorería Municipal', commitments: [1, 3] },
      { name: 'Concejo', commitments: [2] },
    ],
    groups: [{ id: people.ana.groupId, name: 'Neighbours', sector: 'civil_society' }],
    meetings: { total: 0, open: 0 },
  })
  await say(second.documentId, 'Juntas comunales')
  expect((await read()).body.known.institutions).toMatchObject([{ commitments: [1, 3] }, { name: 'Juntas comunales' }])
})

test('[PD7] the rows of the form are read as they stand, or of a version, with what the program knows', async () => {
  const { planId, people, documentId, ask, say } = await planWithText()
  const deps = {
    ...{ db: database.db, rooms: world.rooms, contentAt: createContentMemo(4), leadsOf: createLeads(world.rooms) },
    countMeetings: async () => ({ total: 14, open: 12 }),
  }
  await say('cora', { start: '2026-03-01', end: '2027-12-31', monitorContact: '6000-0000' })
  const ana = await sitDown(world.rooms, documentId, people.ana)
  textOf(ana.doc, 'vision').insert(0, 'Antes <b>')
  await ana.saved()
  const { body: version } = await ask('ana', `POST /api/documents/${documentId}/versions`, { name: 'Primera' })
  textOf(ana.doc, 'vision').insert(9, ' y después')
  await ana.saved()
  ana.leave()

  const now = await readPlanSections(deps, planId)
  const then = await readPlanSections(deps, planId, { versionId: version.id })
  const rows = (told: typeof now) => told?.sections.flatMap((section) => section.rows) ?? []
  // All but the contact, which is published nowhere.
  expect(rows(now).map(({ row }) => row)).toEqual(planRows.map(({ row }) => row).filter((row) => row !== 24))
  const row = (told: typeof now, number: number) => rows(told).find((one) => one.row === number)
  expect(row(now, 9)).toMatchObject({
    ...{ key: 'vision', by: 'field', label: { es: 'La visión', en: 'The vision' } },
    html: { es: '<p>Antes &lt;b&gt; y después</p>' },
    text: { en: 'Antes <b> y después' },
  })
  expect(row(then, 9)?.text.es).toBe('Antes <b>')
  expect(row(now, 21)?.text.es).toBe('12')
  expect(row(now, 4)?.html).toEqual({ es: '<p>diciembre de 2027</p>', en: '<p>December 2027</p>' })
  expect(row(now, 10)?.html.es).toBe('')
  expect(then).toMatchObject({ documentId, contentHash: version.contentHash, version: { number: 1, name: 'Primera' } })
  expect(now?.contentHash).toBe((await ask('ana', `GET /api/documents/${documentId}`)).body.contentHash)
  expect(JSON.stringify(now)).not.toContain('6000-0000')
  expect(
    await readPlanSections({ ...deps, countMeetings: async () => null }, planId, { versionId: 'x'.repeat(22) }),
  ).toBeUndefined()
})

test('[PD8] what is found and told of a plan’s text leads to it under the number 0', async () => {
  const { planId, people, documentId, ask } = await planWithText()
  const ana = await sitDown(world.rooms, documentId, people.ana)
  textOf(ana.doc, 'vision').insert(0, 'Ventanilla resplandeciente')
  await ana.saved()
  ana.leave()
  await ask('ana', `POST /api/documents/${documentId}/versions`, { name: 'Resplandeciente' })
  const { body: found } = await ask('rita', `GET /api/plans/${planId}/search?q=resplandeciente`)
  const versions = found.groups.find(({ kind }: { kind: string }) => kind === 'version')
  expect(versions.items[0].document).toEqual({ id: documentId, number: 0, title: 'A plan' })
  const { body: news } = await ask('rita', `GET /api/plans/${planId}/news`)
  expect(news.items[0]).toMatchObject({ kind: 'version', document: { id: documentId, number: 0, title: 'A plan' } })
  expect(news.texts.map(({ document }: { document: { number: number } }) => document.number)).toEqual([0])

  const opening = { key: 'k-0123456789abcdefgh', kind: 'question', body: '¿Y los jóvenes?', field: 'diversity' }
  const { body: thread } = await ask('rita', `POST /api/documents/${documentId}/threads`, opening)
  const { body: input } = await ask('rita', `POST /api/documents/${documentId}/threads/${thread.id}/input`, {})
  expect(input.links).toMatchObject([{ document: { id: documentId, number: 0 }, field: 'diversity' }])

  await world.recorder.catchUp()
  const { body: taken } = await ask('ana', `POST /api/documents/${documentId}/receipts`)
  const { body: receipt } = await ask('nobody', 'POST /api/receipts/look', { code: taken.code })
  expect(receipt.document).toEqual({ number: 0, title: 'A plan' })
  expect(receipt.became).toMatchObject({ state: null, status: 'open', fields: [{ field: 'vision' }] })
})
