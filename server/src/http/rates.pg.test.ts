import { plantPlan } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, testOrigin } from '@cabildo/testkit/test-app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createThrottles } from '../auth/throttling.ts'
import { partIn } from '../people/service.ts'
import { createRates } from './rates.ts'

let database: FreshDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

const worldWith = (change: { account: number; plan: number }) =>
  createTestApp(database, {
    rates: createRates({
      throttles: createThrottles(database.pool),
      planOf: async (userId, plan) => (await partIn(database.db, userId, plan))?.planId,
      limits: { change, heavy: { account: 2 }, upload: { account: 2 }, file: { account: 2 } },
    }),
  })

test('an account that changes too much is told when to come back; others behind its address are not', async () => {
  const { planId, people } = await plantPlan(database.db, { ana: 'drafter', ben: 'drafter' })
  const { ask, cookieOf } = worldWith({ account: 2, plan: 100 })
  const [ana, ben] = [await cookieOf(people.ana), await cookieOf(people.ben)]
  const add = (as: string) => ask(`POST /api/plans/${planId}/commitments`, { as, body: { title: 'Uno' } })

  expect([(await add(ana)).status, (await add(ana)).status]).toEqual([201, 201])
  const refused = await add(ana)
  expect([refused.status, (await refused.json()).code]).toEqual([429, 'throttled'])
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await add(ben)).status).toBe(201)
  // Reading costs nothing.
  expect((await ask(`GET /api/plans/${planId}`, { as: ana })).status).toBe(200)
})

test('a plan takes only so many changes from all its people', async () => {
  const { planId, people } = await plantPlan(database.db, { ana: 'drafter', ben: 'drafter', eva: 'drafter' })
  const { ask, cookieOf } = worldWith({ account: 100, plan: 2 })
  const statuses = []
  for (const someone of [people.ana, people.ben, people.eva]) {
    const as = await cookieOf(someone)
    statuses.push((await ask(`POST /api/plans/${planId}/commitments`, { as, body: { title: 'Uno' } })).status)
  }
  expect(statuses).toEqual([201, 201, 429])
})

test('whoever has no part in a plan uses up nothing of it, by its id nor by its slug', async () => {
  const { planId, people } = await plantPlan(database.db, { ana: 'drafter' })
  const { people: elsewhere } = await plantPlan(database.db, { zoe: 'coordinator' })
  const { slug } = await database.db
    .selectFrom('plan')
    .where('id', '=', planId)
    .select('slug')
    .executeTakeFirstOrThrow()
  const { ask, cookieOf } = worldWith({ account: 100, plan: 2 })
  const [ana, zoe] = [await cookieOf(people.ana), await cookieOf(elsewhere.zoe)]
  const add = async (as: string, plan: string) =>
    (await ask(`POST /api/plans/${plan}/commitments`, { as, body: { title: 'Uno' } })).status
  for (const plan of [planId, slug, planId, slug]) expect(await add(zoe, plan)).toBe(404)
  // By whichever name it is called, a plan has one budget.
  expect([await add(ana, planId), await add(ana, slug), await add(ana, slug)]).toEqual([201, 201, 429])
})

test('reads that rebuild texts are bounded too', async () => {
  const { people } = await plantPlan(database.db, { ana: 'drafter' })
  const { ask, cookieOf } = worldWith({ account: 100, plan: 100 })
  const as = await cookieOf(people.ana)
  const statuses = []
  for (let time = 0; time < 3; time += 1) {
    statuses.push((await ask(`GET /api/documents/${'x'.repeat(22)}/at/1`, { as })).status)
  }
  expect(statuses).toEqual([404, 404, 429])
})

test('reads that answer a file are bounded as well, and files that are sent have a bound of their own', async () => {
  const { planId, people } = await plantPlan(database.db, { ana: 'drafter', ben: 'drafter' })
  const { app, ask, cookieOf } = worldWith({ account: 100, plan: 100 })
  const [ana, ben] = [await cookieOf(people.ana), await cookieOf(people.ben)]
  const base = `/api/plans/${planId}/inputs`
  const nothing = `${base}/${'x'.repeat(22)}/attachments`
  const read = async (as: string, path: string) => (await ask(`GET ${path}`, { as })).status
  expect([await read(ana, `${base}/matrix.csv`), await read(ana, `${nothing}/1`)]).toEqual([200, 404])
  for (const path of [`${base}/matrix.csv`, `${base}/matrix.pdf`, `${nothing}/1`, `${nothing}/1/thumbnail`])
    expect(await read(ana, path), path).toBe(429)
  expect(await read(ben, `/api/plans/${planId}/news`)).toBe(200)

  const send = async () => {
    const body = new FormData()
    body.set('file', new Blob(['x']))
    const init = { method: 'POST', headers: { origin: testOrigin, cookie: ben }, body }
    return (await app.request(nothing, init, { incoming: { socket: { remoteAddress: '192.0.2.1' } } })).status
  }
  expect([await send(), await send(), await send()]).toEqual([404, 404, 429])
})
