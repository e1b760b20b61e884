import { contentOfState } from '@cabildo/schema/content'
import { plantPlan } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp, testSigner } from '@cabildo/testkit/test-app'
import { afterAll, beforeAll, expect, test } from 'vitest'

let database: FreshDatabase
let world: TestApp
beforeAll(async () => {
  // Many ask at once.
  database = await freshDatabase({ max: 10 })
  world = createTestApp(database)
})
afterAll(() => database.drop())

async function planWith() {
  const planted = await plantPlan(database.db, { ana: 'drafter', rita: 'reviewer', cora: 'coordinator' })
  const cookies = {
    ana: await world.cookieOf(planted.people.ana),
    rita: await world.cookieOf(planted.people.rita),
    cora: await world.cookieOf(planted.people.cora),
  }
  return { ...planted, cookies }
}

async function json(response: Response) {
  return [response.status, await response.json()]
}

test('one sees the plans one takes part in, page by page, and no other', async () => {
  const { people, cookies } = await planWith()
  const more = await Promise.all([planWith(), planWith()])
  const { userId } = people.ana
  for (const { planId } of more) {
    await database.db.insertInto('member').values({ planId, userId, role: 'monitor' }).execute()
  }
  const foreign = await planWith()

  const seen: { id: string; slug: string; role: string }[] = []
  let cursor: string | null = null
  let pages = 0
  do {
    const query: string = cursor === null ? '' : `&cursor=${cursor}`
    const response = await world.ask(`GET /api/plans?limit=2${query}`, { as: cookies.ana })
    const page = (await response.json()) as { items: typeof seen; nextCursor: string | null }
    seen.push(...page.items)
    cursor = page.nextCursor
    pages += 1
  } while (cursor !== null)

  expect(pages).toBe(2)
  expect(seen.map(({ slug }) => slug)).toEqual(seen.map(({ slug }) => slug).sort())
  expect(seen.map(({ role }) => role).sort()).toEqual(['drafter', 'monitor', 'monitor'])
  expect(seen.map(({ id }) => id)).not.toContain(foreign.planId)
})

test('a plan is found by id and by slug, with what the reader may do in it', async () => {
  const { planId, people, cookies } = await planWith()
  const { slug } = await database.db
    .selectFrom('plan')
    .select('slug')
    .where('id', '=', planId)
    .executeTakeFirstOrThrow()
  const expected = {
    id: planId,
    slug,
    title: 'A plan',
    place: 'Somewhere',
    demo: false,
    state: 'planning',
    role: 'drafter',
    groups: [{ id: people.ana.groupId, name: 'Neighbours', sector: 'civil_society' }],
    commitments: [],
    recordKey: testSigner.verifierKeys[0],
    may: {
      addCommitment: true,
      managePeople: false,
      addGroups: false,
      runWorkshops: false,
      redact: false,
      readHistory: false,
    },
  }

  expect(await json(await world.ask(`GET /api/plans/${planId}`, { as: cookies.ana }))).toEqual([200, expected])
  expect(await json(await world.ask(`GET /api/plans/${slug}`, { as: cookies.ana }))).toEqual([200, expected])
  expect(await json(await world.ask(`GET /api/plans/${slug}`, { as: cookies.rita }))).toEqual([
    200,
    { ...expected, role: 'reviewer', may: { ...expected.may, addCommitment: false } },
  ])
})

test('[T4] a foreign plan, a suspended part and a missing plan look the same', async () => {
  const { planId, cookies, people } = await planWith()
  const foreign = await planWith()
  const answers = [
    await json(await world.ask(`GET /api/plans/${foreign.planId}`, { as: cookies.ana })),
    await json(await world.ask('GET /api/plans/no-such-plan', { as: cookies.ana })),
    await json(
      await world.ask(`POST /api/plans/${foreign.planId}/commitments`, { as: cookies.ana, body: { title: 'x' } }),
    ),
  ]
  await database.db
    .updateTable('member')
    .set({ suspendedAt: new Date() })
    .where('userId', '=', people.ana.userId)
    .execute()
  answers.push(await json(await world.ask(`GET /api/plans/${planId}`, { as: cookies.ana })))

  const problem = {
    type: '/api/docs#not_found',
    title: 'There is nothing here for you.',
    status: 404,
    code: 'not_found',
  }
  expect(answers).toEqual(Array(4).fill([404, problem]))
})

test('a commitment is added with its document, whose first row is the seed in its author’s name', async () => {
  const { planId, people, cookies } = await planWith()
  const [status, item] = await json(
    await world.ask(`POST /api/plans/${planId}/commitments`, { as: cookies.ana, body: { title: '  Cuentas claras ' } }),
  )

  const { userId, sessionId: _, groupId } = people.ana
  const person = { id: userId, name: 'ana', group: { id: groupId, name: 'Neighbours', sector: 'civil_society' } }
  expect([status, item]).toEqual([
    201,
    {
      id: expect.stringMatching(/^[\w-]{22}$/),
      number: 1,
      title: 'Cuentas claras',
      state: 'drafting',
      documentId: expect.stringMatching(/^[\w-]{22}$/),
      epoch: 1,
      changedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      changedBy: person,
      inside: [],
    },
  ])
  const committed = await world.rooms.read(item.documentId)
  expect(committed).toMatchObject({ planId, status: 'open', epoch: 1, headSeq: 1 })
  const { fields } = contentOfState(committed?.state ?? new Uint8Array())
  expect(fields.title).toEqual({
    type: 'doc',
    content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Cuentas claras' }] }],
  })
  const log = await database.db
    .selectFrom('documentUpdate')
    .select(['seq', 'userId', 'via'])
    .where('documentId', '=', item.documentId)
    .execute()
  expect(log).toEqual([{ seq: 1, userId, via: 'template' }])
  const client = await database.db
    .selectFrom('documentClient')
    .select(['userId', 'groupId', 'via', 'firstSeq'])
    .where('documentId', '=', item.documentId)
    .execute()
  expect(client).toEqual([{ userId, groupId, via: 'template', firstSeq: 1 }])

  const plan = await (await world.ask(`GET /api/plans/${planId}`, { as: cookies.rita })).json()
  expect(plan.commitments).toEqual([item])
})

test('many added at once are numbered one after another, without a gap', async () => {
  const { planId, cookies } = await planWith()
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      world.ask(`POST /api/plans/${planId}/commitments`, { as: cookies.cora, body: { title: `Number ${index}` } }),
    ),
  )
  const numbers = await Promise.all(answers.map(async (answer) => (await answer.json()).number))
  expect(numbers.sort((one, other) => one - other)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1))
})

test('whose role may not add one is told so, and nothing is stored', async () => {
  const { planId, cookies } = await planWith()
  const [status, problem] = await json(
    await world.ask(`POST /api/plans/${planId}/commitments`, { as: cookies.rita, body: { title: 'x' } }),
  )
  expect([status, problem.code]).toEqual([403, 'forbidden'])
  const stored = await database.db.selectFrom('commitment').select('id').where('planId', '=', planId).execute()
  expect(stored).toEqual([])
})

test.each([[{}], [{ title: '' }], [{ title: ' \n ' }], [{ title: 'x'.repeat(201) }], [{ title: 7 }]])(
  'a title is 1 to 200 characters: %o',
  async (body) => {
    const { planId, cookies } = await planWith()
    const response = await world.ask(`POST /api/plans/${planId}/commitments`, { as: cookies.ana, body })
    expect(await json(response)).toEqual([
      400,
      expect.objectContaining({ code: 'invalid', errors: [expect.objectContaining({ pointer: '/title' })] }),
    ])
  },
)
