import { randomBytes } from 'node:crypto'
import type { Meeting, Minutes } from '@cabildo/protocol/http/meetings'
import { meetingMinutes } from '@cabildo/schema/templates/meeting-minutes'
import { plantPlan } from '@cabildo/testkit/factories'
import { openApp } from '@cabildo/testkit/open-app'
import type { FreshDatabase } from '@cabildo/testkit/postgres'
import { textOf } from '@cabildo/testkit/room-clients'
import type { TestApp } from '@cabildo/testkit/test-app'
import { sitDown } from '@cabildo/testkit/typist'
import { plantWorkshopWorld } from '@cabildo/testkit/workshop-world'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { listPublicMinutes, readPublicMinutes } from './service.ts'

let database: FreshDatabase
let world: TestApp
openApp((...made) => {
  ;[database, world] = made
})

const facts = (more: object = {}) => ({
  ...{ key: randomBytes(15).toString('base64url'), title: 'Reunión de Tortí', heldOn: '2024-08-17' },
  ...{ mode: 'in_person', place: 'Casa comunal', isPublic: true, agenda: '1. Ideas', ...more },
})
const names = { cora: 'coordinator', fina: 'facilitator', dina: 'drafter', rev: 'reviewer', moni: 'monitor' } as const

/** A plan with a meeting, and people who ask. */
async function scene(more: object = {}) {
  const { planId, people } = await plantPlan(database.db, names)
  const as = Object.fromEntries(
    await Promise.all(Object.entries(people).map(async ([name, one]) => [name, await world.cookieOf(one)])),
  ) as Record<keyof typeof names, string>
  const ask = async (by: keyof typeof names, key: string, body?: unknown) => {
    const answer = await world.ask(key, { as: as[by], ...(body === undefined ? {} : { body }) })
    return { status: answer.status, body: await answer.json() }
  }
  const base = `/api/plans/${planId}/meetings`
  const { body: meeting }: { body: Meeting } = await ask('fina', `POST ${base}`, facts(more))
  const at = `${base}/${meeting.id}`
  const begin = (by: keyof typeof names) => ask(by, `POST ${at}/minutes`)
  const move = (after: number, state: string, reason?: string) =>
    ask('fina', `POST ${at}/state`, { after, state, ...(reason === undefined ? {} : { reason }) })
  return { planId, people, ask, base, at, meeting, begin, move }
}

/** What the record tells of minutes. */
async function told(planId: string): Promise<{ [key: string]: unknown }[]> {
  const { rows } = await sql<{ payload: string }>`
    select p.payload from record_entry e join record_payload p on p.plan_id = e.plan_id and p.seq = e.seq
    where e.plan_id = ${planId} and e.type = 'meeting' order by e.seq`.execute(database.db)
  return rows.map(({ payload }) => JSON.parse(payload)).filter(({ kind }) => kind === 'minutes')
}

test('[ME11] who runs meetings begins minutes, once; the record says so; everybody of the plan reads them', async () => {
  const { planId, ask, at, meeting, begin } = await scene()
  expect((await ask('rev', `GET ${at}/minutes`)).status).toBe(404)
  for (const by of ['dina', 'rev', 'moni'] as const) expect((await begin(by)).status).toBe(403)
  const [one, other] = await Promise.all([begin('fina'), begin('cora')])
  expect([one.status, other.status]).toEqual([201, 201])
  const { documentId }: Minutes = one.body
  expect(other.body).toMatchObject({ documentId, shown: null, meeting: { id: meeting.id, minutesId: documentId } })
  expect(await told(planId)).toEqual([{ kind: 'minutes', meeting: 1, document: documentId }])
  for (const by of ['dina', 'rev', 'moni'] as const) {
    const read = await ask(by, `GET ${at}/minutes`)
    expect(read.body).toMatchObject({ documentId, epoch: 1, meeting: { number: 1, may: { write: false } } })
    const opening = await ask(by, `GET /api/documents/${documentId}/opening`)
    expect(opening.body).toMatchObject({
      ...{ kind: 'minutes', template: 'meeting-minutes', templateVersion: 1 },
      may: { edit: by === 'dina', saveVersion: by === 'dina', propose: true },
    })
  }
  // What is begun while somebody changes the meeting stands in nobody's way.
  expect((await ask('fina', `POST ${at}/state`, { after: 1, state: 'held' })).status).toBe(200)
})

