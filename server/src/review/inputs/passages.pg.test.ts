import type { ChangedWords, Input, WordsFromInput } from '@cabildo/protocol/http/inputs'
import type { TextSpan } from '@cabildo/protocol/http/threads'
import { contentOfState, type JsonNode } from '@cabildo/schema/content'
import { hunksOfField } from '@cabildo/schema/hunks/compare'
import { textOf } from '@cabildo/schema/text'
import { plantPlan, type Someone } from '@cabildo/testkit/factories'
import { openApp } from '@cabildo/testkit/open-app'
import type { FreshDatabase } from '@cabildo/testkit/postgres'
import { createRandom } from '@cabildo/testkit/random'
import type { TestApp } from '@cabildo/testkit/test-app'
import { plantWorkshopWorld } from '@cabildo/testkit/workshop-world'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { takeOut } from '../../record/redaction/taking-out.ts'
import { mostLinks } from './rules.ts'

let database: FreshDatabase
let world: TestApp
openApp((...made) => {
  ;[database, world] = made
})

const sentence = 'Se ponen faroles en el parque antes de diciembre.'
let keys = 0
const key = () => `key-of-a-passage-${++keys}`
const paragraph = (value: string): JsonNode => ({ type: 'paragraph', content: [{ type: 'text', text: value }] })

const edit = (documentId: string, { userId, sessionId, groupId }: Someone, change: (doc: Y.Doc) => void) =>
  world.rooms.edit(documentId, { writer: { userId, sessionId, groupId }, via: 'draft' }, change)
const summaryOf = (doc: Y.Doc, at = 0) => (doc.getXmlFragment('summary').get(at) as Y.XmlElement).get(0) as Y.XmlText

/** The ids under which words stand in the first paragraph of the summary. */
function idsIn(doc: Y.Doc, words: string): TextSpan[] {
  const text = summaryOf(doc)
  const from = text.toString().indexOf(words)
  const ids: TextSpan[] = []
  let at = 0
  for (let item = text._start; item; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue
    const [first, last] = [Math.max(from, at), Math.min(from + words.length, at + item.length)]
    if (first < last) ids.push([item.id.client, item.id.clock + first - at, last - first])
    at += item.length
  }
  return ids
}

/** A document with a sentence by Ana, and a reviewer who may not write there. */
async function scene() {
  const { planId, people } = await plantPlan(database.db, {
    ana: 'drafter',
    rev: 'reviewer',
    cora: 'coordinator',
    fina: 'facilitator',
  })
  const as = {
    ana: await world.cookieOf(people.ana),
    rev: await world.cookieOf(people.rev),
    cora: await world.cookieOf(people.cora),
  }
  const base = `/api/plans/${planId}/inputs`
  const added = await world.ask(`POST /api/plans/${planId}/commitments`, { as: as.ana, body: { title: 'Parques' } })
  const { documentId } = await added.json()
  await edit(documentId, people.ana, (doc) => summaryOf(doc).insert(0, sentence))
  const text = async (): Promise<Y.Doc> => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, (await world.rooms.read(documentId))?.state ?? new Uint8Array([0, 0]))
    return doc
  }
  const bring = async (words: string): Promise<string> => {
    const inputs = [{ key: key(), channel: 'online', words }]
    return (await (await world.ask(`POST ${base}`, { as: as.rev, body: { inputs } })).json()).items[0].id
  }
  const link = (by: string, inputId: string, body: object) =>
    world.ask(`POST ${base}/${inputId}/links`, { as: by, body: { documentId, ...body } })
  const changed = async (inputId: string, by = as.rev): Promise<ChangedWords[]> =>
    (await (await world.ask(`GET ${base}/${inputId}/passages`, { as: by })).json()).items
  const behind = async (query = ''): Promise<{ items: WordsFromInput[]; nextCursor: string; mayLink: boolean }> =>
    (await world.ask(`GET /api/documents/${documentId}/passages${query}`, { as: as.ana })).json()
  const propose = async (...wanted: JsonNode[]): Promise<string> => {
    const hunks = hunksOfField(await text(), 'summary', { type: 'doc', content: wanted })
    const body = { key: key(), note: 'Que se sepa cuántos.', hunks }
    const answer = await world.ask(`POST /api/documents/${documentId}/proposals`, { as: as.rev, body })
    expect(answer.status).toBe(201)
    return (await answer.json()).id
  }
  const act = (by: string, proposalId: string, step: 'accept' | 'input') =>
    world.ask(`POST /api/documents/${documentId}/proposals/${proposalId}/${step}`, {
      as: by,
      ...(step === 'accept' && { body: {} }),
    })
  return { planId, people, documentId, as, base, text, bring, link, changed, behind, propose, act }
}

const told = (passages: readonly ChangedWords[]) =>
  passages.map(({ made, quote, places }) => [made, quote, places.map((place) => place.text)])

