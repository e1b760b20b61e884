import { randomInt } from 'node:crypto'
import type { Authorship } from '@cabildo/protocol/http/authorship'
import { fieldText } from '@cabildo/schema/text'
import { plantDocument, plantPlan, type Someone } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp } from '@cabildo/testkit/test-app'
import { plantWorkshopWorld } from '@cabildo/testkit/workshop-world'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { newId } from '../db/ids.ts'
import { createKeeper, keeperLimits } from './keeper.ts'
import { findRows } from './store.ts'

let database: FreshDatabase
let world: TestApp
beforeAll(async () => {
  database = await freshDatabase()
  world = createTestApp(database)
})
afterAll(() => database.drop())

/** A document with people of two groups: ana and rosa for the neighbours, ben for the municipality. */
async function documentOfTwoSides() {
  const { db } = database
  const { planId, people } = await plantPlan(db, { ana: 'drafter', rosa: 'drafter', ben: 'drafter', eva: 'drafter' })
  const office = newId()
  await db
    .insertInto('stakeholderGroup')
    .values({ id: office, planId, name: 'Alcaldía', sector: 'government' })
    .execute()
  await db.updateTable('member').set({ groupId: office }).where('userId', '=', people.ben.userId).execute()
  people.ben.groupId = office
  const documentId = await plantDocument(db, planId, people.ana, 'Cuentas')
  const as = await world.cookieOf(people.ana)
  const read = async (query = '', by = as): Promise<Authorship> =>
    (await world.ask(`GET /api/documents/${documentId}/authorship${query}`, { as: by })).json()
  return { planId, people, documentId, as, read, office, neighbours: people.ana.groupId }
}

async function edit(documentId: string, { userId, sessionId, groupId }: Someone, change: (doc: Y.Doc) => void) {
  return world.rooms.edit(documentId, { writer: { userId, sessionId, groupId }, via: 'draft' }, change)
}

const summaryOf = (doc: Y.Doc, paragraph = 0) =>
  (doc.getXmlFragment('summary').get(paragraph) as Y.XmlElement).get(0) as Y.XmlText

const append = (documentId: string, by: Someone, text: string) =>
  edit(documentId, by, (doc) => summaryOf(doc).insert(summaryOf(doc).length, text))

/** As an editor does it when somebody presses Enter: what follows goes away and comes again in a paragraph of its own. */
const split = (documentId: string, by: Someone, at: number) =>
  edit(documentId, by, (doc) => {
    const text = summaryOf(doc)
    const moved = text.toString().slice(at)
    text.delete(at, moved.length)
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText(moved)])
    doc.getXmlFragment('summary').insert(1, [paragraph])
  })

const choose = (planId: string, { userId }: Someone, display: 'group' | 'anonymous') =>
  database.db
    .insertInto('displayChoice')
    .values({ planId, userId, display })
    .onConflict((on) => on.columns(['planId', 'userId']).doUpdateSet({ display }))
    .execute()

const textsOf = ({ fields }: Authorship) => fields.summary?.map(({ text, authorId }) => [text, authorId])

test('[AU60] runs joined are each field’s plain text, and Enter takes nothing from who wrote it', async () => {
  const { people, documentId, as, read, office, neighbours } = await documentOfTwoSides()
  await append(documentId, people.ana, 'El pueblo sabe.')
  await append(documentId, people.ben, ' La alcaldía publica.')
  await split(documentId, people.ben, 9)

  const told = await read()
  expect(told).toMatchObject({ seq: 4, algorithm: 6 })
  expect(textsOf(told)).toEqual([
    ['El pueblo\n\n', people.ana.userId],
    [' sabe.', people.ana.userId],
    [' La alcaldía publica.', people.ben.userId],
  ])
  expect(told.fields.summary?.[1]).toMatchObject({ groupId: neighbours, editedById: people.ben.userId, seq: 2 })
  expect(told.fields.summary?.[2]).toMatchObject({ groupId: office, seq: 3 })
  const { content } = await (await world.ask(`GET /api/documents/${documentId}`, { as })).json()
  for (const [field, runs] of Object.entries(told.fields)) {
    expect(runs.map(({ text }) => text).join(''), field).toBe(fieldText(content.fields[field]))
  }
  const written = 'Cuentas'.length + 'El pueblo sabe.'.length
  expect(told.groups).toEqual([
    { id: office, name: 'Alcaldía', sector: 'government', proposed: 21, written: 21, share: 21 / 43, people: 1 },
    {
      id: neighbours,
      name: 'Neighbours',
      sector: 'civil_society',
      proposed: written,
      written,
      share: 22 / 43,
      people: 1,
    },
  ])
  expect(told.rest).toEqual({ proposed: 0, written: 0, share: 0 })
  expect(told.shares.title).toEqual([{ groupId: neighbours, proposed: 7, written: 7 }])
  expect(told.authors.map(({ id, name, written }) => [id, name, written])).toEqual([
    [people.ana.userId, 'ana', 22],
    [people.ben.userId, 'ben', 21],
  ])
})

