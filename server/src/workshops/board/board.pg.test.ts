import type { Attendance, ParticipantItem, Workshop } from '@cabildo/protocol/http/workshops'
import { createPhone, newcomer } from '@cabildo/testkit/phone'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp } from '@cabildo/testkit/test-app'
import { plantWorkshopWorld, type WorkshopWorld } from '@cabildo/testkit/workshop-world'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../db/ids.ts'
import { peopleOf } from '../../people/service.ts'

let database: FreshDatabase
let app: TestApp
let world: WorkshopWorld
let other: WorkshopWorld
beforeAll(async () => {
  database = await freshDatabase()
  app = createTestApp(database)
  world = await plantWorkshopWorld(database, app.ask, app.cookieOf)
  other = await plantWorkshopWorld(database, app.ask, app.cookieOf)
})
afterAll(() => database.drop())

const at = (workshop: { id: string }, rest = '') => `/api/plans/${world.planId}/workshops/${workshop.id}${rest}`
const codeOf = async (response: Response): Promise<unknown> => [response.status, (await response.json()).code]
const change = (workshop: { id: string }, userId: string, body: object) =>
  app.ask(`PATCH ${at(workshop, `/participants/${userId}`)}`, { as: world.as.carla, body })
const merge = (workshop: { id: string }, userId: string, into: string) =>
  app.ask(`POST ${at(workshop, `/participants/${userId}/merge`)}`, { as: world.as.carla, body: { into } })
const close = (workshop: { id: string }) => app.ask(`POST ${at(workshop, '/close')}`, { as: world.as.carla, body: {} })
const board = async (workshop: { id: string }): Promise<ParticipantItem[]> => {
  const view: Workshop = await (await app.ask(`GET ${at(workshop)}`, { as: world.as.carla })).json()
  return view.participants
}
const events = (userId: string) =>
  database.db
    .selectFrom('membershipEvent')
    .where('userId', '=', userId)
    .orderBy('id')
    .select(['kind', 'actorId', 'groupId', 'wasGroupId', 'workshopId', 'intoUserId'])
    .execute()

describe('the board [WS30]', () => {
  test('shows who came, in order, by the names they gave, with group, table, and who shares a phone', async () => {
    const workshop = await world.open()
    const phone = createPhone(app.ask)
    const joined = await phone.ask('POST /api/workshops/join', {
      ...newcomer(workshop.way, 'Luz', world.groupId),
      tableId: workshop.tables[0]?.id,
      display: 'anonymous',
    })
    const { user } = await joined.json()
    const { userId: beto } = await world.join(workshop.way, 'Beto')
    const { userId: eva } = await world.join(workshop.way, 'Eva', phone)
    const group = { id: world.groupId, name: 'Neighbours', sector: 'civil_society' }
    const common = {
      guest: true,
      group,
      inside: false,
      mutedAt: null,
      removedAt: null,
      mergedInto: null,
      joinedAt: expect.any(String),
    }

    expect(await board(workshop)).toEqual([
      { ...common, userId: user.id, name: 'Luz', tableId: workshop.tables[0]?.id, display: 'anonymous', device: 1 },
      { ...common, userId: beto, name: 'Beto', tableId: null, display: 'name', device: 2 },
      { ...common, userId: eva, name: 'Eva', tableId: null, display: 'name', device: 1 },
    ])
  })
})

