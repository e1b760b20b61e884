import { consentText } from '@cabildo/protocol/consent'
import { type Send, sendTo } from '@cabildo/testkit/phone'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { textOf } from '@cabildo/testkit/room-clients'
import { connectProvider, type RoomProvider } from '@cabildo/testkit/room-provider'
import { type ServerProcess, startServer } from '@cabildo/testkit/server-process'
import { plantWorkshopWorld, type WorkshopWorld } from '@cabildo/testkit/workshop-world'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { createSessions } from '../auth/sessions.ts'

/** Typing for somebody without a phone, on the real program and over real sockets. */

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

const documentId = () => world.commitments[0]?.documentId ?? ''
const at = (of: WorkshopWorld, workshop: { id: string }, rest = '') =>
  `/api/plans/${of.planId}/workshops/${workshop.id}${rest}`

/** Puts somebody without a phone on the list of a workshop. */
async function adding(workshop: { id: string }, name: string, of = world): Promise<string> {
  const added = await send(`POST ${at(of, workshop, '/participants')}`, {
    as: of.as.carla,
    body: {
      name,
      groupId: of.otherGroupId,
      display: 'name',
      consent: { version: consentText.version, way: 'spoken' },
    },
  })
  expect(added.status).toBe(201)
  const { participants } = await added.json()
  return participants.find((one: { name: string }) => one.name === name).userId
}

function connect(cookie: string, behalf: string | undefined, doc = new Y.Doc()): RoomProvider {
  const params = { mode: 'edit', ...(behalf && { behalf }) }
  const room = connectProvider(server.url, documentId(), doc, { cookie, params })
  open.push(room)
  return room
}

async function sit(cookie: string, behalf?: string) {
  const doc = new Y.Doc()
  const room = connect(cookie, behalf, doc)
  await vi.waitFor(() => expect(room.provider.synced).toBe(true), soon)
  const type = async (words: string) => {
    textOf(doc, 'problem').insert(textOf(doc, 'problem').length, words)
    await vi.waitFor(() => expect(room.saved).toBe(room.sent), soon)
  }
  return { doc, room, type }
}

async function refused(cookie: string, behalf: string): Promise<number> {
  const room = connect(cookie, behalf)
  await vi.waitFor(() => expect(room.closeCodes.length).toBeGreaterThan(0), soon)
  room.provider.disconnect()
  return room.closeCodes[0] ?? 0
}

async function closing(room: RoomProvider): Promise<number> {
  await vi.waitFor(() => expect(room.closeCodes.length).toBeGreaterThan(0), { ...soon, timeout: 8000 })
  room.provider.disconnect()
  return room.closeCodes[0] ?? 0
}

const rowsOf = async (behalf: string) =>
  database.db
    .selectFrom('documentUpdate')
    .where('documentId', '=', documentId())
    .where('behalfId', '=', behalf)
    .select(['userId', 'behalfId', 'seq'])
    .orderBy('seq')
    .execute()

describe('[WS50] who runs workshops types for a participant', () => {
  test('rows and client ids name the sender and on whose behalf; for oneself they name nobody else', async () => {
    const workshop = await world.open()
    const rosa = await adding(workshop, 'Doña Rosa')
    const carla = world.people.carla.userId
    const own = await sit(world.as.carla)
    await own.type('De Carla. ')
    const forRosa = await sit(world.as.carla, rosa)
    await forRosa.type('De Rosa. ')
    textOf(forRosa.doc, 'problem').delete(0, 3)
    await vi.waitFor(() => expect(forRosa.room.saved).toBe(forRosa.room.sent), soon)

    expect((await rowsOf(rosa)).map(({ userId }) => userId)).toEqual([carla, carla])
    const clients = await database.db
      .selectFrom('documentClient')
      .where('documentId', '=', documentId())
      .where('clientId', 'in', [own.doc.clientID, forRosa.doc.clientID])
      .select(['userId', 'behalfId', 'groupId'])
      .orderBy('firstSeq')
      .execute()
    expect(clients).toEqual([
      { userId: carla, behalfId: null, groupId: world.groupId },
      { userId: carla, behalfId: rosa, groupId: world.otherGroupId },
    ])
  })

  test('[WS51] words typed for oneself are never brought as somebody else’s', async () => {
    const workshop = await world.open()
    const rosa = await adding(workshop, 'Rosa Uno')
    const { doc, room, type } = await sit(world.as.carla)
    await type('Mío. ')
    room.provider.disconnect()
    const again = connect(world.as.carla, rosa, doc)
    await vi.waitFor(() => expect(again.provider.synced).toBe(true), soon)
    textOf(doc, 'problem').insert(0, 'x')
    expect(await closing(again)).toBe(4403)
    expect(await rowsOf(rosa)).toEqual([])
  })

  test('[WS52] everybody sees who types for whom', async () => {
    const workshop = await world.open()
    const rosa = await adding(workshop, 'Rosa Dos')
    const ana = await sit(world.as.ana)
    const { room } = await sit(world.as.carla, rosa)
    room.provider.awareness.setLocalStateField('cursor', null)
    const stamps = () => [...ana.room.provider.awareness.getStates().values()].map(({ user }) => user)
    await vi.waitFor(
      () => expect(stamps()).toContainEqual(expect.objectContaining({ name: 'carla', behalf: { name: 'Rosa Dos' } })),
      soon,
    )
    await database.db
      .insertInto('displayChoice')
      .values({ planId: world.planId, userId: rosa, display: 'group' })
      .execute()
    await vi.waitFor(
      () =>
        expect(stamps()).toContainEqual(
          expect.objectContaining({ name: 'carla', behalf: { name: 'Producers', unnamed: true } }),
        ),
      soon,
    )
  })
})