test('[CP1] [CP2] [CP5] whoever writes points at the words an input brought about, which are told from both ends and followed', async () => {
  const { people, documentId, as, base, text, bring, link, changed, behind } = await scene()
  const id = await bring('Más luz')
  const ids = idsIn(await text(), 'faroles en el parque')
  expect((await link(as.rev, id, { ids })).status).toBe(403)
  const linked = await link(as.ana, id, { ids })
  expect(linked.status).toBe(201)
  const input: Input = await linked.json()
  expect(input.links).toMatchObject([{ field: 'summary', quote: 'faroles en el parque' }])
  // The same again, another field than theirs, and words that nobody stored.
  expect((await (await link(as.ana, id, { ids })).json()).links).toHaveLength(1)
  expect((await link(as.ana, id, { ids, field: 'problem' })).status).toBe(400)
  expect((await link(as.ana, id, { ids: [[77, 0, 3]] })).status).toBe(409)
  expect(told(await changed(id))).toEqual([['hand', 'faroles en el parque', ['faroles en el parque']]])

  const other = await bring('Que sea este año')
  await link(as.ana, other, { ids: idsIn(await text(), 'antes de diciembre') })
  const both = await behind()
  expect(both.mayLink).toBe(true)
  expect(both.items.map((item) => [item.input.number, item.input.words, item.quote])).toEqual([
    [1, 'Más luz', 'faroles en el parque'],
    [2, 'Que sea este año', 'antes de diciembre'],
  ])
  const first = await behind('?limit=1')
  const next = await behind(`?limit=1&cursor=${first.nextCursor}`)
  expect([...first.items, ...next.items].map((item) => item.input.number)).toEqual([1, 2])

  // Words come between and before; then some go, and what was quoted stays to be read.
  await edit(documentId, people.ana, (doc) => {
    summaryOf(doc).insert(sentence.indexOf('en el'), 'altos ')
    summaryOf(doc).insert(0, 'Este año: ')
  })
  expect(told(await changed(id))).toEqual([['hand', 'faroles en el parque', ['faroles ', 'en el parque']]])
  await edit(documentId, people.ana, (doc) => summaryOf(doc).delete(0, summaryOf(doc).length))
  expect(told(await changed(id))).toEqual([['hand', 'faroles en el parque', []]])

  // What the record tells: which units, and no words.
  const { rows } = await sql<{ payload: string }>`
    select payload from record_payload where seq = ${input.links[0]?.entry ?? 0}
      and plan_id = (select plan_id from document where id = ${documentId})`.execute(database.db)
  expect(JSON.parse(rows[0]?.payload ?? '{}')).toEqual({
    ...{ kind: 'input', act: 'linked', input: 1, document: documentId, field: 'summary', passage: ids },
  })

  await world.ask(`DELETE ${base}/${id}/links/1`, { as: as.ana })
  expect(await changed(id)).toEqual([])
  const foreign = await scene()
  expect((await world.ask(`GET ${base}/${id}/passages`, { as: foreign.as.ana })).status).toBe(404)
  expect((await link(as.ana, id, { documentId: foreign.documentId, ids })).status).toBe(400)
  expect((await world.ask(`GET /api/documents/${documentId}/passages`, { as: foreign.as.ana })).status).toBe(404)
})

test.each(['before', 'after'] as const)(
  '[CP3] [CP4] a proposal made an input %s it is accepted is linked to the words its edit wrote, and to no others',
  async (when) => {
    const { people, as, propose, act, changed, behind } = await scene()
    const wanted = sentence.replace('faroles', 'cuarenta faroles')
    const proposalId = await propose(paragraph(wanted), paragraph('Se publica dónde.'))
    if (when === 'after') expect((await act(as.ana, proposalId, 'accept')).status).toBe(200)
    const made = await Promise.all([act(as.rev, proposalId, 'input'), act(as.ana, proposalId, 'input')])
    expect(made.map(({ status }) => status)).toEqual([201, 201])
    const [input, same]: Input[] = await Promise.all(made.map((answer) => answer.json()))
    expect(same?.id).toBe(input?.id)
    expect(input).toMatchObject({
      words: 'Que se sepa cuántos.',
      from: { id: people.rev.userId },
      proposal: { id: proposalId, number: 1 },
    })
    if (when === 'before') expect((await act(as.ana, proposalId, 'accept')).status).toBe(200)
    const passages = await changed(input?.id ?? '')
    expect(passages.map(({ made: how, by }) => [how, by.id])).toEqual([['proposal', people.ana.userId]])
    expect(passages[0]?.quote.replace(/\s/g, '')).toBe('cuarentaSepublicadónde.')
    expect(passages[0]?.places.map(({ text }) => text.trim())).toEqual(['cuarenta', 'Se publica dónde.'])
    expect((await behind()).items.map(({ input: { number } }) => number)).toEqual([1])
  },
)

