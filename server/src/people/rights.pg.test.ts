/** Who may call which operation on people, as a table, and what a stranger to the plan gets everywhere. */
import { Role } from '@cabildo/protocol/http/common'
import { plantPlan } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp } from '@cabildo/testkit/test-app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { may, rights } from '../auth/rules.ts'
import { newId } from '../db/ids.ts'

let database: FreshDatabase
let world: TestApp
beforeAll(async () => {
  database = await freshDatabase()
  world = createTestApp(database)
})
afterAll(() => database.drop())

const group = { name: 'Producers', sector: 'private_sector', kind: 'producers' }
const everyRole = Object.fromEntries(Role.options.map((role) => [role, role])) as Record<Role, Role>

/** A plan with somebody of each role, a second coordinator, and one of everything that an address can name. */
async function plant() {
  const { planId, people } = await plantPlan(database.db, { ...everyRole, cora: 'coordinator', victim: 'drafter' })
  const { cora, victim } = people
  const linkId = newId()
  const link = { id: linkId, secretHash: newId(), kind: 'invitation', planId, role: 'drafter', name: 'Rosa' }
  const expiresAt = new Date(Date.now() + 60_000)
  await database.db
    .insertInto('accessLink')
    .values({ ...link, createdBy: cora.userId, expiresAt })
    .execute()
  return { planId, people, groupId: cora.groupId, userId: victim.userId, linkId }
}
type Planted = Awaited<ReturnType<typeof plant>>

/** Every operation that names a plan: how it is called, its good answer, and who gets that. */
const operations: [string, (at: Planted) => [string, unknown?], number, string][] = [
  ['list groups', ({ planId }) => [`GET /api/plans/${planId}/groups`], 200, 'everybody'],
  [
    'add a group',
    ({ planId }) => [`POST /api/plans/${planId}/groups`, { ...group, name: newId() }],
    201,
    'coordinator facilitator',
  ],
  [
    'change a group',
    ({ planId, groupId }) => [`PATCH /api/plans/${planId}/groups/${groupId}`, { territory: 'Chepo' }],
    200,
    'coordinator',
  ],
  ['list members', ({ planId }) => [`GET /api/plans/${planId}/members`], 200, 'everybody'],
  [
    'change a member',
    ({ planId, userId }) => [`PATCH /api/plans/${planId}/members/${userId}`, { role: 'reviewer' }],
    200,
    'coordinator',
  ],
  [
    'read the history',
    ({ planId }) => [`GET /api/plans/${planId}/members/history`],
    200,
    'coordinator facilitator monitor',
  ],
  ['list invitations', ({ planId }) => [`GET /api/plans/${planId}/invitations`], 200, 'coordinator'],
  [
    'invite',
    ({ planId }) => [`POST /api/plans/${planId}/invitations`, { people: [{ name: 'Rosa', role: 'drafter' }] }],
    201,
    'coordinator',
  ],
  [
    'take an invitation back',
    ({ planId, linkId }) => [`DELETE /api/plans/${planId}/invitations/${linkId}`],
    204,
    'coordinator',
  ],
  [
    'make a recovery',
    ({ planId, userId }) => [`POST /api/plans/${planId}/members/${userId}/recovery`, {}],
    201,
    'coordinator',
  ],
  ['remove a member', ({ planId, userId }) => [`DELETE /api/plans/${planId}/members/${userId}`], 204, 'coordinator'],
  ['leave', ({ planId }) => [`DELETE /api/plans/${planId}/members/me`], 204, 'everybody'],
]

test.each(operations)('%s: who may', async (_, call, good, who) => {
  const allowed = who === 'everybody' ? Role.options : who.split(' ')
  const answers: Record<string, number> = {}
  for (const role of Role.options) {
    const planted = await plant()
    const [key, body] = call(planted)
    const as = await world.cookieOf(planted.people[role])
    answers[role] = (await world.ask(key, { as, body })).status
  }
  expect(answers).toEqual(Object.fromEntries(Role.options.map((role) => [role, allowed.includes(role) ? good : 403])))
})

test('[T4] the coordinator of one plan finds nothing of another, by its own address or under theirs', async () => {
  const [here, there] = [await plant(), await plant()]
  const as = await world.cookieOf(here.people.cora)
  const problemOf = async (key: string, body: unknown) => {
    const response = await world.ask(key, { as, body })
    return response.status === 204 ? 204 : await response.json()
  }
  const missing = { planId: newId(), groupId: newId(), userId: newId(), linkId: newId() }
  const notFound = expect.objectContaining({ status: 404, code: 'not_found' })
  for (const [name, call] of operations) {
    const [foreign, body] = call(there)
    const [unknown] = call({ ...there, ...missing })
    const answers = [await problemOf(foreign, body), await problemOf(unknown, body)]
    if (/groupId|userId|linkId/.test(String(call))) {
      const [mixed] = call({ ...there, planId: here.planId })
      const [nowhere] = call({ ...there, ...missing, planId: here.planId })
      answers.push(await problemOf(mixed, body), await problemOf(nowhere, body))
    }
    expect(answers, name).toEqual(answers.map(() => notFound))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size, name).toBe(1)
  }
})

test('[T4] a suspended part, or one that is over, opens nothing any more', async () => {
  for (const change of ['suspended', 'removed'] as const) {
    const planted = await plant()
    const { planId, people } = planted
    const as = await world.cookieOf(people.coordinator)
    const part = database.db.updateTable('member').set({ suspendedAt: new Date() })
    if (change === 'suspended') await part.where('userId', '=', people.coordinator.userId).execute()
    else await database.db.deleteFrom('member').where('userId', '=', people.coordinator.userId).execute()
    for (const [name, call] of operations) {
      const [key, body] = call({ ...planted, planId })
      expect((await world.ask(key, { as, body })).status, `${change}: ${name}`).toBe(404)
    }
  }
})

test('the help page reads the one table of rights, signed in or not', async () => {
  const { rights: told } = await (await world.ask('GET /api/rights')).json()
  expect(told).toEqual(Object.entries(rights).map(([action, roles]) => ({ action, roles })))
  expect(told.find(({ action }: { action: string }) => action === 'document.edit').roles).toContain('drafter')
  expect(may('participant', 'document.edit')).toBe(false)
})
