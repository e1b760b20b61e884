import { newcomer, type Phone, type Send, sendTo } from '@cabildo/testkit/phone'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { textOf } from '@cabildo/testkit/room-clients'
import { connectProvider, type RoomProvider } from '@cabildo/testkit/room-provider'
import { type ServerProcess, startServer } from '@cabildo/testkit/server-process'
import { plantWorkshopWorld, type WorkshopWorld } from '@cabildo/testkit/workshop-world'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { createSessions } from '../auth/sessions.ts'
import { createDoc } from './core/held-document.ts'

/** Workshops on the real program, over real sockets. */

let database: FreshDatabase
let server: ServerProcess
let send: Send
let world: WorkshopWorld
let other: WorkshopWorld
const open: RoomProvider[] = []
const soon = { timeout: 20_000, interval: 20 }

beforeAll(async () => {
  database = await freshDatabase()
  server = await startServer({ databaseUrl: database.url })
  send = sendTo(server.url)
  const cookieOf = async ({ userId }: { userId: string }) => {
    const { cookie } = await createSessions(database.db, { secure: false }).begin(userId)
    return cookie.split(';', 1)[0] ?? ''
  }
  world = await plantWorkshopWorld(database, send, cookieOf)
  other = await plantWorkshopWorld(database, send, cookieOf)
}, 60_000)
afterEach(() => {
  for (const room of open.splice(0)) room.destroy()
})
afterAll(async () => {
  await server.stop()
  await database.drop()
})

const documentOf = (place: 0 | 1) => world.commitments[place]?.documentId ?? ''
const at = (workshop: { id: string }, rest = '') => `/api/plans/${world.planId}/workshops/${workshop.id}${rest}`
const asCarla = (key: string, body: object) => send(key, { as: world.as.carla, body })
const change = (workshop: { id: string }, userId: string, body: object) =>
  asCarla(`PATCH ${at(workshop, `/participants/${userId}`)}`, body)

/** The document as its log tells it. */
const stored = async (documentId: string): Promise<string> => {
  const { rows } = await database.pool.query<{ bytes: Buffer }>(
    'select bytes from document_update where document_id = $1 order by seq',
    [documentId],
  )
  const doc = createDoc()
  for (const { bytes } of rows) Y.applyUpdate(doc, bytes)
  return textOf(doc, 'problem').toString()
}
/** Opens a document with these cookies; `edit`: as somebody who means to write. */
const connect = (cookie: string, documentId: string, doc = new Y.Doc(), edit = true): RoomProvider => {
  const room = connectProvider(server.url, documentId, doc, { cookie, params: edit ? { mode: 'edit' } : {} })
  open.push(room)
  return room
}
const sit = async (phone: Phone, documentId = documentOf(0)) => {
  const doc = new Y.Doc()
  const room = connect(phone.cookie, documentId, doc)
  await vi.waitFor(() => expect(room.provider.synced).toBe(true), soon)
  const type = (words: string) => textOf(doc, 'problem').insert(textOf(doc, 'problem').length, words)
  const saved = () => vi.waitFor(() => expect(room.saved).toBe(room.sent), soon)
  return { doc, room, type, saved }
}
/** Waits for the socket's end and answers its close code, and after how many milliseconds it came. */
const closing = async (room: RoomProvider): Promise<{ code: number; after: number }> => {
  const before = room.closeCodes.length
  const began = performance.now()
  await vi.waitFor(() => expect(room.closeCodes.length).toBeGreaterThan(before), soon)
  const after = performance.now() - began
  room.provider.disconnect()
  return { code: room.closeCodes[before] ?? 0, after }
}

