import { createManualClock } from '@cabildo/testkit/clock'
import { erasingWith } from '@cabildo/testkit/erasing'
import { plantPlan } from '@cabildo/testkit/factories'
import { type PlantedWorkshop, plantGuest, plantWorkshop } from '@cabildo/testkit/guests'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp } from '@cabildo/testkit/test-app'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { newId } from '../../db/ids.ts'
import { createUpkeep, purgeGuests } from './service.ts'
import { tidy } from './store.ts'

let database: FreshDatabase
beforeEach(async () => {
  database = await freshDatabase()
})
afterEach(() => database.drop())

const planWith = async (names: readonly string[]) => {
  const { planId, people } = await plantPlan(database.db, { cora: 'coordinator' })
  const workshop = await plantWorkshop(database.db, planId, people.cora)
  const guests = []
  for (const name of names) guests.push(await plantGuest(database.db, workshop, { name, groupId: people.cora.groupId }))
  return { planId, cora: people.cora, workshop, guests }
}
const closed = ({ workshopId }: PlantedWorkshop, ago: string) =>
  sql`update workshop set closed_at = now() - ${ago}::interval where id = ${workshopId}`.execute(database.db)
const names = async () => {
  const rows = await database.db.selectFrom('userAccount').select('name').orderBy('name').execute()
  return rows.map(({ name }) => name)
}

test('[PR9] guests go 90 days after their workshop closed, not before; accounts stay', async () => {
  const { workshop } = await planWith(['Chola', 'Toño'])
  await closed(workshop, '89 days 23 hours')
  expect(await purgeGuests(erasingWith(database.db))).toBe(0)
  await closed(workshop, '90 days 1 minute')
  expect(await purgeGuests(erasingWith(database.db))).toBe(2)
  expect(await names()).toEqual(['', '', 'cora'])
  expect(await purgeGuests(erasingWith(database.db))).toBe(0)
})

test('[PR9] a workshop that nobody closed counts from its end', async () => {
  const { workshop } = await planWith(['Chola'])
  await sql`update workshop set ends_at = now() - interval '91 days' where id = ${workshop.workshopId}`.execute(
    database.db,
  )
  expect(await purgeGuests(erasingWith(database.db))).toBe(1)
})

test('[PR9] who was in a later workshop too stays until that is long over', async () => {
  const { planId, cora, workshop, guests } = await planWith(['Chola', 'Toño'])
  const later = await plantWorkshop(database.db, planId, cora)
  const userId = guests[0]?.userId ?? ''
  await database.db.insertInto('workshopParticipant').values({ workshopId: later.workshopId, userId }).execute()
  await closed(workshop, '100 days')
  await closed(later, '10 days')
  expect(await purgeGuests(erasingWith(database.db))).toBe(1)
  expect(await names()).toEqual(['', 'Chola', 'cora'])
})

test('[PR9] how many came, from where and of what age is told as before', async () => {
  const { planId, cora, workshop, guests } = await planWith(['Chola', 'Toño', 'Removed'])
  const removed = { removedAt: new Date() }
  const last = guests[2]?.userId ?? ''
  await database.db.updateTable('workshopParticipant').set(removed).where('userId', '=', last).execute()
  const { ask, cookieOf } = createTestApp(database)
  const as = await cookieOf(cora)
  const attendance = async () =>
    (await ask(`GET /api/plans/${planId}/workshops/${workshop.workshopId}/attendance`, { as })).json()
  const before = await attendance()
  expect(before).toMatchObject({
    people: 2,
    byGroup: [{ key: cora.groupId, label: 'Neighbours', people: 2 }],
    byTable: [{ key: workshop.tableId, label: 'Table 1', people: 2 }],
    byGender: [{ key: 'woman', people: 2 }],
    byAge: [{ key: '60_plus', people: 2 }],
  })
  await closed(workshop, '91 days')
  await purgeGuests(erasingWith(database.db), () => false)
  expect(await names()).toEqual(['', '', '', 'cora'])
  expect(await attendance()).toEqual(before)
})

