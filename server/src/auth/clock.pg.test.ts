import { erasingWith } from '@cabildo/testkit/erasing'
import { plantDocument, plantPlan } from '@cabildo/testkit/factories'
import { plantGuest, plantWorkshop } from '@cabildo/testkit/guests'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp } from '@cabildo/testkit/test-app'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { createAccessReader } from '../people/access.ts'
import { purgeGuests } from '../privacy/upkeep/service.ts'

let database: FreshDatabase
let world: TestApp
beforeAll(async () => {
  database = await freshDatabase()
  world = createTestApp(database)
})
afterAll(() => database.drop())
afterEach(() => vi.useRealTimers())

const year = 365 * 24 * 60 * 60 * 1000

test.each([
  ['a year ahead', year],
  ['a year behind', -year],
])(
  '[T25] on a machine whose clock is %s, sessions, workshops and guests end when the database says so',
  async (_, skew) => {
    const { planId, people } = await plantPlan(database.db, { cora: 'coordinator' })
    const documentId = await plantDocument(database.db, planId, people.cora, 'Cuentas')
    const workshop = await plantWorkshop(database.db, planId, people.cora, [documentId])
    const guest = await plantGuest(database.db, workshop, { name: 'Chola', groupId: people.cora.groupId })
    const as = await world.cookieOf(people.cora)
    const access = createAccessReader(database.db)
    const mayWrite = async () => {
      const answer = await access.check({ ...guest, documentId })
      return answer.kind === 'granted' && answer.canWrite
    }
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + skew })

    expect((await world.ask('GET /api/session', { as })).status).toBe(200)
    expect(await mayWrite()).toBe(true)
    expect(await purgeGuests(erasingWith(database.db))).toBe(0)
    const later = await world.cookieOf(people.cora)
    expect((await world.ask('GET /api/session', { as: later })).status).toBe(200)

    await sql`update workshop set ends_at = now() where id = ${workshop.workshopId}`.execute(database.db)
    expect(await mayWrite()).toBe(false)
    await sql`update session set idle_expires_at = now() where user_id = ${people.cora.userId}`.execute(database.db)
    expect((await world.ask('GET /api/session', { as })).status).toBe(401)
    await sql`update workshop set ends_at = now() - interval '91 days' where id = ${workshop.workshopId}`.execute(
      database.db,
    )
    expect(await purgeGuests(erasingWith(database.db))).toBe(1)
  },
)
