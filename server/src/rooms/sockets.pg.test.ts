import { canonicalJson } from '@cabildo/schema/canonical'
import { contentOf } from '@cabildo/schema/content'
import { schemaHash } from '@cabildo/schema/rules'
import { plantDocument, plantPlan, type Someone } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createRandom } from '@cabildo/testkit/random'
import { capture, step1Frame, textOf, updateFrame } from '@cabildo/testkit/room-clients'
import { connectProvider, type RoomProvider } from '@cabildo/testkit/room-provider'
import { type ServerProcess, startServer } from '@cabildo/testkit/server-process'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { createSessions } from '../auth/sessions.ts'
import { createDoc } from './core/held-document.ts'

/** The real program, real sockets, y-websocket's own provider. */

let database: FreshDatabase
let server: ServerProcess
let plan: Awaited<ReturnType<typeof plantRoles>>
const plantRoles = (db: FreshDatabase['db']) =>
  plantPlan(db, { ana: 'drafter', beto: 'coordinator', carla: 'facilitator', dario: 'drafter', lector: 'reviewer' })
const until = { timeout: 30_000, interval: 25 }

beforeAll(async () => {
  database = await freshDatabase()
  plan = await plantRoles(database.db)
  server = await startServer({ databaseUrl: database.url })
}, 60_000)
afterAll(async () => {
  await server.stop()
  await database.drop()
})

const cookieOf = async ({ userId }: { userId: string }): Promise<string> => {
  const { cookie } = await createSessions(database.db, { secure: false }).begin(userId)
  return cookie.split(';', 1)[0] ?? ''
}
const newDocument = (): Promise<string> => plantDocument(database.db, plan.planId, plan.people.ana, 'Cuentas claras')

/** The document as its log tells it. */
const logged = async (documentId: string): Promise<Y.Doc> => {
  const { rows } = await database.pool.query<{ bytes: Buffer }>(
    'select bytes from document_update where document_id = $1 order by seq',
    [documentId],
  )
  const doc = createDoc()
  for (const { bytes } of rows) Y.applyUpdate(doc, bytes)
  return doc
}
const port = (): number => Number(new URL(server.url).port)

/** A bare socket to a room, for what no provider would do. */
const knock = async (
  documentId: string,
  options: { as?: Someone; origin?: string | null; query?: string } = {},
): Promise<
  { status: number } | { ws: WebSocket; closed: Promise<{ code: number; reason: string }>; frames: Buffer[] }
> => {
  const { as, origin = server.url, query = `schema=${schemaHash}` } = options
  const headers = { ...(as && { cookie: await cookieOf(as) }), ...(origin !== null && { origin }) }
  const ws = new WebSocket(`${server.url.replace('http', 'ws')}/rooms/${documentId}?${query}`, { headers })
  const frames: Buffer[] = []
  ws.on('message', (data: Buffer) => frames.push(data))
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    ws.on('close', (code, reason) => resolve({ code, reason: String(reason) }))
  })
  return new Promise((resolve, reject) => {
    ws.on('open', () => resolve({ ws, closed, frames }))
    ws.on('unexpected-response', (_, response) => {
      resolve({ status: response.statusCode ?? 0 })
      ws.terminate()
    })
    ws.on('error', reject)
  })
}
const enter = async (documentId: string, options?: Parameters<typeof knock>[1]) => {
  const entered = await knock(documentId, options)
  if (!('ws' in entered)) throw new Error(`the upgrade was answered ${entered.status}`)
  return entered
}