test('[AU61] the past is told by row; a row that is not there is not found', async () => {
  const { people, documentId, as, read } = await documentOfTwoSides()
  await append(documentId, people.ana, 'Uno.')
  await append(documentId, people.ben, ' Dos.')
  expect(textsOf(await read())).toHaveLength(2)
  expect(textsOf(await read('?seq=2'))).toEqual([['Uno.', people.ana.userId]])
  expect(textsOf(await read('?seq=0'))).toEqual([])
  const status = async (query: string) =>
    (await world.ask(`GET /api/documents/${documentId}/authorship${query}`, { as })).status
  expect([await status('?seq=4'), await status('?seq=-1'), await status('?seq=x')]).toEqual([404, 400, 400])
})

test('[AU62] text stays with the group it was written for when its author changes groups', async () => {
  const { people, documentId, read, office, neighbours } = await documentOfTwoSides()
  await append(documentId, people.ana, 'Antes.')
  await database.db.updateTable('member').set({ groupId: office }).where('userId', '=', people.ana.userId).execute()
  await append(documentId, { ...people.ana, groupId: office }, ' Ahora.')
  const told = await read()
  expect(told.fields.summary?.map(({ text, groupId }) => [text, groupId])).toEqual([
    ['Antes.', neighbours],
    [' Ahora.', office],
  ])
  expect(told.groups.map(({ id, written }) => [id, written])).toEqual([
    [office, 7],
    [neighbours, 13],
  ])
  expect(told.authors).toEqual([{ id: people.ana.userId, name: 'ana', groupId: neighbours, written: 20 }])
})

test('[AU63] people are shown as they chose, at once, and stay counted', async () => {
  const { planId, people, documentId, read, neighbours } = await documentOfTwoSides()
  await append(documentId, people.rosa, 'Rosa. ')
  await append(documentId, people.ben, 'Ben.')

  await choose(planId, people.rosa, 'group')
  const byGroup = await read()
  expect(textsOf(byGroup)?.[0]).toEqual(['Rosa. ', `of ${neighbours}`])
  expect(byGroup.groups.find(({ id }) => id === neighbours)).toMatchObject({ written: 13, people: null })

  await choose(planId, people.rosa, 'anonymous')
  const hidden = await read()
  expect(hidden.fields.summary?.[0]).toMatchObject({ text: 'Rosa. ', authorId: 'unnamed', groupId: null })
  expect(hidden.groups.find(({ id }) => id === neighbours)).toMatchObject({ written: 7, people: 1 })
  expect(hidden.rest).toEqual({ proposed: 6, written: 6, share: 6 / 17 })
  expect(JSON.stringify(hidden)).not.toContain(people.rosa.userId)
})

test('[AU64] three people who are not shown at all count with their group, their text still without it', async () => {
  const { planId, people, documentId, read, neighbours } = await documentOfTwoSides()
  for (const name of ['ana', 'rosa', 'eva'] as const) {
    await append(documentId, people[name], `${name}. `)
    await choose(planId, people[name], 'anonymous')
  }
  // The title is one's alone: a number of three in one field and of one in another would tell it.
  expect((await read()).groups).toEqual([])
  for (const name of ['rosa', 'eva'] as const) {
    await edit(documentId, people[name], (doc) => {
      const title = (doc.getXmlFragment('title').get(0) as Y.XmlElement).get(0) as Y.XmlText
      title.insert(title.length, '!')
    })
  }
  const told = await read()
  expect(told.groups).toMatchObject([{ id: neighbours, written: 25, share: 1, people: 3 }])
  expect(told.fields.summary?.map(({ groupId }) => groupId)).toEqual([null, null, null])
})

test('[AU65] a kept authorship continues to what all rows give', async () => {
  const { people, documentId } = await documentOfTwoSides()
  for (let turn = 0; turn < 12; turn++) {
    await append(documentId, turn % 2 ? people.ana : people.ben, `Frase ${turn}. `)
    if (turn % 3 === 2) {
      await edit(documentId, people.ana, (doc) => summaryOf(doc).delete(randomInt(summaryOf(doc).length - 3), 3))
    }
  }
  const all = await createKeeper(database.db, { ...keeperLimits, renew: 10_000 }).at(documentId, 17)
  const eager = { ...keeperLimits, renew: 1, stretch: 4, page: 3, documents: 1 }
  for (const seq of [3, 9, 6, 17]) {
    const scratch = await createKeeper(database.db, { ...keeperLimits, renew: 10_000 }).at(documentId, seq)
    expect(await createKeeper(database.db, eager).at(documentId, seq)).toEqual(scratch)
  }
  const kept = await database.db
    .selectFrom('documentAuthorship')
    .where('documentId', '=', documentId)
    .select('seq')
    .orderBy('seq')
    .execute()
  expect(kept.map(({ seq }) => seq)).toContain(16)
  await database.db
    .updateTable('documentAuthorship')
    .set({ state: Buffer.from('of another algorithm') })
    .where('documentId', '=', documentId)
    .execute()
  expect(await createKeeper(database.db, eager).at(documentId, 17)).toEqual(all)
})