describe('[WS53] nobody else does', () => {
  test('not who does not run workshops, and not for somebody who does not take part in one on the document', async () => {
    const workshop = await world.open()
    const rosa = await adding(workshop, 'Rosa Tres')
    const theirs = await adding(await other.open(), 'Ajena', other)
    const elsewhere = await adding(await world.open({ commitmentIds: [world.commitments[1]?.id] }), 'De otro tema')
    const { ana, carla, lector, parti } = world.as
    for (const cookie of [ana, lector, parti]) expect(await refused(cookie, rosa)).toBe(4403)
    const { phone, userId } = await world.join(workshop.way, 'Luz')
    expect(await refused(phone.cookie, rosa)).toBe(4403)
    for (const behalf of [theirs, elsewhere, world.people.carla.userId, world.people.ana.userId, 'nobody'])
      expect(await refused(carla, behalf)).toBe(4403)
    await database.db.updateTable('consent').set({ withdrawnAt: new Date() }).where('userId', '=', userId).execute()
    expect(await refused(carla, userId)).toBe(4403)
    await sit(carla, rosa)
  })
})

describe('[WS54] it ends when the right to it does', () => {
  const ends: [string, (workshop: { id: string }, rosa: string) => Promise<unknown>][] = [
    [
      'the workshop closes',
      (workshop) => send(`POST ${at(world, workshop, '/close')}`, { as: world.as.coco, body: {} }),
    ],
    [
      'the person is removed',
      (workshop, rosa) =>
        send(`PATCH ${at(world, workshop, `/participants/${rosa}`)}`, { as: world.as.coco, body: { removed: true } }),
    ],
    [
      'the person is muted',
      (workshop, rosa) =>
        send(`PATCH ${at(world, workshop, `/participants/${rosa}`)}`, { as: world.as.coco, body: { muted: true } }),
    ],
    ['their part in the plan ends', (_, rosa) => database.db.deleteFrom('member').where('userId', '=', rosa).execute()],
    [
      'they take their consent back',
      (_, rosa) =>
        database.db.updateTable('consent').set({ withdrawnAt: new Date() }).where('userId', '=', rosa).execute(),
    ],
  ]
  test.each(ends)('%s', async (_, end) => {
    const workshop = await world.open()
    const rosa = await adding(workshop, `Rosa ${Math.random()}`)
    const { room, type } = await sit(world.as.carla, rosa)
    await type('antes ')
    await end(workshop, rosa)
    expect(await closing(room)).toBe(4403)
    expect(await refused(world.as.carla, rosa)).toBe(4403)
    await sit(world.as.carla)
  })

  test('nothing is stored from the moment the workshop is over, whatever the room knew', async () => {
    const workshop = await world.open()
    const rosa = await adding(workshop, 'Rosa Tarde')
    const { doc, room } = await sit(world.as.carla, rosa)
    // Without a ring: the statement that stores is what refuses.
    await database.db.updateTable('workshop').set({ endsAt: new Date() }).where('id', '=', workshop.id).execute()
    textOf(doc, 'problem').insert(0, 'tarde ')
    await vi.waitFor(() => expect(room.closeCodes).toContain(4403), soon)
    room.provider.disconnect()
    expect(await rowsOf(rosa)).toEqual([])
  })
})
