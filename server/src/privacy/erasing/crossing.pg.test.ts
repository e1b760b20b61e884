import { consentText } from '@cabildo/protocol/consent'
import { createPhone, newcomer, type Phone } from '@cabildo/testkit/phone'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp } from '@cabildo/testkit/test-app'
import { waitForWaiting } from '@cabildo/testkit/waiting'
import { plantWorkshopWorld, type WorkshopWorld } from '@cabildo/testkit/workshop-world'
import { CamelCasePlugin, Kysely, PostgresDialect, sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Database } from '../../db/types.ts'
import { eraseAccount, holdToErase } from './store.ts'

let database: FreshDatabase
let app: TestApp
let world: WorkshopWorld
beforeAll(async () => {
  // Several transactions are held open, and wait for each other.
  database = await freshDatabase({ max: 10 })
  app = createTestApp(database)
})
beforeEach(async () => {
  world = await plantWorkshopWorld(database, app.ask, app.cookieOf)
})
afterAll(() => database.drop())

/** Erases somebody, and lets requests run into it: they came before, and go on once it is done. */
async function eraseAround(userId: string, requests: () => Promise<Response>[]): Promise<unknown[]> {
  let asked: Promise<Response>[] = []
  await database.db.transaction().execute(async (trx) => {
    const held = await holdToErase(trx, userId)
    if (held === undefined || held === 'moved') throw new Error('there is nobody to erase')
    asked = requests()
    await waitForWaiting(database.pool, asked.length)
    await eraseAccount(trx, userId)
  })
  return Promise.all((await Promise.all(asked)).map(async (answer) => (await answer.json()).code))
}

/** What stands in the tables that tell something about a person. */
async function countAbout(userId: string): Promise<number> {
  let count = 0
  for (const table of ['member', 'consent', 'display_choice', 'device_person', 'document_draft', 'totp', 'ceremony']) {
    const { rows } = await sql`select from ${sql.table(table)} where user_id = ${userId}`.execute(database.db)
    count += rows.length
  }
  return count
}

test('[PR6] what an account asked for before it was erased writes nothing about it afterwards', async () => {
  const { ana } = world.people
  const workshop = await world.open()
  const as = world.as.ana
  const plan = `/api/plans/${world.planId}`
  const codes = await eraseAround(ana.userId, () => [
    app.ask(`PUT ${plan}/display`, { as, body: { display: 'group' } }),
    app.ask('POST /api/workshops/join', { as, body: newcomer(workshop.way, 'Ana', world.groupId) }),
    app.ask('POST /api/profile/totp', { as, body: {} }),
    app.ask('PATCH /api/profile', { as, body: { name: 'Ana again' } }),
    app.ask('POST /api/profile/passkeys/options', { as, body: {} }),
  ])
  expect(new Set(codes.slice(0, 4))).toEqual(new Set(['signed_out']))
  expect(await countAbout(ana.userId)).toBe(0)
  const seats = await database.db.selectFrom('workshopParticipant').where('userId', '=', ana.userId).execute()
  expect(seats).toEqual([])
})

test('[PR6] a guest who is corrected, merged or handed a phone while being erased stays erased', async () => {
  const workshop = await world.open()
  const { phone, userId } = await world.join(workshop.way, 'Luz')
  const { userId: other } = await world.join(workshop.way, 'Lucía')
  const path = `/api/plans/${world.planId}/workshops/${workshop.id}/participants/${userId}`
  const as = world.as.carla
  const codes = await eraseAround(userId, () => [
    app.ask(`PATCH ${path}`, { as, body: { name: 'Luz María', groupId: world.otherGroupId } }),
    app.ask(`POST ${path}/merge`, { as, body: { into: other } }),
    phone.ask('POST /api/device/active', { userId }),
  ])
  expect(codes).toEqual(['conflict', 'conflict', 'not_found'])
  expect(await countAbout(userId)).toBe(0)
  const account = await database.db
    .selectFrom('userAccount')
    .where('id', '=', userId)
    .select('name')
    .executeTakeFirstOrThrow()
  expect(account.name).toBe('')
})

test('whoever is corrected, joins and is merged while others are erased: nobody crosses anybody', async () => {
  // Without the second try that hides it when two transactions cross.
  const once = new Kysely<Database>({
    dialect: new PostgresDialect({ pool: database.pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
  const strict = createTestApp({ ...database, db: once })
  for (let round = 0; round < 5; round += 1) {
    const workshop = await world.open()
    const names = ['A', 'B', 'C', 'D']
    const guests: { phone: Phone; userId: string }[] = []
    for (const name of names) {
      guests.push(await world.join(workshop.way, name, createPhone(strict.ask)))
    }
    const [first, ...others] = guests
    if (!first) throw new Error('nobody came')
    const as = world.as.carla
    const at = `/api/plans/${world.planId}/workshops/${workshop.id}`
    for (const { userId } of others) {
      await app.ask(`POST ${at}/participants/${userId}/merge`, { as, body: { into: first.userId } })
    }
    const correction = { groupId: world.otherGroupId, removed: true, tableId: null }
    const named = { name: 'Chola', groupId: world.groupId, display: 'name' }
    const answers = await Promise.all([
      strict.ask(`PATCH ${at}/participants/${first.userId}`, { as, body: correction }),
      first.phone.ask('POST /api/profile/erase', { name: 'A' }),
      ...others.map(({ userId }) => strict.ask(`DELETE ${at}/participants/${userId}/merge`, { as, body: {} })),
      strict.ask('POST /api/workshops/join', {
        as: world.as.ana,
        body: newcomer(workshop.way, 'Ana', world.groupId),
      }),
      strict.ask(`POST ${at}/participants`, {
        as,
        body: { ...named, consent: { version: consentText.version, way: 'paper' } },
      }),
    ])
    expect(answers.map(({ status }) => status).filter((status) => status >= 500)).toEqual([])
  }
})
