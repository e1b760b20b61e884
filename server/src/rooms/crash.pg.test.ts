import { setTimeout as pace } from 'node:timers/promises'
import { plantDocument, plantPlan } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createRandom } from '@cabildo/testkit/random'
import { textOf } from '@cabildo/testkit/room-clients'
import { connectProvider, type RoomProvider } from '@cabildo/testkit/room-provider'
import { type ServerProcess, startServer } from '@cabildo/testkit/server-process'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { createSessions } from '../auth/sessions.ts'
import { createDoc } from './core/held-document.ts'

/** The server is killed as by a power cut while ten people type, again and again (docs/spec/security.md, P1). */

const rounds = process.env.LONG === '1' ? 100 : 20
/** A round is as much about its kill as about what was typed before: of that a long run has more. Milliseconds. */
const longest = process.env.LONG === '1' ? 700 : 400
const writers = 10
const until = { timeout: 30_000, interval: 20 }

let database: FreshDatabase
let server: ServerProcess | undefined
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(async () => {
  await server?.kill()
  await database.drop()
})

/** How often each word stands in a text. */
const wordsIn = (text: string): Map<string, number> => {
  const found = new Map<string, number>()
  for (const [word] of text.matchAll(/\{\d+-\d+\}/g)) found.set(word, (found.get(word) ?? 0) + 1)
  return found
}

interface Writer {
  doc: Y.Doc
  room: RoomProvider
  /** Words typed so far, and for each frame sent on this connection the words it was sent after. */
  words: string[]
  acknowledged: number
}

test(`[RM2] [RM3] ${rounds} kills under ten writers: no acknowledged word is lost, and none stands twice`, {
  timeout: rounds * 15_000,
}, async () => {
  const random = createRandom()
  const { planId, people } = await plantPlan(database.db, { ana: 'drafter', beto: 'drafter' })
  const documentId = await plantDocument(database.db, planId, people.ana, 'Cuentas claras')
  const sessions = createSessions(database.db, { secure: false })
  const cookies = await Promise.all(
    [people.ana, people.beto].map(async ({ userId }) => (await sessions.begin(userId)).cookie.split(';', 1)[0] ?? ''),
  )

  let running = await startServer({ databaseUrl: database.url })
  server = running
  const port = Number(new URL(running.url).port)
  const everyone: Writer[] = Array.from({ length: writers }, (_, i) => {
    const doc = new Y.Doc()
    const writer: Writer = {
      doc,
      words: [],
      acknowledged: 0,
      room: connectProvider(running.url, documentId, doc, { cookie: cookies[i % 2] ?? '' }),
    }
    // All that was typed before the frames now acknowledged were sent is safe: note how many words that is.
    writer.room.onChange(() => {
      const { room } = writer
      if (room.provider.synced && room.sent > 0 && room.sent === room.saved) writer.acknowledged = writer.words.length
    })
    return writer
  })
  const logged = async (): Promise<string> => {
    const { rows } = await database.pool.query<{ bytes: Buffer }>(
      'select bytes from document_update where document_id = $1 order by seq',
      [documentId],
    )
    const doc = createDoc()
    for (const { bytes } of rows) Y.applyUpdate(doc, bytes)
    return ['problem', 'causes', 'solution', 'results'].map((field) => textOf(doc, field).toJSON()).join('')
  }

  let promised = 0
  for (let round = 0; round < rounds; round++) {
    await vi.waitFor(() => expect(everyone.every(({ room }) => room.provider.synced)).toBe(true), until)
    const killAt = performance.now() + random.integer(50, longest)
    while (performance.now() < killAt) {
      const index = random.integer(0, writers - 1)
      const writer = everyone[index] as Writer
      const word = `{${index}-${writer.words.length}}`
      writer.words.push(word)
      const text = textOf(writer.doc, ['problem', 'causes', 'solution', 'results'][index % 4] ?? 'problem')
      // At the very start, so that no word is written into another.
      text.insert(0, word)
      // A pace ten people keep together; without it one process is busy with nothing but its own ten documents.
      await pace(3)
    }
    await running.kill()
    const safe = everyone.map(({ acknowledged }) => acknowledged)
    promised += safe.reduce((sum, count) => sum + count, 0)
    const stands = wordsIn(await logged())
    everyone.forEach(({ words }, i) => {
      for (const word of words.slice(0, safe[i])) {
        if (stands.get(word) !== 1) {
          throw new Error(`seed ${random.seed}, round ${round}: ${word} stands ${stands.get(word) ?? 0} times`)
        }
      }
    })
    running = await startServer({ databaseUrl: database.url, port })
    server = running
  }
  // Something was really promised, or the test shows nothing.
  expect(promised).toBeGreaterThan(rounds)
  await vi.waitFor(() => {
    for (const { room } of everyone) expect([room.provider.synced, room.saved]).toEqual([true, room.sent])
  }, until)
  const stands = wordsIn(await logged())
  for (const { words, doc } of everyone) {
    for (const word of words) expect(stands.get(word), `${word} (seed ${random.seed})`).toBe(1)
    doc.destroy()
  }
  for (const { room } of everyone) {
    expect(room.closeCodes.filter((code) => code >= 4400 && code < 4500)).toEqual([])
    room.destroy()
  }
})