describe('the door [RM55]', () => {
  test('a foreign or missing origin gets HTTP 403', async () => {
    const documentId = await newDocument()
    expect(await knock(documentId, { as: plan.people.ana, origin: 'http://evil.test' })).toEqual({ status: 403 })
    expect(await knock(documentId, { as: plan.people.ana, origin: null })).toEqual({ status: 403 })
  })
  test('nobody signed in: 4401, and no byte of the document', async () => {
    const { closed, frames } = await enter(await newDocument())
    expect(await closed).toEqual({ code: 4401, reason: 'sign_in' })
    expect(frames).toEqual([])
  })
  test('a page of somebody else than the session’s person: 4401, whatever they may do here', async () => {
    const { ana, beto } = plan.people
    const documentId = await newDocument()
    const asked = (user: string) => `schema=${schemaHash}&user=${user}`
    const { closed, frames } = await enter(documentId, { as: beto, query: asked(ana.userId) })
    expect(await closed).toEqual({ code: 4401, reason: 'sign_in' })
    expect(frames).toEqual([])
    const own = await enter(documentId, { as: ana, query: asked(ana.userId) })
    await expect.poll(() => own.frames.length).toBeGreaterThan(0)
    own.ws.close()
  })
  test('no such document and one of a foreign plan look alike: 4404', async () => {
    const other = await plantPlan(database.db, { otra: 'drafter' })
    const foreign = await plantDocument(database.db, other.planId, other.people.otra, 'Ajeno')
    for (const id of [foreign, 'AAAAAAAAAAAAAAAAAAAAAA', 'not-an-id']) {
      const { closed } = await enter(id, { as: plan.people.ana })
      expect(await closed).toEqual({ code: 4404, reason: 'not_found' })
    }
  })
  test('another schema, none, or another epoch: 4409 before any byte', async () => {
    const documentId = await newDocument()
    for (const query of ['schema=sha256:00', '', `schema=${schemaHash}&epoch=9`]) {
      const { closed, frames } = await enter(documentId, { as: plan.people.ana, query })
      expect((await closed).code).toBe(4409)
      expect(frames).toEqual([])
    }
  })
  test('a client that means to write and may not: 4403', async () => {
    const { closed } = await enter(await newDocument(), {
      as: plan.people.lector,
      query: `schema=${schemaHash}&mode=edit`,
    })
    expect(await closed).toEqual({ code: 4403, reason: 'forbidden' })
  })
})

describe('hostile frames', () => {
  const send = async (
    documentId: string,
    frame: Uint8Array | string,
    as = plan.people.ana,
  ): Promise<{ code: number; reason: string }> => {
    const { ws, closed } = await enter(documentId, { as })
    ws.send(frame)
    return closed
  }
  test('[RM10] what does not decode closes its sender with 4400', async () => {
    const documentId = await newDocument()
    for (const frame of [
      Uint8Array.of(),
      Uint8Array.of(9),
      Uint8Array.of(0, 7, 0),
      Uint8Array.of(0, 2, 200),
      Uint8Array.of(0, 2, 3, 255, 255, 255),
      Uint8Array.of(1, 2, 1),
      'text',
    ]) {
      expect(await send(documentId, frame)).toEqual({ code: 4400, reason: 'malformed' })
    }
  })
  test('[RM40] a frame over 1 MiB gets 1009', async () => {
    expect((await send(await newDocument(), new Uint8Array((1 << 20) + 1))).code).toBe(1009)
  })
  test('[RM11] a foreign client id gets 4403, and the text stays', async () => {
    const documentId = await newDocument()
    const ana = new Y.Doc()
    const provider = connectProvider(server.url, documentId, ana, { cookie: await cookieOf(plan.people.ana) })
    await vi.waitFor(() => expect(provider.provider.synced).toBe(true), until)
    textOf(ana, 'problem').insert(0, 'Palabras de Ana')
    await vi.waitFor(() => expect(provider.saved).toBe(provider.sent), until)
    const forger = createDoc(Y.encodeStateAsUpdate(ana))
    forger.clientID = ana.clientID
    const forged = capture(forger, (doc) => textOf(doc, 'problem').insert(0, 'Firmado: Ana. '))
    expect(await send(documentId, updateFrame(forged ?? new Uint8Array()), plan.people.beto)).toEqual({
      code: 4403,
      reason: 'foreign_client',
    })
    expect(canonicalJson(contentOf(await logged(documentId)))).toBe(canonicalJson(contentOf(ana)))
    provider.destroy()
  })
  test("[RM20] a reader's edits change nothing and count as handled", async () => {
    const documentId = await newDocument()
    const before = canonicalJson(contentOf(await logged(documentId)))
    const doc = new Y.Doc()
    const provider = connectProvider(server.url, documentId, doc, { cookie: await cookieOf(plan.people.lector) })
    await vi.waitFor(() => expect(provider.provider.synced).toBe(true), until)
    textOf(doc, 'problem').insert(0, 'No debo')
    await vi.waitFor(() => expect(provider.saved).toBe(provider.sent), until)
    expect(provider.sent).toBeGreaterThan(0)
    expect(canonicalJson(contentOf(await logged(documentId)))).toBe(before)
    provider.destroy()
  })
  test('[RM42] a flood is read more slowly, and nothing of it is lost', async () => {
    const documentId = await newDocument()
    const { ws } = await enter(documentId, { as: plan.people.ana, query: `schema=${schemaHash}&caps=saved1` })
    const doc = await logged(documentId)
    ws.send(step1Frame(doc))
    for (let i = 0; i < 6000; i++)
      ws.send(updateFrame(capture(doc, (live) => textOf(live, 'problem').insert(i, 'x')) ?? new Uint8Array()))
    await vi.waitFor(async () => expect(textOf(await logged(documentId), 'problem').length).toBe(6000), until)
    ws.close()
  })
})

