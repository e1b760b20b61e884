import type { Workshop } from '@cabildo/protocol/http/workshops'
import { createPhone } from '@cabildo/testkit/phone'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp, testOrigin } from '@cabildo/testkit/test-app'
import { plantWorkshopWorld, type WorkshopWorld } from '@cabildo/testkit/workshop-world'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../db/ids.ts'
import { createKeys } from '../keys.ts'
import { openWorkshop } from './service.ts'
import { createWaysIn } from './ways-in.ts'

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
const look = async (way: object) => app.ask('POST /api/workshops/look', { body: way })

describe('opening [WS1]', () => {
  test('shows the way in, the tables in order, the commitments; it ends in six hours', async () => {
    const { way, ...workshop } = await world.open({
      commitmentIds: [world.commitments[1]?.id, world.commitments[0]?.id],
    })

    expect(workshop).toMatchObject({
      title: 'Workshop of Tortí',
      place: 'School of Tortí',
      heldOn: '2026-11-28',
      closedAt: null,
      people: 0,
      participants: [],
      tables: [{ name: 'Table 1' }, { name: 'Table 2' }],
      commitments: [
        { id: world.commitments[0]?.id, number: 1, title: 'Clear accounts' },
        { id: world.commitments[1]?.id, number: 2, title: 'Water' },
      ],
      wayIn: { url: `${testOrigin}/unirse#${way.token}`, address: 'cabildo.test/unirse' },
    })
    expect(workshop.wayIn?.code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    expect(Date.parse(workshop.endsAt) - Date.parse(workshop.openedAt)).toBe(6 * 3600_000)
    const read = await app.ask(`GET ${at(workshop)}`, { as: world.as.coco })
    expect([read.status, await read.json()]).toEqual([200, workshop])
  })

  test('[WS2] the database holds neither token nor code', async () => {
    const { way, wayIn } = await world.open()
    const { rows } = await sql<{ row: string }>`select workshop::text as row from workshop`.execute(database.db)
    const stored = rows.map(({ row }) => row).join()

    expect(stored).not.toContain(way.token)
    expect(stored).not.toContain(wayIn?.code.replace('-', ''))
    expect(stored).not.toContain(wayIn?.code)
  })

  test('the end lies ahead and within 24 hours of the database clock', async () => {
    const hours = (count: number) => new Date(Date.now() + count * 3600_000).toISOString()
    const opening = {
      title: 'x',
      place: 'x',
      heldOn: '2026-11-28',
      tables: [],
      commitmentIds: [world.commitments[0]?.id],
    }
    for (const endsAt of [hours(-0.1), hours(24.1)]) {
      const refused = await app.ask(`POST /api/plans/${world.planId}/workshops`, {
        as: world.as.carla,
        body: { ...opening, endsAt },
      })
      expect([refused.status, (await refused.json()).errors]).toMatchObject([400, [{ pointer: '/endsAt' }]])
    }
    const endsAt = hours(23)
    expect((await world.open({ endsAt })).endsAt).toBe(endsAt)
  })

  test('[T4] commitments of another plan are as wrong as ones that do not exist', async () => {
    const answers = await Promise.all(
      [other.commitments[0]?.id, newId()].map(async (foreign) => {
        const refused = await app.ask(`POST /api/plans/${world.planId}/workshops`, {
          as: world.as.carla,
          body: {
            title: 'x',
            place: 'x',
            heldOn: '2026-11-28',
            tables: [],
            commitmentIds: [world.commitments[0]?.id, foreign],
          },
        })
        return [refused.status, await refused.json()]
      }),
    )
    expect(answers[0]).toEqual(answers[1])
    expect(answers[0]).toMatchObject([400, { errors: [{ pointer: '/commitmentIds/1' }] }])
  })

  test('[WS4] another code is taken when an open workshop has it already', async () => {
    const ways = createWaysIn(createKeys('c'.repeat(43)))
    const taken = ways.of('the first one', 1)
    let asked = 0
    const colliding = {
      ...ways,
      of: (id: string, version: number) => {
        asked += 1
        return asked <= 2 ? { ...ways.of(id, version), code: taken.code } : ways.of(id, version)
      },
    }
    const deps = { db: database.db, rooms: app.rooms, ways: colliding, config: { baseUrl: testOrigin } }
    const actor = { ...world.people.carla, workshopId: null, secondFactor: true }
    const commitmentIds = world.commitments.slice(0, 1).map(({ id }) => id)
    const opening = { title: 'x', place: 'x', heldOn: '2026-11-28', tables: [], commitmentIds }

    await openWorkshop(deps, actor, world.planId, opening)
    const second = await openWorkshop(deps, actor, world.planId, opening)
    expect(asked).toBeGreaterThan(3)
    const { rows } = await sql<{ codeHash: string }>`select code_hash from workshop where id = ${second.id}`.execute(
      database.db,
    )
    expect(rows[0]?.codeHash).toBe(ways.hashesOf(ways.of(second.id, 1)).codeHash)
  })
})

describe('who may [WS30]', () => {
  test('[T4] only those who run workshops, each in their own plan; all else is not there', async () => {
    const workshop = await world.open()
    const { userId } = await world.join(workshop.way, 'Luz')
    const foreign = await other.open()
    const operations: [string, object?][] = [
      [`GET ${at(workshop)}`],
      [`PATCH ${at(workshop)}`, { title: 'New' }],
      [`POST ${at(workshop, '/close')}`, {}],
      [`PATCH ${at(workshop, `/participants/${userId}`)}`, { name: 'X' }],
      [`POST ${at(workshop, `/participants/${userId}/merge`)}`, { into: userId }],
    ]
    for (const [key, body] of operations) {
      const answer = async (as?: string) => codeOf(await app.ask(key, { ...(as && { as }), body }))
      expect(await answer()).toEqual([401, 'signed_out'])
      for (const name of ['ana', 'lector', 'moni', 'parti'] as const) {
        expect([key, await answer(world.as[name])]).toEqual([key, [403, 'forbidden']])
      }
      expect(await answer(other.as.carla)).toEqual([404, 'not_found'])
      const elsewhere = key.replace(workshop.id, foreign.id)
      expect(await codeOf(await app.ask(elsewhere, { as: world.as.carla, body }))).toEqual([404, 'not_found'])
      const nowhere = key.replace(workshop.id, newId())
      expect(await codeOf(await app.ask(nowhere, { as: world.as.carla, body }))).toEqual([404, 'not_found'])
    }
    for (const stranger of [world.people.ana.userId, newId()]) {
      const answer = await app.ask(`PATCH ${at(workshop, `/participants/${stranger}`)}`, {
        as: world.as.carla,
        body: { muted: true },
      })
      expect(await codeOf(answer)).toEqual([404, 'not_found'])
    }
  })

  test('[WS1] the list goes page by page, newest first, each workshop once', async () => {
    const key = `GET /api/plans/${world.planId}/workshops`
    const whole = await (await app.ask(`${key}?limit=200`, { as: world.as.moni })).json()
    for (let n = 0; n < 3; n += 1) await world.open()
    const ids: string[] = []
    let cursor: string | null = ''
    for (let left = 200; cursor !== null && left > 0; left -= 1) {
      const page: { items: { id: string }[]; nextCursor: string | null } = await (
        await app.ask(`${key}?limit=2${cursor && `&cursor=${cursor}`}`, { as: world.as.moni })
      ).json()
      expect(page.items.length).toBeLessThanOrEqual(2)
      ids.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    }
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBe(whole.items.length + 3)
    expect(ids.slice(3)).toEqual(whole.items.map(({ id }: { id: string }) => id))
    const wrong = await app.ask(`${key}?cursor=${Buffer.from('"a\\u0000"').toString('base64url')}`, {
      as: world.as.moni,
    })
    expect(await codeOf(wrong)).toEqual([400, 'invalid'])
  })

  test('monitors see the list and count who came; guests see neither', async () => {
    const workshop = await world.open()
    const { phone } = await world.join(workshop.way, 'Luz')
    const list = await app.ask(`GET /api/plans/${world.planId}/workshops`, { as: world.as.moni })
    const { items } = await list.json()

    expect(items[0]).toMatchObject({ id: workshop.id, people: 1 })
    expect(items.map((item: { id: string }) => item.id)).not.toContain((await other.open()).id)
    expect((await app.ask(`GET ${at(workshop, '/attendance')}`, { as: world.as.moni })).status).toBe(200)
    // Nor who else takes part in the plan.
    expect(await codeOf(await phone.ask(`GET /api/plans/${world.planId}/members`))).toEqual([403, 'forbidden'])
    for (const key of [`GET /api/plans/${world.planId}/workshops`, `GET ${at(workshop, '/attendance')}`]) {
      expect(await codeOf(await phone.ask(key))).toEqual([403, 'forbidden'])
      expect(await codeOf(await app.ask(key, { as: world.as.lector }))).toEqual([403, 'forbidden'])
    }
  })
})

describe('changing an open workshop', () => {
  test('title, place, commitments, one more table', async () => {
    const workshop = await world.open()
    const changed = await app.ask(`PATCH ${at(workshop)}`, {
      as: world.as.carla,
      body: { title: 'New', place: 'Church', commitmentIds: [world.commitments[2]?.id], addTable: 'Table 3' },
    })
    const { tables, commitments, ...rest }: Workshop = await changed.json()

    expect([changed.status, rest.title, rest.place]).toEqual([200, 'New', 'Church'])
    expect(tables.map(({ name }) => name)).toEqual(['Table 1', 'Table 2', 'Table 3'])
    expect(commitments.map(({ number }) => number)).toEqual([3])
  })

  test('[WS3] a new way in makes the old QR and code useless, and whoever is in stays', async () => {
    const workshop = await world.open()
    const { phone } = await world.join(workshop.way, 'Luz')
    const changed = await app.ask(`PATCH ${at(workshop)}`, { as: world.as.carla, body: { newWayIn: true } })
    const { wayIn }: Workshop = await changed.json()

    expect(await codeOf(await look(workshop.way))).toEqual([410, 'link_gone'])
    expect(await codeOf(await look({ code: workshop.wayIn?.code }))).toEqual([410, 'link_gone'])
    expect((await look({ code: wayIn?.code })).status).toBe(200)
    expect((await look({ token: wayIn?.url.split('#')[1] })).status).toBe(200)
    expect((await phone.ask('GET /api/session')).status).toBe(200)
  })

  test('[WS6] another end is the end of its guests’ sessions too', async () => {
    const workshop = await world.open({ endsAt: new Date(Date.now() + 3600_000).toISOString() })
    const { userId } = await world.join(workshop.way, 'Luz')
    const sessionEnd = async () =>
      (await database.db.selectFrom('session').where('userId', '=', userId).select('absoluteExpiresAt').execute()).map(
        ({ absoluteExpiresAt }) => absoluteExpiresAt.toISOString(),
      )
    expect(await sessionEnd()).toEqual([workshop.endsAt])

    const endsAt = new Date(Date.now() + 2 * 3600_000).toISOString()
    await app.ask(`PATCH ${at(workshop)}`, { as: world.as.carla, body: { endsAt } })
    expect(await sessionEnd()).toEqual([endsAt])
  })
})

describe('closing [WS6]', () => {
  test('nobody joins, guests are out, accounts stay; closing again changes nothing', async () => {
    const workshop = await world.open()
    const { phone } = await world.join(workshop.way, 'Luz')
    const closed = await app.ask(`POST ${at(workshop, '/close')}`, { as: world.as.carla, body: {} })
    const view: Workshop = await closed.json()

    expect(view).toMatchObject({ wayIn: null, closedAt: expect.any(String), people: 1 })
    expect((await phone.ask('GET /api/session')).status).toBe(401)
    expect(await (await phone.ask('GET /api/device')).json()).toEqual({ workshop: null, people: [] })
    expect((await app.ask('GET /api/session', { as: world.as.carla })).status).toBe(200)
    await expect(world.join(workshop.way, 'Late')).rejects.toThrow('410')
    const again = await app.ask(`POST ${at(workshop, '/close')}`, { as: world.as.coco, body: {} })
    expect(await again.json()).toEqual(view)
    const late = await app.ask(`PATCH ${at(workshop)}`, { as: world.as.carla, body: { newWayIn: true } })
    expect(await codeOf(late)).toEqual([410, 'link_gone'])
  })

  test('[WS5] closed, over by itself, and never there look the same', async () => {
    const closed = await world.open()
    await app.ask(`POST ${at(closed, '/close')}`, { as: world.as.carla, body: {} })
    const over = await world.open()
    const { phone } = await world.join(over.way, 'Luz')
    await sql`update workshop set ends_at = now() where id = ${over.id}`.execute(database.db)
    const answers: unknown[] = []
    for (const way of [
      closed.way,
      { code: closed.wayIn?.code },
      over.way,
      { code: over.wayIn?.code },
      { token: 'A'.repeat(22) },
      { code: '0000-0000' },
      { token: 'x' },
      { code: 'x' },
    ]) {
      const answer = await look(way)
      answers.push([answer.status, await answer.text()])
    }

    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]).toMatchObject([410, expect.stringContaining('link_gone')])
    const view: Workshop = await (await app.ask(`GET ${at(over)}`, { as: world.as.carla })).json()
    expect([view.wayIn, view.closedAt]).toEqual([null, view.endsAt])
    expect(await (await phone.ask('GET /api/device')).json()).toEqual({ workshop: null, people: [] })
  })

  test('of a join and a close at one moment, no session outlives the close', async () => {
    for (let round = 0; round < 10; round += 1) {
      const workshop = await world.open()
      const phones = Array.from({ length: 6 }, () => createPhone(app.ask))
      const joining = phones.map((phone) => world.join(workshop.way, 'Luz', phone).catch(() => undefined))
      await app.ask(`POST ${at(workshop, '/close')}`, { as: world.as.carla, body: {} })
      await Promise.all(joining)
      const alive = await database.db
        .selectFrom('session')
        .where('workshopId', '=', workshop.id)
        .where('endedAt', 'is', null)
        .select('id')
        .execute()
      expect(alive).toEqual([])
    }
  })
})
