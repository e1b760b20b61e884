import { randomUUID } from 'node:crypto'
import { newsTopics } from '@cabildo/protocol/room/messages'
import { erasingWith } from '@cabildo/testkit/erasing'
import { plantDocument, plantPlan } from '@cabildo/testkit/factories'
import { idsOfWords } from '@cabildo/testkit/ids-of-words'
import { openApp } from '@cabildo/testkit/open-app'
import type { FreshDatabase } from '@cabildo/testkit/postgres'
import { readFrame } from '@cabildo/testkit/room-clients'
import type { TestApp } from '@cabildo/testkit/test-app'
import { waitForWaiting } from '@cabildo/testkit/waiting'
import { filler } from '@cabildo/verify/redact'
import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import type * as Y from 'yjs'
import { eraseByProgram } from '../../privacy/erasing/service.ts'
import { takeOut } from '../../record/redaction/taking-out.ts'

let database: FreshDatabase
let world: TestApp
openApp((...made) => {
  ;[database, world] = made
})

const quote = 'Ana Paz'
let keys = 0
const opening = (more: object = {}) => ({ key: `key-of-a-comment-${++keys}`, kind: 'comment', body: 'Sí.', ...more })

/** A document in which `words` stand. */
async function scene(words = `Vive aquí ${quote}.`) {
  const { planId, people } = await plantPlan(database.db, { cora: 'coordinator', fina: 'facilitator' })
  const documentId = await plantDocument(database.db, planId, people.cora, 'Casa')
  const { userId, sessionId, groupId } = people.cora
  await world.rooms.edit(documentId, { writer: { userId, sessionId, groupId }, via: 'draft' }, (doc) =>
    textOf(doc).insert(0, words),
  )
  const as = await world.cookieOf(people.cora)
  const base = `/api/documents/${documentId}/threads`
  const ask = (key: string, body: object = {}) => world.ask(key, { as, body })
  /** Takes the words out, and asks for something before it is committed, which waits. */
  const takingOutWhile = async (asking: () => Promise<Response>): Promise<Response> => {
    let asked: Promise<Response> | undefined
    const [askedBy, approvedBy] = [people.fina.userId, people.cora.userId]
    const wish = { planId, documentId, quote, ranges: [], basis: 'Ley 81 de 2019', askedBy, approvedBy }
    await takeOut({ db: database.db, rooms: world.rooms }, wish, {
      async after() {
        asked = asking()
        await waitForWaiting(database.pool, 1)
      },
    })
    if (!asked) throw new Error('nothing was taken out')
    return asked
  }
  return { planId, documentId, people, as, base, ask, takingOutWhile }
}

const textOf = (doc: Y.Doc) => (doc.getXmlFragment('problem').get(0) as Y.XmlElement).get(0) as Y.XmlText

/** The ids of some words, as they are committed. */
async function idsOf(documentId: string, words: string) {
  return idsOfWords((await world.rooms.read(documentId))?.state ?? new Uint8Array([0, 0]), 'problem', words)
}

test('[TH13] a comment that is reworded while words are taken out does not bring them back as an earlier wording', async () => {
  const { base, ask, takingOutWhile } = await scene()
  const { id, comments } = await (await ask(`POST ${base}`, opening({ body: `Es ${quote}` }))).json()
  const comment = `${base}/${id}/comments/${comments[0].id}`
  const answer = await takingOutWhile(() => ask(`PATCH ${comment}`, { body: 'Es alguien' }))
  expect(answer.status).toBe(200)
  const { rows } = await sql<{ body: string; salt: string }>`
    select body, encode(salt, 'hex') as salt from comment_wording where comment_id = ${comments[0].id}`.execute(
    database.db,
  )
  expect(rows).toEqual([{ body: `Es ${filler.repeat(quote.length)}`, salt: '' }])
})

test('[TH13] a thread that is opened on words while they are taken out keeps what stands there then', async () => {
  const { base, ask, documentId, takingOutWhile } = await scene()
  const ids = await idsOf(documentId, quote)
  const answer = await takingOutWhile(() => ask(`POST ${base}`, opening({ ids })))
  expect(answer.status).toBe(201)
  expect(await answer.json()).toMatchObject({ quote: filler.repeat(quote.length) })
})

test('[TH11] whoever erases somebody waits for a thread of theirs before holding what everybody of the plan waits for', async () => {
  const { base, ask, planId, people } = await scene()
  const fina = await world.cookieOf(people.fina)
  const said = await world.ask(`POST ${base}`, { as: fina, body: opening() })
  const { id } = await said.json()
  await ask(`POST ${base}/${id}/comments`, opening())
  let erasing: Promise<boolean> | undefined
  await database.db.transaction().execute(async (trx) => {
    await sql`select from thread where id = ${id} for no key update`.execute(trx)
    erasing = eraseByProgram(erasingWith(database.db), people.fina.userId)
    await waitForWaiting(database.pool, 1)
    await sql`select from record_head where plan_id = ${planId} for update nowait`.execute(trx)
  })
  expect(await erasing).toBe(true)
})

test('[TH9] who waits while a document is archived says nothing in it any more', async () => {
  const { base, ask, documentId } = await scene()
  const { id } = await (await ask(`POST ${base}`, opening())).json()
  const answer = await database.db.transaction().execute(async (trx) => {
    await trx.updateTable('document').set({ status: 'archived' }).where('id', '=', documentId).execute()
    const asked = ask(`POST ${base}/${id}/comments`, opening())
    await waitForWaiting(database.pool, 1)
    return { asked }
  })
  expect((await answer.asked).status).toBe(423)
})

test('[TH4] a key that was used in another thread is refused', async () => {
  const { base, ask } = await scene()
  const used = opening()
  await ask(`POST ${base}`, used)
  const { id } = await (await ask(`POST ${base}`, opening())).json()
  const refused = await ask(`POST ${base}/${id}/comments`, used)
  expect(refused.status).toBe(400)
  expect((await refused.json()).errors[0].pointer).toBe('/key')
})

test('[TH3] words with a character that the database does not hold are pointed at like others', async () => {
  const { base, ask, documentId } = await scene('uno\u0000dos')
  const opened = await ask(`POST ${base}`, opening({ ids: await idsOf(documentId, 'o\u0000d') }))
  expect(opened.status).toBe(201)
  expect(await opened.json()).toMatchObject({ quote: 'o\ufffdd' })
})

test('[TH12] whoever else has the document open hears of a comment once it is there to be read', async () => {
  const { base, ask, documentId, people } = await scene()
  const { person, userId, sessionId } = people.fina
  const heard: Promise<number>[] = []
  const connection = {
    ...{ id: randomUUID(), open: true },
    send(message: Uint8Array) {
      const frame = readFrame(message)
      if (frame.type === 'news' && frame.topic === newsTopics[0]) heard.push(stored(documentId))
    },
    ...{ flush: () => undefined, close: () => undefined, pause: () => undefined, resume: () => undefined },
  }
  const capabilities = new Set(['news1'] as const)
  const member = { userId, sessionId, person, canWrite: false, expectsToWrite: false, capabilities }
  await world.rooms.join(connection, { documentId, member })
  await ask(`POST ${base}`, opening())
  await vi.waitFor(() => expect(heard).toHaveLength(1))
  expect(await heard[0]).toBe(1)
  world.rooms.leave(connection)
})

const stored = async (documentId: string): Promise<number> =>
  (await database.db.selectFrom('thread').select('id').where('documentId', '=', documentId).execute()).length