describe('correcting [WS31]', () => {
  test('name, group and table, each with its record', async () => {
    const workshop = await world.open()
    const { phone, userId } = await world.join(workshop.way, 'Lus')
    const answer = await change(workshop, userId, {
      name: 'Luz',
      groupId: world.otherGroupId,
      tableId: workshop.tables[1]?.id,
    })

    expect([answer.status, await answer.json()]).toMatchObject([
      200,
      { userId, name: 'Luz', group: { id: world.otherGroupId }, tableId: workshop.tables[1]?.id },
    ])
    const { user } = await (await phone.ask('GET /api/session')).json()
    expect(user.name).toBe('Luz')
    const by = { actorId: world.people.carla.userId, workshopId: workshop.id }
    expect(await events(userId)).toMatchObject([
      { kind: 'joined' },
      { kind: 'renamed', ...by },
      { kind: 'group_changed', ...by, groupId: world.otherGroupId, wasGroupId: world.groupId },
    ])
    // The same again changes nothing and is no event.
    await change(workshop, userId, { name: 'Luz', groupId: world.otherGroupId, muted: false, removed: false })
    expect(await events(userId)).toHaveLength(3)
    expect(await (await change(workshop, userId, { tableId: null })).json()).toMatchObject({ tableId: null })
  })

  test('[T4] groups and tables of elsewhere are refused like ones that do not exist, and nothing changes', async () => {
    const workshop = await world.open()
    const foreign = await other.open()
    const { userId } = await world.join(workshop.way, 'Luz')
    const bad: [object, string][] = [
      [{ name: 'X', groupId: other.groupId }, '/groupId'],
      [{ name: 'X', groupId: newId() }, '/groupId'],
      [{ name: 'X', tableId: foreign.tables[0]?.id }, '/tableId'],
      [{ name: 'X', tableId: newId() }, '/tableId'],
    ]
    for (const [body, pointer] of bad) {
      const refused = await change(workshop, userId, body)
      expect([refused.status, (await refused.json()).errors]).toMatchObject([400, [{ pointer }]])
    }
    expect(await board(workshop)).toMatchObject([{ name: 'Luz', tableId: null, group: { id: world.groupId } }])
    expect(await events(userId)).toHaveLength(1)
  })

  test('the name and group of an account are its own', async () => {
    const workshop = await world.open()
    const body = newcomer(workshop.way, 'x', world.groupId)
    await app.ask('POST /api/workshops/join', { as: world.as.ana, body })
    const { userId } = world.people.ana
    expect(await codeOf(await change(workshop, userId, { name: 'X' }))).toEqual([400, 'invalid'])
    expect(await codeOf(await change(workshop, userId, { groupId: world.otherGroupId }))).toEqual([400, 'invalid'])
    expect((await change(workshop, userId, { tableId: workshop.tables[0]?.id, muted: true })).status).toBe(200)
  })

  test('muting and removing are recorded, and taken back', async () => {
    const workshop = await world.open()
    const { phone, userId } = await world.join(workshop.way, 'Luz')
    const done = async (body: object) => (await change(workshop, userId, body)).json()

    expect(await done({ muted: true })).toMatchObject({ mutedAt: expect.any(String) })
    expect((await phone.ask('GET /api/session')).status).toBe(200)
    expect(await done({ muted: false })).toMatchObject({ mutedAt: null })
    expect(await done({ removed: true })).toMatchObject({ removedAt: expect.any(String) })
    // [WS32] Their session is over, and the phone does not know them any more.
    expect((await phone.ask('GET /api/session')).status).toBe(401)
    expect(await codeOf(await phone.ask('POST /api/device/active', { userId }))).toEqual([404, 'not_found'])
    expect(await done({ removed: false })).toMatchObject({ removedAt: null })
    expect((await phone.ask('POST /api/device/active', { userId })).status).toBe(200)
    expect((await events(userId)).map(({ kind }) => kind)).toEqual(['joined', 'muted', 'unmuted', 'removed', 'resumed'])
    // [PE11] Told to be of the workshop: the plan was not left.
    const told = await app.ask(`GET /api/plans/${world.planId}/members/history?limit=5`, { as: world.as.carla })
    const { items } = (await told.json()) as { items: { kind: string; person: { id: string }; workshopId: string }[] }
    expect(
      items.filter(({ person }) => person.id === userId).map(({ kind, workshopId }) => [kind, workshopId]),
    ).toEqual(['resumed', 'removed', 'unmuted', 'muted', 'joined'].map((kind) => [kind, workshop.id]))
  })

  test('after the workshop names are corrected still; muting is over', async () => {
    const workshop = await world.open()
    const { userId } = await world.join(workshop.way, 'Lus')
    await close(workshop)
    expect(await (await change(workshop, userId, { name: 'Luz' })).json()).toMatchObject({ name: 'Luz' })
    expect(await codeOf(await change(workshop, userId, { muted: true }))).toEqual([410, 'link_gone'])
  })
})