/** The database, in which statements with these words fail after the first few. */
function failingDb(words: string, sound: number) {
  const outage = { over: false, failed: 0 }
  let asked = 0
  const db = database.db.withPlugin({
    transformQuery({ node }) {
      const isMeant = node.kind === 'RawNode' && node.sqlFragments.join('').includes(words)
      if (!isMeant || outage.over || ++asked <= sound) return node
      outage.failed += 1
      throw new Error('the connection broke')
    },
    transformResult: async ({ result }) => result,
  })
  return { db, outage }
}

test.each([
  ['a read', 'string_agg'],
  ['keeping a state', 'insert into document_authorship'],
])('[AU65] where %s fails halfway, that is told, and the next answer is whole', async (_, words) => {
  const { people, documentId } = await documentOfTwoSides()
  for (let turn = 0; turn < 20; turn++) {
    await append(documentId, turn % 2 ? people.ana : people.ben, `Frase ${turn}. `)
  }
  const limits = { ...keeperLimits, renew: 10_000, stretch: 4, page: 3 }
  const scratch = await createKeeper(database.db, { ...limits, stretch: 10_000 }).at(documentId, 21)
  const { db, outage } = failingDb(words, 2)
  const keeper = createKeeper(db, limits)
  await expect(keeper.at(documentId, 21)).rejects.toThrow('the connection broke')
  // Nobody is left with an error that nobody hears: the next page was being read when the one before failed.
  expect(outage.failed).toBeGreaterThan(0)
  outage.over = true
  expect(await keeper.at(documentId, 21)).toEqual(scratch)
})

test('[AU65] rows of any size and of many people in turn come out in their order', async () => {
  const { people, documentId } = await documentOfTwoSides()
  for (let turn = 0; turn < 150; turn++) {
    const by = turn % 3 === 0 ? people.ana : turn % 3 === 1 ? people.ben : people.rosa
    await append(documentId, by, turn % 40 === 7 ? 'largo '.repeat(2000) : `${turn} `)
  }
  const apart = await createKeeper(database.db, { ...keeperLimits, page: 1 }).at(documentId, 151)
  const rows = await database.db
    .selectFrom('documentUpdate')
    .where('documentId', '=', documentId)
    .select(['seq', 'userId', 'behalfId', 'via', 'bytes'])
    .orderBy('seq')
    .execute()
  const plain = <Row extends { bytes: Uint8Array }>({ bytes, ...row }: Row) => ({
    ...row,
    bytes: Buffer.from(bytes).toString('hex'),
  })
  const read = async (after: number, upTo: number) => {
    const page = await findRows(database.db, documentId, { after, upTo })
    return Array.from({ length: page.length }, (_, place) => ({ place, pack: page.packAt(place) })).flatMap(
      ({ place, pack }) => {
        if (!pack) return []
        const bytes = pack.bytes.subarray(page.fromAt(place), page.endAt(place))
        return [plain({ seq: page.first + place, ...pack, bytes })]
      },
    )
  }
  expect(await read(0, 500)).toEqual(rows.map(plain))
  expect(await read(40, 90)).toEqual(rows.slice(40, 90).map(plain))
  const little = await createKeeper(database.db, { ...keeperLimits, pageBytes: 1 }).at(documentId, 151)
  expect(little).toEqual(apart)
})

test('[AU65] whoever wants the newest gets the one in memory, also when it has gone on since they asked how far', async () => {
  const { people, documentId } = await documentOfTwoSides()
  for (const text of ['Uno. ', 'Dos. ', 'Tres. ']) await append(documentId, people.ana, text)
  const keeper = createKeeper(database.db)
  expect(await keeper.lookAtLeast(documentId, 2, (held) => held.seq)).toEqual({ seq: 2, found: 2 })
  const newest = await keeper.look(documentId, 4, (held) => held)

  expect(await keeper.lookAtLeast(documentId, 3, (held) => held === newest)).toEqual({ seq: 4, found: true })
  const past = await keeper.look(documentId, 3, (held) => [held === newest, held.seq])
  expect(past).toEqual([false, 3])
})