test('[PE12] a guest is unverified to everybody wherever people are read; an account is not; nobody at all is not described', async () => {
  const workshop = await world.open()
  const { phone, userId } = await world.join(workshop.way, 'Rosa')
  const rosa = await sit(phone)
  rosa.type('Rosa. ')
  await rosa.saved()
  const anaDoc = new Y.Doc()
  const ana = connect(world.as.ana, documentOf(0), anaDoc)
  await vi.waitFor(() => expect(ana.provider.synced).toBe(true), soon)
  const anaId = world.people.ana.userId
  textOf(anaDoc, 'problem').insert(0, 'Ana. ')
  await vi.waitFor(() => expect(ana.saved).toBe(ana.sent), soon)

  type Seen = { id: string; unverified?: boolean }
  const reading = async (path: string): Promise<unknown> => (await send(`GET ${path}`, { as: world.as.lector })).json()
  /** Everybody in an answer, wherever they stand in it, with whether they are marked. */
  const marksIn = (value: unknown): [string, boolean][] => {
    if (typeof value !== 'object' || value === null) return []
    const here = value as Partial<Seen>
    const isPerson = 'group' in value && (here.id === userId || here.id === anaId)
    const mark: [string, boolean][] = isPerson ? [[here.id ?? '', here.unverified === true]] : []
    return [...mark, ...Object.values(value).flatMap(marksIn)]
  }
  const paths = ['', '/members'].map((rest) => `/api/plans/${world.planId}${rest}`)
  const history = `/api/documents/${documentOf(0)}/history?limit=50`
  const stamps = () =>
    [...ana.provider.awareness.getStates()].flatMap(([, { user }]) => (user as Seen | undefined) ?? [])
  const stampOf = (id: string) => stamps().find((user) => user.id === id)

  await vi.waitFor(() => expect(stampOf(userId)).toMatchObject({ unverified: true }), soon)
  await vi.waitFor(() => expect(marksIn(rosaSees()).length).toBe(1), soon)
  expect(marksIn(rosaSees())).toEqual([[anaId, false]])
  for (const path of [...paths, history]) {
    const marks = marksIn(await reading(path))
    expect(new Map(marks), path).toEqual(
      new Map([
        [userId, true],
        [anaId, false],
      ]),
    )
    for (const [id, marked] of marks) expect([id, marked], path).toEqual([id, id === userId])
  }
  const board = await (await send(`GET ${at(workshop)}`, { as: world.as.carla })).json()
  expect(board.participants).toMatchObject([{ userId, guest: true }])
  const device = await (await phone.ask('GET /api/device')).json()
  expect(device.people).toMatchObject([{ person: { id: userId, unverified: true } }])

  await database.db.insertInto('displayChoice').values({ planId: world.planId, userId, display: 'anonymous' }).execute()
  await vi.waitFor(() => expect(stampOf(userId)).toMatchObject({ unnamed: true }), { ...soon })
  expect(stampOf(userId)).not.toHaveProperty('unverified')
  for (const path of [...paths, history]) expect(new Map(marksIn(await reading(path))).get(userId), path).toBe(false)

  function rosaSees(): unknown {
    return [...rosa.room.provider.awareness.getStates()].map(([, { user }]) => user)
  }
})