test('[PR9] the program erases as a person would, and the plan tells it', async () => {
  const { planId, workshop, guests } = await planWith(['Chola'])
  await closed(workshop, '91 days')
  await purgeGuests(erasingWith(database.db))
  const events = await database.db
    .selectFrom('membershipEvent')
    .where('planId', '=', planId)
    .where('kind', '=', 'erased')
    .select(['userId', 'actorId', 'wasRole'])
    .execute()
  expect(events).toEqual([{ userId: guests[0]?.userId, actorId: null, wasRole: 'participant' }])
})

test('[PR10] what has no use any more goes: counts, ceremonies, traces of old sessions and links, devices', async () => {
  const { db } = database
  const { planId, cora, guests, workshop } = await planWith(['Chola'])
  const now = Date.now()
  await db
    .insertInto('rateLimit')
    .values([
      { key: 'old', points: 3, expire: now - 1000 },
      { key: 'counting', points: 3, expire: now + 60_000 },
    ])
    .execute()
  const ceremony = (secretHash: string, expiresAt: Date) => ({ secretHash, kind: 'openid', data: '{}', expiresAt })
  await db
    .insertInto('ceremony')
    .values([ceremony('old', new Date(now - 1000)), ceremony('under way', new Date(now + 60_000))])
    .execute()
  const link = (id: string, ago: string) => ({
    ...{ id, secretHash: id, kind: 'invitation', planId, role: 'drafter', name: 'Somebody', email: 's@example.test' },
    ...{ createdBy: cora.userId, expiresAt: sql<Date>`now() - ${ago}::interval` },
  })
  const [old, recent] = [newId(), newId()]
  await db
    .insertInto('accessLink')
    .values([link(old, '91 days'), link(recent, '89 days')])
    .execute()
  await closed(workshop, '91 days')
  await sql`update session set idle_expires_at = now() - interval '91 days', label = 'Chrome' where user_id = ${guests[0]?.userId}`.execute(
    db,
  )
  await sql`update device set seen_at = now() - interval '91 days'`.execute(db)

  await tidy(db)
  await tidy(db)
  expect(await db.selectFrom('rateLimit').select('key').execute()).toEqual([{ key: 'counting' }])
  expect(await db.selectFrom('ceremony').select('secretHash').execute()).toEqual([{ secretHash: 'under way' }])
  expect(await db.selectFrom('accessLink').select(['id', 'name', 'email']).orderBy('expiresAt').execute()).toEqual([
    { id: old, name: null, email: null },
    { id: recent, name: 'Somebody', email: 's@example.test' },
  ])
  const sessions = await db.selectFrom('session').select(['userId', 'label', 'deviceId', 'endedAt']).execute()
  expect(sessions.find(({ userId }) => userId === cora.userId)).toMatchObject({ endedAt: null })
  expect(sessions.find(({ userId }) => userId !== cora.userId)).toMatchObject({
    label: null,
    deviceId: null,
    endedAt: expect.any(Date),
  })
  expect(await db.selectFrom('device').select('id').execute()).toEqual([])
})

test('[PR9] it runs at the start and every day, also after a day on which it failed, and stops when told', async () => {
  const clock = createManualClock()
  const failures: unknown[] = []
  const logger = { ...pino({ level: 'silent' }), info: () => undefined, error: (data: unknown) => failures.push(data) }
  const { workshop } = await planWith(['Chola'])
  const upkeep = createUpkeep({ ...erasingWith(database.db), clock, logger })
  upkeep.start()
  await vi.waitFor(() => expect(clock.waiting()).toBe(1))
  expect(await names()).toEqual(['Chola', 'cora'])

  await sql`alter table ceremony rename to elsewhere`.execute(database.db)
  clock.advance(24 * 3600 * 1000)
  await vi.waitFor(() => expect(clock.waiting()).toBe(1))
  expect(failures).toHaveLength(1)
  await sql`alter table elsewhere rename to ceremony`.execute(database.db)

  await closed(workshop, '91 days')
  clock.advance(24 * 3600 * 1000)
  await vi.waitFor(async () => expect(await names()).toEqual(['', 'cora']))
  await upkeep.stop()
  expect(clock.waiting()).toBe(0)
})
