import { plantPlan } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp, testConfig } from '@cabildo/testkit/test-app'
import { afterAll, beforeAll, expect, test } from 'vitest'

let database: FreshDatabase
let world: TestApp
beforeAll(async () => {
  database = await freshDatabase()
  world = createTestApp(database)
})
afterAll(() => database.drop())

const wanted = (slug: string) => ({ slug, title: 'Plan de acción de Tortí', place: 'Tortí, Panamá' })

test('[PD10] who coordinates a plan begins another one, with its text, and coordinates it', async () => {
  const { people } = await plantPlan(database.db, { cora: 'coordinator' })
  const as = await world.cookieOf(people.cora)
  const made = await world.ask('POST /api/plans', { as, body: wanted('torti') })
  const plan = await made.json()
  expect([made.status, plan]).toEqual([
    201,
    {
      ...wanted('torti'),
      id: expect.stringMatching(/^[\w-]{22}$/),
      demo: false,
      role: 'coordinator',
      state: 'planning',
    },
  ])
  const { commitments, groups, may } = await (await world.ask('GET /api/plans/torti', { as })).json()
  expect([commitments, groups, may.addCommitment]).toEqual([[], [], true])
  const { documentId } = await (await world.ask('GET /api/plans/torti/document', { as })).json()
  expect((await (await world.ask(`GET /api/documents/${documentId}/opening`, { as })).json()).may.edit).toBe(true)
  // The record tells who began it and who joined first, and then what is in the text.
  await world.recorder.catchUp()
  const { items } = await (await world.ask('GET /api/plans/torti/record', { as })).json()
  expect(items.map(({ type, actor }: { type: string; actor: { role: string } | null }) => [type, actor?.role])).toEqual(
    [
      ['update-batch', 'coordinator'],
      ['membership', undefined],
      ['plan', 'coordinator'],
    ],
  )

  const again = await world.ask('POST /api/plans', { as, body: wanted('torti') })
  const problem = await again.json()
  expect([again.status, problem.code, problem.errors[0].pointer]).toEqual([409, 'conflict', '/slug'])
})

test('[PD10] nobody else may, and nothing is stored', async () => {
  const { planId, people } = await plantPlan(database.db, {
    ...{ ana: 'drafter', fina: 'facilitator', rita: 'approver', gone: 'coordinator' },
  } as const)
  await database.db
    .updateTable('member')
    .set({ suspendedAt: new Date() })
    .where('planId', '=', planId)
    .where('userId', '=', people.gone.userId)
    .execute()
  for (const one of Object.values(people)) {
    const answer = await world.ask('POST /api/plans', { as: await world.cookieOf(one), body: wanted('nadie') })
    expect(answer.status, one.name).toBe(403)
  }
  expect((await world.ask('POST /api/plans', { body: wanted('nadie') })).status).toBe(401)
  const stored = await database.db.selectFrom('plan').where('slug', '=', 'nadie').select('id').execute()
  expect(stored).toEqual([])
})

test('[PD10] in production it takes the second factor that the role takes', async () => {
  const { people } = await plantPlan(database.db, { cora: 'coordinator' })
  const strict = createTestApp(database, { config: { ...testConfig, production: true } })
  const answer = await strict.ask('POST /api/plans', { as: await world.cookieOf(people.cora), body: wanted('segundo') })
  expect((await answer.json()).code).toBe('second_factor_missing')
})

test.each([
  ['/slug', { slug: 'Con Mayúsculas' }],
  ['/title', { title: ' ' }],
  ['/place', { place: '' }],
])('what a plan begins with is checked: %s', async (pointer, change) => {
  const { people } = await plantPlan(database.db, { cora: 'coordinator' })
  const as = await world.cookieOf(people.cora)
  const answer = await world.ask('POST /api/plans', { as, body: { ...wanted('bien'), ...change } })
  expect([answer.status, (await answer.json()).errors[0].pointer]).toEqual([400, pointer])
})