test('[ME11] a meeting that is called off has none, one of another plan looks like none, and guests do not reach them', async () => {
  const { at, ask, begin, move } = await scene()
  const other = await scene()
  expect((await other.ask('fina', `POST ${at}/minutes`)).status).toBe(404)
  await move(1, 'cancelled', 'Llovió.')
  expect((await begin('fina')).status).toBe(409)
  await move(2, 'planned')
  expect((await begin('fina')).status).toBe(201)
  expect((await other.ask('fina', `GET ${at}/minutes`)).status).toBe(404)
  const { body } = await ask('fina', `GET ${at}/minutes`)
  expect((await other.ask('fina', `GET /api/documents/${body.documentId}`)).status).toBe(404)

  const village = await plantWorkshopWorld(database, world.ask, world.cookieOf)
  const { phone } = await village.join((await village.open()).way, 'Nel')
  const base = `/api/plans/${village.planId}/meetings`
  const made: Meeting = await (await world.ask(`POST ${base}`, { as: village.as.carla, body: facts() })).json()
  const begun = await world.ask(`POST ${base}/${made.id}/minutes`, { as: village.as.carla })
  expect(begun.status).toBe(201)
  const { documentId } = await begun.json()
  expect((await phone.ask(`GET ${base}/${made.id}/minutes`)).status).toBe(404)
  expect((await phone.ask(`GET /api/documents/${documentId}/opening`)).status).toBe(404)
})

test('[ME11] [ME13] minutes are written by several in their room, versioned, talked about, found and told of like any other text', async () => {
  const { planId, people, ask, begin } = await scene()
  const { documentId } = (await begin('fina')).body
  const [fina, dina] = [
    await sitDown(world.rooms, documentId, people.fina),
    await sitDown(world.rooms, documentId, people.dina),
  ]
  textOf(fina.doc, 'said').insert(0, 'Se habló de caminos')
  textOf(dina.doc, 'agreements').insert(0, 'Volver en mayo')
  await Promise.all([fina.saved(), dina.saved()])
  fina.leave()
  dina.leave()
  const { body: version } = await ask('dina', `POST /api/documents/${documentId}/versions`, { name: 'Leída' })
  expect(version.authors.map(({ name }: { name: string }) => name).sort()).toEqual(['dina', 'fina'])
  const { body: shares } = await ask('rev', `GET /api/documents/${documentId}/authorship`)
  expect(Object.keys(shares.fields)).toEqual(meetingMinutes.fields.map(({ name }) => name))

  const thread = (field: string) =>
    ask('rev', `POST /api/documents/${documentId}/threads`, {
      ...{ key: `k-${field}-0123456789abcdef`, kind: 'question', body: '¿Quién responde?', field },
    })
  const said = await thread('agreements')
  expect(said.status).toBe(201)
  const foreign = await thread('vision')
  expect([foreign.status, foreign.body.errors[0].pointer]).toEqual([400, '/field'])
  const titled = { number: -1, title: 'Acta de la reunión 1' }
  const { body: news } = await ask('cora', `GET /api/plans/${planId}/news`)
  expect(news.items.map(({ document }: { document: object }) => document)).toContainEqual(
    expect.objectContaining(titled),
  )
  await world.recorder.catchUp()
  const { body: record } = await ask('rev', `GET /api/plans/${planId}/record?document=${documentId}`)
  expect(record.items.length).toBeGreaterThan(2)
  for (const { document } of record.items) expect(document).toEqual({ id: documentId, ...titled })
  const { body: receipt } = await ask('fina', `POST /api/documents/${documentId}/receipts`)
  const { body: read } = await ask('rev', 'POST /api/receipts/look', { code: receipt.code })
  expect(read.document).toEqual(titled)

  // What somebody said beside them becomes an input, which leads back to them.
  const made = await ask('fina', `POST /api/documents/${documentId}/threads/${said.body.id}/input`, {})
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  expect(made.body.links[0]).toMatchObject({ document: titled, field: 'agreements' })
})

