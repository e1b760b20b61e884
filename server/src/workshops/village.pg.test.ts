import { createPhone, newcomer, type Send, sendTo } from '@cabildo/testkit/phone'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { textOf } from '@cabildo/testkit/room-clients'
import { connectProvider } from '@cabildo/testkit/room-provider'
import { type ServerProcess, startServer } from '@cabildo/testkit/server-process'
import { plantWorkshopWorld, type WorkshopWorld } from '@cabildo/testkit/workshop-world'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { createSessions } from '../auth/sessions.ts'
import { createDoc } from '../rooms/core/held-document.ts'

/** A village with sixty phones, and the real program. */

let database: FreshDatabase
let server: ServerProcess
let send: Send
let world: WorkshopWorld
beforeAll(async () => {
  database = await freshDatabase()
  server = await startServer({ databaseUrl: database.url })
  send = sendTo(server.url)
  world = await plantWorkshopWorld(database, send, async ({ userId }) => {
    const { cookie } = await createSessions(database.db, { secure: false }).begin(userId)
    return cookie.split(';', 1)[0] ?? ''
  })
}, 60_000)
afterAll(async () => {
  await server.stop()
  await database.drop()
})

const phones = 60

test('sixty phones look, join, open the room and type, all within thirty seconds; every word is there once, by its author', {
  timeout: 120_000,
}, async () => {
  const workshop = await world.open()
  const documentId = world.commitments[0]?.documentId ?? ''
  const began = performance.now()
  const people = await Promise.all(
    Array.from({ length: phones }, async (_, index) => {
      const phone = createPhone(send)
      const looked = await phone.ask('POST /api/workshops/look', workshop.way)
      const { groups } = (await looked.json()).workshop
      const joined = await phone.ask(
        'POST /api/workshops/join',
        newcomer(workshop.way, `Vecina ${index}`, groups[index % groups.length].id),
      )
      const { user } = await joined.json()
      expect((await phone.ask(`GET /api/documents/${documentId}`)).status).toBe(200)
      const doc = new Y.Doc()
      const room = connectProvider(server.url, documentId, doc, { cookie: phone.cookie, params: { mode: 'edit' } })
      await vi.waitFor(() => expect(room.provider.synced).toBe(true), { timeout: 30_000, interval: 20 })
      const words = [`agua${index}.`, `camino${index}.`, `escuela${index}.`]
      for (const word of words) {
        const paragraph = new Y.XmlElement('paragraph')
        const text = new Y.XmlText()
        paragraph.insert(0, [text])
        doc.getXmlFragment('problem').push([paragraph])
        for (const sign of word) {
          text.insert(text.length, sign)
          await new Promise((resolve) => setImmediate(resolve))
        }
      }
      await vi.waitFor(() => expect(room.saved).toBe(room.sent), { timeout: 30_000, interval: 20 })
      return { userId: user.id, words, doc, room }
    }),
  )
  const took = performance.now() - began
  expect(took).toBeLessThan(30_000)

  const { rows } = await database.pool.query<{ bytes: Buffer }>(
    'select bytes from document_update where document_id = $1 order by seq',
    [documentId],
  )
  const doc = createDoc()
  for (const { bytes } of rows) Y.applyUpdate(doc, bytes)
  const stands = doc
    .getXmlFragment('problem')
    .toArray()
    .map((paragraph) => (paragraph instanceof Y.XmlElement ? String(paragraph.get(0) ?? '') : ''))
    .filter((text) => text !== '')
  expect(stands.sort()).toEqual(people.flatMap(({ words }) => words).sort())
  const bound = await database.pool.query<{ client_id: number; user_id: string }>(
    "select client_id, user_id from document_client where document_id = $1 and via = 'edit'",
    [documentId],
  )
  expect(new Map(bound.rows.map(({ client_id, user_id }) => [Number(client_id), user_id]))).toEqual(
    new Map(people.map((person) => [person.doc.clientID, person.userId])),
  )
  expect(new Set(people.map(({ userId }) => userId)).size).toBe(phones)
  await vi.waitFor(
    () => {
      const texts = new Set(people.map(({ doc: own }) => textOf(own, 'problem').parent?.toString()))
      expect(texts.size).toBe(1)
    },
    { timeout: 20_000, interval: 50 },
  )
  for (const { room } of people) {
    expect(room.closeCodes).toEqual([])
    room.destroy()
  }
})
