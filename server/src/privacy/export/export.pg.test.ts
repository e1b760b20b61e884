import { plantDocument, plantPlan } from '@cabildo/testkit/factories'
import { plantGuest, plantWorkshop } from '@cabildo/testkit/guests'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp } from '@cabildo/testkit/test-app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../db/ids.ts'

let database: FreshDatabase
let world: TestApp
beforeAll(async () => {
  database = await freshDatabase()
  world = createTestApp(database)
})
afterAll(() => database.drop())

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/)

test('[PR5] one takes along everything about oneself, no secret and nobody else', async () => {
  const { db } = database
  const { planId, people } = await plantPlan(db, { cora: 'coordinator', ana: 'drafter' })
  const { ana, cora } = people
  const documentId = await plantDocument(db, planId, ana, 'Cuentas')
  await plantDocument(db, planId, cora, 'Of somebody else')
  const secrets = { passwordHash: 'SECRET-password', totp: 'SECRET-totp', code: 'SECRET-code', key: 'SECRET-key' }
  await db
    .updateTable('userAccount')
    .set({ passwordHash: secrets.passwordHash, name: 'Ana Batista', email: 'ana@example.test' })
    .where('id', '=', ana.userId)
    .execute()
  await db.updateTable('userAccount').set({ name: 'Cora Ríos' }).where('id', '=', cora.userId).execute()
  await db
    .insertInto('totp')
    .values({ userId: ana.userId, secret: Buffer.from(secrets.totp) })
    .execute()
  await db.insertInto('recoveryCode').values({ userId: ana.userId, codeHash: secrets.code }).execute()
  const passkey = { userId: ana.userId, publicKey: Buffer.from(secrets.key), counter: 0, label: 'Teléfono' }
  await db
    .insertInto('passkey')
    .values({ ...passkey, id: 'passkey' })
    .execute()
  await db
    .insertInto('consent')
    .values({ id: newId(), userId: ana.userId, planId, textVersion: '2026-11', way: 'paper' })
    .execute()
  await db
    .insertInto('membershipEvent')
    .values({
      planId,
      userId: ana.userId,
      kind: 'role_changed',
      actorId: cora.userId,
      role: 'drafter',
      wasRole: 'reviewer',
    })
    .execute()
  const workshop = await plantWorkshop(db, planId, cora)
  const guest = await plantGuest(db, workshop, { name: 'Abuela Chola', groupId: cora.groupId })
  await db
    .insertInto('accessLink')
    .values({
      ...{ id: newId(), secretHash: 'SECRET-link', kind: 'invitation', planId, role: 'drafter', name: 'Anita' },
      ...{ email: 'ANA@example.test', createdBy: cora.userId, expiresAt: new Date() },
    })
    .execute()

  const response = await world.ask('GET /api/profile/export', { as: await world.cookieOf(ana) })
  const text = await response.text()
  expect(response.status).toBe(200)
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="cabildo-\d{4}-\d\d-\d\d\.json"$/)
  expect(response.headers.get('content-type')).toContain('application/json')
  expect(JSON.parse(text)).toMatchObject({
    exportedAt: time,
    account: { id: ana.userId, kind: 'account', name: 'Ana Batista', email: 'ana@example.test', hasPassword: true },
    authenticator: [{ createdAt: time }],
    recoveryCodes: { made: 1, used: 0 },
    passkeys: [{ id: 'passkey', label: 'Teléfono' }],
    sessions: [{ id: ana.sessionId, createdAt: time }, {}],
    memberships: [{ planId, role: 'drafter', groupName: 'Neighbours' }],
    consents: [{ planId, textVersion: '2026-11', way: 'paper', givenAt: time, withdrawnAt: null }],
    events: [{ kind: 'role_changed', role: 'drafter', wasRole: 'reviewer', by: 'somebody' }],
    links: [{ name: 'Anita', email: 'ANA@example.test' }],
    written: [{ documentId, planId, rows: 1, firstSeq: 1, lastSeq: 1, firstAt: time, lastAt: time }],
    workshops: [],
    drafts: [],
  })
  expect(text).not.toContain('SECRET')
  for (const other of [cora.userId, 'Cora', guest.userId, 'Chola', `${cora.userId}@example.test`]) {
    expect(text).not.toContain(other)
  }
})

test('[PR5] a guest too, with the workshop they were in', async () => {
  const { planId, people } = await plantPlan(database.db, { cora: 'coordinator' })
  const workshop = await plantWorkshop(database.db, planId, people.cora)
  const guest = await plantGuest(database.db, workshop, { name: 'Chola', groupId: people.cora.groupId })
  const about = await (await world.ask('GET /api/profile/export', { as: await world.cookieOf(guest) })).json()
  expect(about).toMatchObject({
    account: { kind: 'guest', name: 'Chola', email: null },
    workshops: [{ title: 'A workshop', tableName: 'Table 1', gender: 'woman', ageBand: '60_plus' }],
    devices: [{ id: guest.deviceId }],
    consents: [{ way: 'screen' }],
    events: [{ kind: 'joined', by: 'program' }],
  })
})

test('nobody reads the whole log over and over', async () => {
  const { people } = await plantPlan(database.db, { cora: 'coordinator' })
  const as = await world.cookieOf(people.cora)
  const statuses = []
  for (let n = 0; n < 21; n++) statuses.push((await world.ask('GET /api/profile/export', { as })).status)
  expect(statuses).toEqual([...Array(20).fill(200), 429])
})