test('[ME14] the public reads the last named version of minutes of a public meeting that was held, and no draft', async () => {
  const { planId, people, ask, at, begin, move } = await scene()
  const { documentId } = (await begin('fina')).body
  const write = async (words: string) => {
    const fina = await sitDown(world.rooms, documentId, people.fina)
    textOf(fina.doc, 'said').insert(0, words)
    await fina.saved()
    fina.leave()
  }
  const name = async (version: string) =>
    (await ask('fina', `POST /api/documents/${documentId}/versions`, { name: version })).body
  const shown = async () => (await ask('rev', `GET ${at}/minutes`)).body.shown
  await write('Uno & <dos>')
  await name('Primera')
  // Not held yet.
  expect([await shown(), await readPublicMinutes(database.db, planId)]).toEqual([null, []])
  await move(1, 'held')
  expect(await shown()).toMatchObject({ number: 1, name: 'Primera' })
  await write('Después ')
  const read = await readPublicMinutes(database.db, planId)
  expect(read).toMatchObject([{ meeting: 1, number: 1, name: 'Primera', content: { template: 'meeting-minutes' } }])
  const html = '<p>Uno &amp; &lt;dos&gt;</p>'
  expect(read[0]?.fields).toMatchObject([{ name: 'said', label: { es: 'Lo que se dijo' }, html, text: 'Uno & <dos>' }])
  const { slug } = await database.db
    .selectFrom('plan')
    .where('id', '=', planId)
    .select('slug')
    .executeTakeFirstOrThrow()
  const page = async (path: string) => {
    const answer = await world.ask(`GET ${path}`)
    return { status: answer.status, text: await answer.text() }
  }
  const paths = [`/p/${slug}/minutes`, `/en/p/${slug}/minutes`, `/p/${slug}/minutes/1`, `/en/p/${slug}/minutes/1`]
  const told = async () => (await Promise.all(paths.map(page))).map(({ status }) => status)
  // A plan that is being prepared tells nothing.
  expect(await told()).toEqual([404, 404, 404, 404])
  await database.db.updateTable('plan').set({ state: 'outreach' }).where('id', '=', planId).execute()
  expect(await told()).toEqual([200, 200, 200, 200])
  expect((await page(`/p/${slug}/minutes`)).text).toContain(`href="/p/${slug}/minutes/1"`)
  expect((await page(`/en/p/${slug}/history`)).text).toContain(`href="/en/p/${slug}/minutes/1"`)
  const map = async () => (await page('/sitemap.xml')).text.includes(`/p/${slug}/minutes/1</loc>`)
  expect(await map()).toBe(true)
  const { text } = await page(`/en/p/${slug}/minutes/1`)
  for (const words of ['Minutes of meeting 1', html, 'Primera', String(read[0]?.contentHash)])
    expect(text).toContain(words)
  expect(text).not.toContain('Después')
  for (const none of ['2', '0', 'x']) expect((await page(`/p/${slug}/minutes/${none}`)).status).toBe(404)
  const second = await name('Segunda')
  expect(await readPublicMinutes(database.db, planId)).toMatchObject([
    { name: 'Segunda', versionId: second.id, contentHash: second.contentHash },
  ])
  const { key: _, ...said } = facts({ isPublic: false })
  expect((await ask('fina', `PUT ${at}`, { ...said, after: 2 })).status).toBe(200)
  expect([await shown(), await readPublicMinutes(database.db, planId)]).toEqual([null, []])
  expect(await told()).toEqual([200, 200, 404, 404])
  expect([await map(), await listPublicMinutes(database.db, [planId])]).toEqual([false, []])
})