describe('the same person [WS33]', () => {
  test('ends the one, leaves the other on the phone, and is recorded', async () => {
    const workshop = await world.open()
    const { phone, userId: twice } = await world.join(workshop.way, 'Luz P.')
    const { userId: luz } = await world.join(workshop.way, 'Luz Pérez')
    const merged = await merge(workshop, twice, luz)
    const view: Workshop = await merged.json()

    expect([merged.status, view.people]).toEqual([200, 1])
    expect(view.participants).toMatchObject([
      { userId: twice, mergedInto: luz },
      { userId: luz, mergedInto: null },
    ])
    expect((await events(twice)).at(-1)).toMatchObject({
      kind: 'merged',
      intoUserId: luz,
      workshopId: workshop.id,
      actorId: world.people.carla.userId,
    })
    expect((await phone.ask('GET /api/session')).status).toBe(401)
    const { here } = await (await phone.ask('POST /api/workshops/look', workshop.way)).json()
    expect(here.map(({ id }: { id: string }) => id)).toEqual([luz])
    expect(await codeOf(await phone.ask('POST /api/device/active', { userId: twice }))).toEqual([404, 'not_found'])
    expect((await phone.ask('POST /api/device/active', { userId: luz })).status).toBe(200)
    expect(await codeOf(await change(workshop, twice, { name: 'X' }))).toEqual([409, 'conflict'])
  })

  test('[WS34] wherever people are read, the one is shown as the other, also when that one is a third', async () => {
    const workshop = await world.open()
    const [a, b, c] = [
      await world.join(workshop.way, 'A'),
      await world.join(workshop.way, 'B'),
      await world.join(workshop.way, 'C'),
    ].map(({ userId }) => userId) as [string, string, string]
    await merge(workshop, a, b)
    await merge(workshop, b, c)

    const people = await peopleOf(database.db, world.planId, [a, b, c])
    expect([a, b, c].map((id) => people.get(id)?.name)).toEqual(['C', 'C', 'C'])
    expect([a, b, c].map((id) => people.get(id)?.id)).toEqual([c, c, c])
    expect((await board(workshop)).map(({ mergedInto }) => mergedInto)).toEqual([c, c, null])
    // A workshop of one plan says nothing about people in another.
    expect((await peopleOf(database.db, other.planId, [a])).get(a)?.name).toBe('A')
  })

  test('never into themselves, never twice, never round, never one who was removed, never an account', async () => {
    const workshop = await world.open()
    const [a, b, c, gone] = [
      await world.join(workshop.way, 'A'),
      await world.join(workshop.way, 'B'),
      await world.join(workshop.way, 'C'),
      await world.join(workshop.way, 'Gone'),
    ].map(({ userId }) => userId) as [string, string, string, string]
    await change(workshop, gone, { removed: true })
    await app.ask('POST /api/workshops/join', { as: world.as.ana, body: newcomer(workshop.way, 'x', world.groupId) })
    const ana = world.people.ana.userId
    await merge(workshop, a, b)
    const attempts: [string, string][] = [
      [c, c],
      [a, c],
      [c, a],
      [b, a],
      [gone, c],
      [c, gone],
      [ana, c],
    ]
    for (const [one, into] of attempts)
      expect(await codeOf(await merge(workshop, one, into))).toEqual([409, 'conflict'])
    const { userId: elsewhere } = await world.join((await world.open()).way, 'D')
    for (const into of [elsewhere, newId()])
      expect(await codeOf(await merge(workshop, c, into))).toEqual([400, 'invalid'])
    for (const one of [elsewhere, newId()])
      expect(await codeOf(await merge(workshop, one, c))).toEqual([404, 'not_found'])
    expect((await merge(workshop, c, ana)).status).toBe(200)
  })

  test('[WS21] a guest who turns out to have an account leaves no way into the account on the phone', async () => {
    const workshop = await world.open()
    const { phone, userId } = await world.join(workshop.way, 'Ana')
    await app.ask('POST /api/workshops/join', { as: world.as.ana, body: newcomer(workshop.way, 'x', world.groupId) })
    const ana = world.people.ana.userId
    expect((await merge(workshop, userId, ana)).status).toBe(200)
    expect(await codeOf(await phone.ask('POST /api/device/active', { userId: ana }))).toEqual([404, 'not_found'])
    const { here } = await (await phone.ask('POST /api/workshops/look', workshop.way)).json()
    expect(here).toEqual([])
  })

  test('of two that are each said to be the other at one moment, one stays', async () => {
    const workshop = await world.open()
    const { userId: a } = await world.join(workshop.way, 'A')
    const { userId: b } = await world.join(workshop.way, 'B')
    const answers = await Promise.all([merge(workshop, a, b), merge(workshop, b, a)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await board(workshop)).filter(({ mergedInto }) => mergedInto === null)).toHaveLength(1)
  })
})

describe('attendance [WS35]', () => {
  test('counts by group, table, gender and age; who was removed or is somebody else is not counted', async () => {
    const workshop = await world.open()
    const [one, two] = workshop.tables
    const come = async (name: string, more: object = {}): Promise<string> => {
      const body = { ...newcomer(workshop.way, name, world.groupId), ...more }
      return (await (await app.ask('POST /api/workshops/join', { body })).json()).user.id
    }
    const said = { tableId: one?.id, gender: 'woman', ageBand: '60_plus' }
    const a = await come('A', said)
    await come('B', { ...said, ageBand: '18_29' })
    await come('C', { tableId: two?.id, groupId: world.otherGroupId, gender: 'man' })
    await come('D')
    await change(workshop, await come('E', said), { removed: true })
    await merge(workshop, await come('F', said), a)

    const expected: Attendance = {
      people: 4,
      byGroup: [
        { key: world.groupId, label: 'Neighbours', people: 3 },
        { key: world.otherGroupId, label: 'Producers', people: 1 },
      ],
      byTable: [
        { key: one?.id ?? '', label: 'Table 1', people: 2 },
        { key: two?.id ?? '', label: 'Table 2', people: 1 },
      ],
      byGender: [
        { key: 'woman', label: null, people: 2 },
        { key: 'man', label: null, people: 1 },
      ],
      byAge: [
        { key: '18_29', label: null, people: 1 },
        { key: '60_plus', label: null, people: 1 },
      ],
    }
    const answer = await app.ask(`GET ${at(workshop, '/attendance')}`, { as: world.as.moni })
    expect([answer.status, await answer.json()]).toEqual([200, expected])
    const foreign = await other.open()
    expect(await codeOf(await app.ask(`GET ${at(foreign, '/attendance')}`, { as: world.as.moni }))).toEqual([
      404,
      'not_found',
    ])
  })
})
