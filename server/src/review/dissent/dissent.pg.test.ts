import type { Group } from '@cabildo/protocol/http/common'
import type { Dissent } from '@cabildo/protocol/http/dissents'
import { nodeVerifiers } from '@cabildo/record/cli/verifiers'
import { verifyBundle } from '@cabildo/record/verify'
import { plantDocument, plantPlan, type Someone } from '@cabildo/testkit/factories'
import { openApp } from '@cabildo/testkit/open-app'
import type { FreshDatabase } from '@cabildo/testkit/postgres'
import { type TestApp, testSigner } from '@cabildo/testkit/test-app'
import { plantWorkshopWorld } from '@cabildo/testkit/workshop-world'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { newId } from '../../db/ids.ts'
import { takeOut } from '../../record/redaction/taking-out.ts'
import { mostOfGroup, mostStated } from './rules.ts'

let database: FreshDatabase
let world: TestApp
openApp((...made) => {
  ;[database, world] = made
})

const sentence = 'Se ponen faroles antes de diciembre.'
const position = 'El plazo es demasiado largo: pedimos septiembre.'
let keys = 0
const key = () => `key-of-a-dissent-${++keys}`

const textIn = (doc: Y.Doc) => (doc.getXmlFragment('summary').get(0) as Y.XmlElement).get(0) as Y.XmlText
const edit = (documentId: string, { userId, sessionId, groupId }: Someone, change: (doc: Y.Doc) => void) =>
  world.rooms.edit(documentId, { writer: { userId, sessionId, groupId }, via: 'draft' }, change)

/** A document with a sentence; Edna and Rev are of one group, Ana of another, and Mona monitors. */
async function scene() {
  const { planId, people } = await plantPlan(database.db, {
    ana: 'drafter',
    rev: 'reviewer',
    edna: 'endorser',
    cora: 'coordinator',
    fina: 'facilitator',
    mona: 'monitor',
  })
  const documentId = await plantDocument(database.db, planId, people.ana, 'Parques')
  await edit(documentId, people.ana, (doc) => textIn(doc).insert(0, sentence))
  const text = new Y.Doc()
  Y.applyUpdate(text, (await world.rooms.read(documentId))?.state ?? new Uint8Array([0, 0]))
  const { client, clock } = textIn(text)._start?.id ?? { client: 0, clock: 0 }
  const from = sentence.indexOf('antes')
  const ids = [[client, clock + from, 'antes de diciembre'.length]]
  const other = newId()
  const group = { id: other, planId, name: 'Comerciantes', sector: 'private_sector' }
  await database.db.insertInto('stakeholderGroup').values(group).execute()
  await database.db.updateTable('member').set({ groupId: other }).where('userId', '=', people.ana.userId).execute()
  const as = {
    ana: await world.cookieOf(people.ana),
    rev: await world.cookieOf(people.rev),
    edna: await world.cookieOf(people.edna),
    fina: await world.cookieOf(people.fina),
    mona: await world.cookieOf(people.mona),
  }
  const base = `/api/documents/${documentId}/dissents`
  const state = (by: string, more: object = {}) =>
    world.ask(`POST ${base}`, { as: by, body: { key: key(), field: 'summary', position, ...more } })
  const withdraw = (by: string, id: string) => world.ask(`POST ${base}/${id}/withdraw`, { as: by })
  const list = async (by = as.ana): Promise<{ items: Dissent[]; speaksFor: Group | null }> =>
    (await world.ask(`GET ${base}`, { as: by })).json()
  return { planId, people, documentId, ids, as, base, state, withdraw, list }
}

test('[DI1] [DI2] somebody who speaks for a group reserves a position on a field or on words; nobody without a side does', async () => {
  const { people, documentId, ids, as, base, state, list } = await scene()
  for (const by of [as.fina, as.mona]) expect((await state(by)).status).toBe(403)
  const once = { key: key(), ids }
  const both = await Promise.all([state(as.rev, once), state(as.rev, once)])
  expect(both.map(({ status }) => status)).toEqual([201, 201])
  expect((await state(as.ana)).status).toBe(201)
  const { items, speaksFor } = await list()
  expect(items.map(({ number, quote, places }) => [number, quote, places.map(({ text }) => text)])).toEqual([
    [1, 'antes de diciembre', ['antes de diciembre']],
    [2, null, []],
  ])
  expect(items[0]).toMatchObject({
    ...{ field: 'summary', position, withdrawn: null, may: { withdraw: false } },
    ...{ group: { name: 'Neighbours' }, by: { id: people.rev.userId } },
  })
  expect(speaksFor?.name).toBe('Comerciantes')
  expect((await list(as.fina)).speaksFor).toBeNull()
  // Bounded, of the form, and on words that are there.
  expect((await state(as.rev, { position: 'x'.repeat(601) })).status).toBe(400)
  expect((await state(as.rev, { position: ' ' })).status).toBe(400)
  expect((await state(as.rev, { field: 'nothing' })).status).toBe(400)
  expect((await state(as.rev, { field: 'problem', ids })).status).toBe(400)
  expect((await state(as.rev, { ids: [[77, 0, 3]] })).status).toBe(409)
  const foreign = await scene()
  expect((await world.ask(`GET ${base}`, { as: foreign.as.rev })).status).toBe(404)
  expect((await world.ask(`POST ${base}/${items[0]?.id}/withdraw`, { as: foreign.as.rev })).status).toBe(404)
  const beside = `/api/documents/${foreign.documentId}/dissents/${items[0]?.id}/withdraw`
  expect((await world.ask(`POST ${beside}`, { as: foreign.as.rev })).status).toBe(404)
  expect(documentId).not.toBe(foreign.documentId)
})