describe('rights act on open sockets within two seconds [RM23]', () => {
  const live = async (name: 'carla' | 'dario', query = '') => {
    const documentId = await newDocument()
    return enter(documentId, { as: plan.people[name], query: `schema=${schemaHash}${query}` })
  }
  test('a session that ended: 4401', async () => {
    const { closed } = await live('carla')
    const at = performance.now()
    await database.db
      .updateTable('session')
      .set({ endedAt: new Date() })
      .where('userId', '=', plan.people.carla.userId)
      .execute()
    expect((await closed).code).toBe(4401)
    expect(performance.now() - at).toBeLessThan(2500)
  })
  test('somebody suspended in the plan: 4403; one demoted who means to write: 4403', async () => {
    const first = await live('dario', '&mode=edit')
    await database.db
      .updateTable('member')
      .set({ role: 'reviewer' })
      .where('userId', '=', plan.people.dario.userId)
      .execute()
    expect((await first.closed).code).toBe(4403)
    const second = await live('dario')
    await database.db
      .updateTable('member')
      .set({ suspendedAt: new Date() })
      .where('userId', '=', plan.people.dario.userId)
      .execute()
    expect((await second.closed).code).toBe(4403)
  })
})

describe('several providers at once, with cuts and restarts', () => {
  test('[RM1] [RM5] [RM53] all documents end equal to the log, and nothing acknowledged is missing', {
    timeout: 180_000,
  }, async () => {
    const random = createRandom()
    const documentId = await newDocument()
    const tabs: { doc: Y.Doc; room: RoomProvider }[] = []
    for (const person of [
      plan.people.ana,
      plan.people.ana,
      plan.people.beto,
      plan.people.beto,
      plan.people.ana,
      plan.people.beto,
    ]) {
      const doc = new Y.Doc()
      tabs.push({ doc, room: connectProvider(server.url, documentId, doc, { cookie: await cookieOf(person) }) })
    }
    await vi.waitFor(() => expect(tabs.every(({ room }) => room.provider.synced)).toBe(true), until)
    let typed = 0
    for (let turn = 0; turn < 400; turn++) {
      const tab = random.pick(tabs)
      const text = textOf(tab.doc, random.pick(['problem', 'solution']))
      if (random.chance(0.8) || text.length === 0) {
        const word = `palabra ${turn} `
        typed += word.length
        text.insert(random.integer(0, text.length), word)
      } else text.format(0, text.length, { bold: random.chance(0.5) ? {} : null })
      if (turn % 40 === 39) {
        const cut = random.pick(tabs)
        if (random.chance(0.5)) cut.room.provider.disconnect()
        else cut.room.provider.ws?.close()
        const back = random.pick(tabs)
        back.room.provider.connect()
      }
      if (turn === 150) expect(await server.stop()).toBe(0)
      if (turn === 300) await server.kill()
      if (turn === 200 || turn === 350) server = await startServer({ databaseUrl: database.url, port: port() })
      await new Promise((resolve) => setImmediate(resolve))
    }
    for (const { room } of tabs) room.provider.connect()
    await vi.waitFor(() => {
      for (const { room } of tabs) expect([room.provider.synced, room.saved]).toEqual([true, room.sent])
    }, until)
    await vi.waitFor(async () => {
      const expected = canonicalJson(contentOf(await logged(documentId)))
      for (const { doc } of tabs) expect(canonicalJson(contentOf(doc))).toBe(expected)
    }, until)
    // Nothing was deleted, so that every character typed must stand, once.
    const stands = await logged(documentId)
    const length = textOf(stands, 'problem').length + textOf(stands, 'solution').length
    expect(length, `characters (seed ${random.seed})`).toBe(typed)
    // Nobody honest was turned away for good.
    for (const { room } of tabs) expect(room.closeCodes.filter((code) => code >= 4400 && code < 4500)).toEqual([])
    for (const { room } of tabs) room.destroy()
  })
})