describe('rights of a workshop act on open sockets within two seconds [T23]', () => {
  test('[WS41] muted while typing: 4403; the words stay on the phone, are kept as a draft, and come when it is over', async () => {
    const workshop = await world.open()
    const { phone, userId } = await world.join(workshop.way, 'Luz')
    const { doc, room, type, saved } = await sit(phone)
    type('antes ')
    await saved()
    const typing = setInterval(() => type('x'), 5)
    await change(workshop, userId, { muted: true })
    const began = performance.now()
    // A commit that was under way may be refused first (RM5): then the door says it.
    await vi.waitFor(() => expect(room.closeCodes).toContain(4403), soon)
    clearInterval(typing)
    room.provider.disconnect()

    expect(performance.now() - began).toBeLessThan(2000)
    expect(room.closeCodes.filter((code) => code !== 4403 && code !== 4503)).toEqual([])
    type(' después')
    const words = textOf(doc, 'problem').toString()
    expect(words).toMatch(/antes x+ después$/)
    expect(await stored(documentOf(0))).not.toContain('después')
    // They read on, and what they wrote is kept for them.
    await vi.waitFor(
      async () => expect((await phone.ask(`GET /api/documents/${documentOf(0)}`)).status).toBe(200),
      soon,
    )
    const update = Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64')
    const kept = await phone.ask(`POST /api/documents/${documentOf(0)}/drafts`, { update, reason: 'forbidden' })
    expect([kept.status, await kept.json()]).toMatchObject([201, { kept: { author: { id: userId } } }])
    const reader = connect(phone.cookie, documentOf(0), new Y.Doc(), false)
    await vi.waitFor(() => expect(reader.provider.synced).toBe(true), soon)
    // The same document comes back once they may write again: nothing typed is missing or doubled.
    await change(workshop, userId, { muted: false })
    const back = connect(phone.cookie, documentOf(0), doc)
    await vi.waitFor(() => expect([back.provider.synced, back.saved]).toEqual([true, back.sent]), soon)
    expect(await stored(documentOf(0))).toBe(words)
  })

  test('[WS32] removed while typing: 4401', async () => {
    const workshop = await world.open()
    const { phone, userId } = await world.join(workshop.way, 'Luz')
    const { room } = await sit(phone)
    const ended = closing(room)
    await change(workshop, userId, { removed: true })
    const { code, after } = await ended
    expect([code, after < 2000]).toEqual([4401, true])
  })

  test('[WS33] said to be somebody else: 4401, and back as that person by one tap', async () => {
    const workshop = await world.open()
    const { phone, userId } = await world.join(workshop.way, 'Luz P.')
    const { userId: luz } = await world.join(workshop.way, 'Luz Pérez')
    const { room } = await sit(phone)
    const ended = closing(room)
    await asCarla(`POST ${at(workshop, `/participants/${userId}/merge`)}`, { into: luz })
    const { code, after } = await ended
    expect([code, after < 2000]).toEqual([4401, true])
    expect((await phone.ask('POST /api/device/active', { userId: luz })).status).toBe(200)
    await (await sit(phone)).saved()
  })

  test('[WS6] the workshop closes: every guest is out with 4401, accounts that came may not write any more', async () => {
    const workshop = await world.open()
    const guests = await Promise.all(['A', 'B', 'C'].map((name) => world.join(workshop.way, name)))
    const rooms = await Promise.all(guests.map(async ({ phone }) => (await sit(phone)).room))
    await send('POST /api/workshops/join', {
      as: world.as.parti,
      body: newcomer(workshop.way, 'x', world.groupId),
    })
    const account = connect(world.as.parti, documentOf(0))
    await vi.waitFor(() => expect(account.provider.synced).toBe(true), soon)
    const ended = Promise.all([...rooms, account].map(closing))
    await asCarla(`POST ${at(workshop, '/close')}`, {})
    const ends = await ended
    expect(ends.map(({ code }) => code)).toEqual([4401, 4401, 4401, 4403])
    expect(Math.max(...ends.map(({ after }) => after))).toBeLessThan(2000)
  })

  test('[WS6] it ends by itself: nothing is stored after, and who only looks is out within five seconds', async () => {
    const workshop = await world.open({ endsAt: new Date(Date.now() + 2500).toISOString() })
    const { phone } = await world.join(workshop.way, 'Luz')
    const { type, room } = await sit(phone)
    const { phone: quiet } = await world.join(workshop.way, 'Eva')
    const { room: looking } = await sit(quiet)
    const ended = Promise.all([closing(room), closing(looking)])
    type('a tiempo ')
    const late = setTimeout(() => type('tarde'), Date.parse(workshop.endsAt) - Date.now() + 100)
    const [{ code }, { code: lookerCode, after }] = await ended
    clearTimeout(late)
    // A refused commit sends everybody back to the door, which then says why.
    expect([4401, 4503]).toContain(code)
    expect([4401, 4503]).toContain(lookerCode)
    expect(after).toBeLessThan(2500 + 5500)
    expect(await stored(documentOf(0))).not.toContain('tarde')
    expect((await quiet.ask('GET /api/session')).status).toBe(401)
  })

  test('[WS20] the phone is passed: the socket of the one before ends, and each one’s words are their own', async () => {
    const workshop = await world.open({ commitmentIds: [world.commitments[1]?.id] })
    const { phone, userId: luz } = await world.join(workshop.way, 'Luz')
    const { userId: beto } = await world.join(workshop.way, 'Beto', phone)
    const first = await sit(phone, documentOf(1))
    first.type('de Beto ')
    await first.saved()
    const ended = closing(first.room)
    await phone.ask('POST /api/device/active', { userId: luz })
    const { code, after } = await ended
    expect([code, after < 2000]).toEqual([4401, true])
    const second = await sit(phone, documentOf(1))
    second.type('de Luz ')
    await second.saved()

    const { rows } = await database.pool.query<{ client_id: number; user_id: string }>(
      'select client_id, user_id from document_client where document_id = $1 and client_id = any($2)',
      [documentOf(1), [first.doc.clientID, second.doc.clientID]],
    )
    expect(new Map(rows.map((row) => [Number(row.client_id), row.user_id]))).toEqual(
      new Map([
        [first.doc.clientID, beto],
        [second.doc.clientID, luz],
      ]),
    )
  })
})