test('[CP3] whose proposal it is not, and who does not link inputs, makes no input of it', async () => {
  const { planId, people, as, propose, act } = await scene()
  const proposalId = await propose(paragraph('Otra cosa.'))
  const mona = await plantPlan(database.db, { mona: 'monitor' })
  expect((await act(await world.cookieOf(mona.people.mona), proposalId, 'input')).status).toBe(404)
  await database.db.updateTable('member').set({ role: 'monitor' }).where('userId', '=', people.cora.userId).execute()
  expect((await act(as.cora, proposalId, 'input')).status).toBe(403)
  expect((await act(as.ana, 'x'.repeat(22), 'input')).status).toBe(404)
  expect(await world.ask(`GET /api/plans/${planId}/inputs`, { as: as.ana }).then((answer) => answer.json())).toEqual({
    ...{ items: [], nextCursor: null },
  })
})

test('[CP4] an acceptance goes through where its input can have no more links', async () => {
  const { planId, documentId, people, as, propose, act, changed } = await scene()
  const proposalId = await propose(paragraph('Se ponen cuarenta.'))
  const { id }: Input = await (await act(as.rev, proposalId, 'input')).json()
  const full = Array.from({ length: mostLinks - 1 }, (_, at) => ({
    ...{ inputId: id, number: at + 2, planId, documentId, byId: people.ana.userId, entry: 1 },
  }))
  await database.db.insertInto('inputLink').values(full).execute()
  expect((await act(as.ana, proposalId, 'accept')).status).toBe(200)
  expect(await changed(id)).toEqual([])
})

test('[CP6] words taken out of a text go from the passages, too', async () => {
  const { planId, documentId, people, as, text, bring, link, changed } = await scene()
  const id = await bring('Más luz')
  const ids = idsIn(await text(), 'faroles en el parque')
  await link(as.ana, id, { ids })
  const by = { askedBy: people.fina.userId, approvedBy: people.cora.userId }
  const wish = { planId, documentId, quote: 'parque', ranges: [], basis: 'Ley 81 de 2019', ...by }
  await takeOut({ db: database.db, rooms: world.rooms }, wish, { after: async () => undefined })
  expect((await changed(id)).map(({ quote }) => quote)).toEqual(['faroles en el ██████'])
})

test('[CP7] a guest of a workshop is told of their own inputs alone', async () => {
  const village = await plantWorkshopWorld(database, world.ask, world.cookieOf)
  const workshop = await village.open()
  const { phone } = await village.join(workshop.way, 'Luz')
  const base = `/api/plans/${village.planId}/inputs`
  const bring = { inputs: [{ key: key(), channel: 'online', words: 'De otra persona' }] }
  const { items } = await (await world.ask(`POST ${base}`, { as: village.as.carla, body: bring })).json()
  expect((await phone.ask(`GET ${base}/${items[0].id}/passages`)).status).toBe(404)
})

test('[CP4] [CP2] whatever is edited around them, what came from a proposal is its own letters that stand, and nothing else', async () => {
  const random = createRandom()
  const { people, documentId, as, text, propose, act, changed } = await scene()
  // Letters that nobody else writes.
  const greek = 'αβγδεζηθικλμν'
  const proposalId = await propose(paragraph(sentence.replace('faroles', greek)), paragraph(greek))
  const { id }: Input = await (await act(as.rev, proposalId, 'input')).json()
  await act(as.ana, proposalId, 'accept')
  for (let round = 0; round < 25; round += 1) {
    await edit(documentId, people.ana, (doc) => {
      const fragment = doc.getXmlFragment('summary')
      const at = random.integer(0, fragment.length - 1)
      const words = summaryOf(doc, at)
      const place = random.integer(0, words.length)
      if (random.chance(0.5)) words.insert(place, random.pick(['x', ' luz ', sentence]))
      else if (random.chance(0.6)) words.delete(place, Math.min(words.length - place, random.integer(0, 4)))
      else {
        // As an editor splits a paragraph: the end goes, and stands in another one.
        const end = words.toString().slice(place)
        words.delete(place, words.length - place)
        const next = new Y.XmlElement('paragraph')
        next.insert(0, [new Y.XmlText(end)])
        fragment.insert(at + 1, [next])
      }
    })
    const stands = textOf(contentOfState(Y.encodeStateAsUpdate(await text())).fields.summary ?? { type: 'doc' })
    const theirs = (await changed(id)).flatMap(({ places }) => places.map((place) => place.text)).join('')
    expect(theirs).toBe([...stands].filter((letter) => greek.includes(letter)).join(''))
  }
})

test('[CP8] the receipt of an input shows the words it changed, and who has it needs no account', async () => {
  const { people, documentId, as, base, text, bring, link } = await scene()
  const id = await bring('Más luz')
  await link(as.ana, id, { ids: idsIn(await text(), 'faroles en el parque') })
  await edit(documentId, people.ana, (doc) => summaryOf(doc).delete(sentence.indexOf(' en el'), ' en el parque'.length))
  const { code } = await (await world.ask(`POST ${base}/${id}/receipts`, { as: as.rev })).json()
  const look = async () => (await (await world.ask('POST /api/receipts/look', { body: { code } })).json()).input.changed
  expect(await look()).toEqual([
    { commitment: 1, title: 'Parques', field: 'summary', quote: 'faroles en el parque', now: ['faroles'] },
  ])
  await world.ask(`DELETE ${base}/${id}`, { as: as.rev })
  expect(await look()).toEqual([])
})