test('[DI3] only the group withdraws it, once, and that it stood until then stays', async () => {
  const { people, as, state, withdraw, list } = await scene()
  const { id }: Dissent = await (await state(as.rev)).json()
  expect((await withdraw(as.ana, id)).status).toBe(403)
  expect((await withdraw(as.fina, id)).status).toBe(403)
  const at = await Promise.all([withdraw(as.edna, id), withdraw(as.rev, id)])
  expect(at.map(({ status }) => status).sort()).toEqual([200, 409])
  const [item] = (await list()).items
  expect(item).toMatchObject({ position, may: { withdraw: false } })
  expect([people.edna.userId, people.rev.userId]).toContain(item?.withdrawn?.by.id)
})

test('[DI2] a group has a bounded number of them at once, and none on an archived text', async () => {
  const { documentId, as, state, withdraw, list } = await scene()
  for (let made = 0; made < mostOfGroup; made += 1) expect((await state(as.rev)).status).toBe(201)
  expect((await state(as.edna)).status).toBe(413)
  expect((await state(as.ana)).status).toBe(201)
  const [first] = (await list()).items
  expect((await withdraw(as.rev, first?.id ?? '')).status).toBe(200)
  expect((await state(as.edna)).status).toBe(201)
  await database.db.updateTable('document').set({ status: 'archived' }).where('id', '=', documentId).execute()
  expect((await state(as.ana)).status).toBe(423)
})

test('[DI2] what one group states and withdraws uses up nothing of another group, and each bound is told as what it is', async () => {
  const { documentId, as, state, withdraw } = await scene()
  const { id }: Dissent = await (await state(as.rev)).json()
  await withdraw(as.rev, id)
  // Those that it stated and withdrew before.
  await sql`
    insert into dissent (id, plan_id, document_id, number, group_id, field, key, seq, position, by_id, entry,
      withdrawn_by_id, withdrawn_entry, withdrawn_at)
    select 'd' || lpad(n::text, 21, '0'), plan_id, document_id, n, group_id, field, 'key-of-many-dissents-' || n, seq, position,
      by_id, entry, withdrawn_by_id, withdrawn_entry, withdrawn_at
    from dissent, generate_series(2, ${mostStated}::int) n where id = ${id}`.execute(database.db)
  const refused = await state(as.rev)
  expect([refused.status, (await refused.json()).detail]).toEqual([413, expect.stringContaining(`${mostStated}`)])
  expect((await (await state(as.ana)).json()).number).toBe(mostStated + 1)
  // A number is the next of all, however many rows there are.
  await sql`delete from dissent where document_id = ${documentId} and number = 5`.execute(database.db)
  expect((await (await state(as.ana)).json()).number).toBe(mostStated + 2)
})

test('[DI4] the record tells it word for word, and the bundle with it is sound', async () => {
  const { planId, ids, as, state, withdraw } = await scene()
  const { id, entry }: Dissent = await (await state(as.rev, { ids })).json()
  await withdraw(as.rev, id)
  await world.recorder.catchUp()
  const { rows } = await sql<{ seq: number; body: string; payload: string }>`
    select e.seq::int as seq, e.body, p.payload from record_entry e join record_payload p using (plan_id, seq)
    where e.plan_id = ${planId} and e.type = 'dissent' order by e.seq`.execute(database.db)
  expect(rows.map(({ payload }) => JSON.parse(payload))).toMatchObject([
    { act: 'stated', dissent: 1, field: 'summary', position, passage: ids },
    { act: 'withdrawn', dissent: 1 },
  ])
  expect(JSON.parse(rows[1]?.body ?? '').refs).toEqual([entry])
  const bundle = await world.ask(`GET /api/plans/${planId}/record/bundle`, { as: as.rev })
  const bytes = new Uint8Array(await bundle.arrayBuffer())
  const trustedKeys = testSigner.verifierKeys.slice(0, 1)
  expect((await verifyBundle(bytes, { trustedKeys, verifiers: nodeVerifiers })).exitCode).toBe(0)
})

test('[DI5] words taken out of a text go from positions, from the words they are on, and from their entries', async () => {
  const { planId, people, documentId, ids, as, state, list } = await scene()
  await state(as.rev, { ids, position: 'No antes de diciembre: en septiembre.' })
  const by = { askedBy: people.fina.userId, approvedBy: people.cora.userId }
  const wish = { planId, documentId, quote: 'diciembre', ranges: [], basis: 'Ley 81 de 2019', ...by }
  await takeOut({ db: database.db, rooms: world.rooms }, wish, { after: async () => undefined })
  expect((await list()).items.map((item) => [item.quote, item.position])).toEqual([
    ['antes de █████████', 'No antes de █████████: en septiembre.'],
  ])
  const { rows } = await sql<{ payload: string }>`
    select p.payload from record_entry e join record_payload p using (plan_id, seq)
    where e.plan_id = ${planId} and e.type = 'dissent'`.execute(database.db)
  expect(rows.map(({ payload }) => JSON.parse(payload).position)).toEqual(['No antes de █████████: en septiembre.'])
})

test('[DI1] a guest of a workshop reads them, and reserves none', async () => {
  const village = await plantWorkshopWorld(database, world.ask, world.cookieOf)
  const workshop = await village.open()
  const { phone } = await village.join(workshop.way, 'Luz')
  const base = `/api/documents/${village.commitments[0]?.documentId}/dissents`
  expect((await phone.ask(`GET ${base}`)).status).toBe(200)
  expect((await phone.ask(`POST ${base}`, { key: key(), field: 'summary', position })).status).toBe(403)
})