test('[AU66] a moment tells who, when and in which workshop; deletions of others’ text are listed', async () => {
  const { people, documentId, as, neighbours } = await documentOfTwoSides()
  await append(documentId, people.ana, 'Cada año se publica.')
  await split(documentId, people.ben, 4)
  await edit(documentId, people.ben, (doc) => summaryOf(doc, 1).delete(0, 4))
  await edit(documentId, people.ana, (doc) => summaryOf(doc, 1).delete(0, 3))
  const moment = await (await world.ask(`GET /api/documents/${documentId}/authorship/moments/2`, { as })).json()
  expect(moment).toEqual({
    seq: 2,
    at: expect.stringMatching(/Z$/),
    author: expect.objectContaining({ id: people.ana.userId, name: 'ana' }),
    typedBy: null,
    accepted: false,
    group: expect.objectContaining({ id: neighbours }),
    workshop: null,
  })
  const deleted = await (await world.ask(`GET /api/documents/${documentId}/authorship/deleted`, { as })).json()
  expect(deleted).toEqual({
    items: [
      {
        seq: 4,
        at: expect.any(String),
        field: 'summary',
        text: ' año',
        length: 4,
        by: expect.objectContaining({ id: people.ben.userId }),
        typedBy: null,
        author: expect.objectContaining({ id: people.ana.userId }),
        written: 2,
      },
    ],
    nextCursor: null,
  })
})

test('[AU66] deletions come page by page, newest first, none twice', async () => {
  const { people, documentId, as } = await documentOfTwoSides()
  await append(documentId, people.ana, 'abcdefgh')
  for (let turn = 0; turn < 5; turn++) {
    await edit(documentId, people.ben, (doc) => summaryOf(doc).delete(0, 1))
  }
  const texts: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const at: string = `GET /api/documents/${documentId}/authorship/deleted?limit=2${cursor && `&cursor=${cursor}`}`
    const page: { items: { text: string }[]; nextCursor: string | null } = await (await world.ask(at, { as })).json()
    texts.push(...page.items.map(({ text }) => text))
    cursor = page.nextCursor
  }
  expect(texts).toEqual(['e', 'd', 'c', 'b', 'a'])
})

test('[AU67] a plan’s shares are the sum of its commitments’, and nobody else’s plan', async () => {
  const { db } = database
  const village = await plantWorkshopWorld(database, world.ask, world.cookieOf)
  const [first, second] = village.commitments
  await append(first?.documentId ?? '', village.people.ana, 'Uno.')
  const plan = await (await world.ask(`GET /api/plans/${village.planId}/authorship`, { as: village.as.moni })).json()
  expect(plan.commitments.map(({ number, parts }: { number: number; parts: unknown }) => [number, parts])).toEqual([
    [1, [{ groupId: village.groupId, proposed: 18, written: 18 }]],
    [2, [{ groupId: village.groupId, proposed: 5, written: 5 }]],
    [3, [{ groupId: village.groupId, proposed: 5, written: 5 }]],
  ])
  expect(plan.groups).toMatchObject([{ id: village.groupId, proposed: 28, written: 28, share: 1 }])

  const { as } = await documentOfTwoSides()
  const paths = ['', '/moments/1', '/marks', '/deleted'].map(
    (end) => `documents/${second?.documentId}/authorship${end}`,
  )
  for (const path of [...paths, `plans/${village.planId}/authorship`]) {
    expect((await world.ask(`GET /api/${path}`, { as })).status, path).toBe(404)
    expect((await world.ask(`GET /api/${path}`)).status, path).toBe(401)
  }

  const workshop = await village.open()
  const { phone, userId } = await village.join(workshop.way, 'Luz')
  const session = await db.selectFrom('session').where('userId', '=', userId).select('id').executeTakeFirstOrThrow()
  const luz = { ...village.people.parti, userId, sessionId: session.id }
  await append(first?.documentId ?? '', luz, ' Luz.')
  const ask = (path: string) => phone.ask(`GET /api/${path}`)
  for (const path of paths) expect((await ask(path)).status, path).toBe(404)
  const own = await (await ask(`documents/${first?.documentId}/authorship`)).json()
  const run = own.fields.summary.find(({ text }: { text: string }) => text === ' Luz.')
  expect(run).toMatchObject({ authorId: userId })
  const moment = await (await ask(`documents/${first?.documentId}/authorship/moments/${run.seq}`)).json()
  expect(moment.workshop).toEqual({ id: workshop.id, title: 'Workshop of Tortí', heldOn: '2026-11-28' })
  const marks = await (await ask(`documents/${first?.documentId}/authorship/marks`)).json()
  expect(marks.items).toEqual([{ kind: 'workshop', ...moment.workshop, fromSeq: run.seq, toSeq: run.seq }])
  const theirs = await (await ask(`plans/${village.planId}/authorship`)).json()
  expect(theirs.commitments.map(({ number }: { number: number }) => number)).toEqual([1])
})