describe('a guest reaches the workshop and nothing else [WS42]', () => {
  test('[T4] no other document of the plan, no other commitment in the list, nothing of another plan', async () => {
    const workshop = await world.open()
    const { phone } = await world.join(workshop.way, 'Luz')
    const plan = await (await phone.ask(`GET /api/plans/${world.planId}`)).json()
    expect(plan.commitments.map(({ id }: { id: string }) => id)).toEqual([world.commitments[0]?.id])
    expect(plan.may).toEqual({
      addCommitment: false,
      managePeople: false,
      addGroups: false,
      runWorkshops: false,
      redact: false,
      readHistory: false,
    })

    const foreign = other.commitments[0]?.documentId ?? ''
    for (const documentId of [documentOf(1), foreign, 'A'.repeat(22)]) {
      for (const path of ['', '/history', '/versions', '/drafts', '/at/1']) {
        expect([path, (await phone.ask(`GET /api/documents/${documentId}${path}`)).status]).toEqual([path, 404])
      }
      const room = connect(phone.cookie, documentId)
      expect((await closing(room)).code).toBe(4404)
    }
    expect((await phone.ask(`GET /api/plans/${other.planId}`)).status).toBe(404)
    expect((await phone.ask(`POST /api/plans/${world.planId}/commitments`, { title: 'Mine' })).status).toBe(403)
  })

  test('[WS43] a reviewer who attends may not write: turned away who means to, passed over who does', async () => {
    const workshop = await world.open()
    const as = world.as.lector
    await send('POST /api/workshops/join', { as, body: newcomer(workshop.way, 'x', world.groupId) })
    expect((await closing(connect(as, documentOf(0)))).code).toBe(4403)
    const before = await stored(documentOf(0))
    const doc = new Y.Doc()
    const room = connect(as, documentOf(0), doc, false)
    await vi.waitFor(() => expect(room.provider.synced).toBe(true), soon)
    textOf(doc, 'problem').insert(0, 'No debo')
    await vi.waitFor(() => expect(room.saved).toBe(room.sent), soon)
    expect(await stored(documentOf(0))).toBe(before)
  })
})

test('the board says who has a document of the workshop open', async () => {
  const workshop = await world.open()
  const { phone } = await world.join(workshop.way, 'Luz')
  const { userId: away } = await world.join(workshop.way, 'Eva')
  const { room } = await sit(phone)
  const inside = async () => {
    const view = await (await send(`GET ${at(workshop)}`, { as: world.as.carla })).json()
    return view.participants.map((one: { userId: string; inside: boolean }) => [one.userId === away, one.inside])
  }
  await vi.waitFor(
    async () =>
      expect(await inside()).toEqual([
        [false, true],
        [true, false],
      ]),
    soon,
  )
  room.provider.disconnect()
  await vi.waitFor(
    async () =>
      expect(await inside()).toEqual([
        [false, false],
        [true, false],
      ]),
    soon,
  )
})
