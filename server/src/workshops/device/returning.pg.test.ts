import { AppError } from '@cabildo/protocol/errors'
import { createPhone, newcomer, type Phone } from '@cabildo/testkit/phone'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp } from '@cabildo/testkit/test-app'
import { plantWorkshopWorld, type WorkshopWorld } from '@cabildo/testkit/workshop-world'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createThrottles } from '../../auth/throttling.ts'
import { newId } from '../../db/ids.ts'
import { createDeviceBounds } from './bounds.ts'

let database: FreshDatabase
let app: TestApp
let world: WorkshopWorld
beforeAll(async () => {
  database = await freshDatabase()
  app = createTestApp(database)
  world = await plantWorkshopWorld(database, app.ask, app.cookieOf)
})
afterAll(() => database.drop())

type Opened = Awaited<ReturnType<WorkshopWorld['open']>>

const answer = async (response: Promise<Response>): Promise<string> => {
  const { status, ...rest } = await response.then(async (one) => ({ status: one.status, ...(await one.json()) }))
  return status < 300 ? String(status) : `${status} ${rest.code}`
}
const joins = (phone: Phone, { way }: Opened, name: string) =>
  answer(phone.ask('POST /api/workshops/join', newcomer(way, name, world.groupId)))
const takes = (phone: Phone, userId: string) => answer(phone.ask('POST /api/device/active', { userId }))
const remove = async ({ id }: Opened, userId: string, removed: boolean) => {
  const path = `/api/plans/${world.planId}/workshops/${id}/participants/${userId}`
  expect((await app.ask(`PATCH ${path}`, { as: world.as.carla, body: { removed } })).status).toBe(200)
}

describe('a phone from which somebody was removed [WS26]', () => {
  test('lets nobody new in by the same QR or the code, until the removal is taken back', async () => {
    const workshop = await world.open()
    const { phone, userId: luz } = await world.join(workshop.way, 'Luz')
    await remove(workshop, luz, true)
    expect(await joins(phone, workshop, 'Luz')).toBe('403 taken_out')
    phone.forget('sid')
    const byCode = newcomer({ code: workshop.wayIn?.code ?? '' }, 'Another name', world.groupId)
    expect(await answer(phone.ask('POST /api/workshops/join', byCode))).toBe('403 taken_out')

    await remove(workshop, luz, false)
    expect(await takes(phone, luz)).toBe('200')
    expect(await joins(phone, workshop, 'Beto')).toBe('201')
  })

  test('goes on with the people it has, and in other workshops with whomever', async () => {
    const workshop = await world.open()
    const { phone, userId: luz } = await world.join(workshop.way, 'Luz')
    const { userId: beto } = await world.join(workshop.way, 'Beto', phone)
    await remove(workshop, beto, true)
    expect(await joins(phone, workshop, 'Beto')).toBe('403 taken_out')
    expect(await takes(phone, luz)).toBe('200')
    expect(await joins(phone, workshop, 'Ceci')).toBe('403 taken_out')
    expect(await joins(createPhone(app.ask), workshop, 'Ceci')).toBe('201')
    expect(await joins(phone, await world.open(), 'Luz')).toBe('201')
  })

  test('who came in twice was not removed: their phone takes others in', async () => {
    const workshop = await world.open()
    const { phone, userId: twice } = await world.join(workshop.way, 'Anita')
    const { userId: ana } = await world.join(workshop.way, 'Ana')
    const path = `/api/plans/${world.planId}/workshops/${workshop.id}/participants/${twice}/merge`
    expect((await app.ask(`POST ${path}`, { as: world.as.carla, body: { into: ana } })).status).toBeLessThan(300)
    expect(await joins(phone, workshop, 'Beto')).toBe('201')
  })

  test('a removal and a joining at one moment: never is somebody new in after it', async () => {
    const workshop = await world.open()
    const { phone, userId: luz } = await world.join(workshop.way, 'Luz')
    const [joined] = await Promise.all([joins(phone, workshop, 'Beto'), remove(workshop, luz, true)])
    expect(['201', '403 taken_out']).toContain(joined)
    expect(await joins(phone, workshop, 'Ceci')).toBe('403 taken_out')
  })
})

describe('how often a phone asks [WS27]', () => {
  test('each device has points of its own for joining and for passing', async () => {
    const bounds = createDeviceBounds(createThrottles(database.pool), { joins: 2, passes: 3 })
    const codes = async (count: number, ask: () => Promise<void>) => {
      const answers: unknown[] = []
      for (let time = 0; time < count; time += 1) {
        answers.push(
          await ask().then(
            () => 'ok',
            (error: unknown) => (error instanceof AppError ? error.code : error),
          ),
        )
      }
      return answers
    }
    expect(await codes(3, () => bounds.join('one'))).toEqual(['ok', 'ok', 'throttled'])
    expect(await codes(4, () => bounds.pass('one'))).toEqual(['ok', 'ok', 'ok', 'throttled'])
    expect(await codes(2, () => bounds.join('two'))).toEqual(['ok', 'ok'])
  })

  test('thirty joins an hour and 120 passes a minute, then 429; others join on', async () => {
    const workshop = await world.open()
    const { phone, userId: luz } = await world.join(workshop.way, 'Luz')
    await remove(workshop, luz, true)
    for (let time = 0; time < 30; time += 1) expect(await joins(phone, workshop, 'Luz')).toBe('403 taken_out')
    expect(await joins(phone, workshop, 'Luz')).toBe('429 throttled')
    expect(await joins(createPhone(app.ask), workshop, 'Beto')).toBe('201')

    const stranger = newId()
    for (let time = 0; time < 120; time += 1) expect(await takes(phone, stranger)).toBe('404 not_found')
    expect(await takes(phone, stranger)).toBe('429 throttled')
  })
})
