import { erasingWith } from '@cabildo/testkit/erasing'
import { plantDocument, plantPlan, type Someone } from '@cabildo/testkit/factories'
import { plantGuest, plantWorkshop } from '@cabildo/testkit/guests'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { textOf } from '@cabildo/testkit/room-clients'
import { takeSeat } from '@cabildo/testkit/room-seat'
import { createTestApp, type TestApp } from '@cabildo/testkit/test-app'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createPasswords } from '../../auth/passwords.ts'
import { createSessions } from '../../auth/sessions.ts'
import { newId } from '../../db/ids.ts'
import { createAccessReader } from '../../people/access.ts'
import type { AccessReader } from '../../rooms/ports.ts'
import { eraseByProgram } from './service.ts'

let database: FreshDatabase
let world: TestApp
let access: AccessReader
const passwords = createPasswords()
beforeAll(async () => {
  database = await freshDatabase()
  world = createTestApp(database, { passwords })
  access = createAccessReader(database.db)
})
afterAll(() => database.drop())

const soon = { timeout: 2000, interval: 20 }
const password = 'tres palabras sin orden'
const erase = async (someone: Pick<Someone, 'userId'>, body: object) => {
  const response = await world.ask('POST /api/profile/erase', { as: await world.cookieOf(someone), body })
  return response.status === 204 ? 204 : (await response.json()).code
}

/** Gives somebody one of everything that may be about a person. */
async function furnish({ userId, role }: Someone, planId: string, marks: { name: string; email: string }) {
  const { db } = database
  const { name, email } = marks
  const passwordHash = await passwords.hash(password)
  await db.updateTable('userAccount').set({ name, email, passwordHash }).where('id', '=', userId).execute()
  await db
    .insertInto('totp')
    .values({ userId, secret: Buffer.from(name) })
    .execute()
  await db.insertInto('recoveryCode').values({ userId, codeHash: 'hash' }).execute()
  const publicKey = Buffer.from('key')
  await db
    .insertInto('passkey')
    .values({ id: newId(), userId, publicKey, counter: 0, label: `${name}'s phone` })
    .execute()
  await db.insertInto('externalIdentity').values({ issuer: 'https://id.test', subject: email, userId }).execute()
  const later = new Date(Date.now() + 60_000)
  const ceremony = { secretHash: newId(), kind: 'passkey_registration', userId, expiresAt: later }
  await db
    .insertInto('ceremony')
    .values({ ...ceremony, data: JSON.stringify({ name }) })
    .execute()
  await db.insertInto('displayChoice').values({ planId, userId, display: 'group' }).execute()
  await db
    .insertInto('consent')
    .values({ id: newId(), userId, planId, textVersion: '2026-11', way: 'screen' })
    .execute()
  const link = { planId, createdBy: userId, expiresAt: later }
  const invitation = { ...link, kind: 'invitation', role, name, email }
  await db
    .insertInto('accessLink')
    .values([
      { ...invitation, id: newId(), secretHash: newId(), usedAt: new Date(), usedBy: userId },
      { ...invitation, id: newId(), secretHash: newId(), email: email.toUpperCase() },
      { ...link, id: newId(), secretHash: newId(), kind: 'recovery', userId },
    ])
    .execute()
  await createSessions(db, { secure: false }).begin(userId, { label: `Browser of ${name}` })
}

/** Every row of every table in which one of the words stands, as `table: row`. */
async function rowsNaming(words: readonly string[]): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public'`.execute(database.db)
  const found: string[] = []
  for (const { name } of tables) {
    for (const word of words) {
      const { rows } = await sql<{ row: string }>`
        select t::text as row from ${sql.table(name)} t where t::text ilike ${`%${word}%`}`.execute(database.db)
      found.push(...rows.map(({ row }) => `${name}: ${row}`))
    }
  }
  return found
}

describe('[PR6] erased', () => {
  test('nothing in the database names them any more, and no way in is left', async () => {
    const { planId, people } = await plantPlan(database.db, { cora: 'coordinator', ana: 'drafter' })
    const marks = { name: 'Zenobia Quirós', email: 'zenobia@example.test' }
    await furnish(people.ana, planId, marks)
    const words = [marks.name, marks.email, Buffer.from(marks.name).toString('hex')]
    expect((await rowsNaming(words)).length).toBeGreaterThanOrEqual(8)

    expect(await erase(people.ana, { name: marks.name, password })).toBe(204)
    expect(await rowsNaming(words)).toEqual([])
    const { userId } = people.ana
    for (const table of ['recovery_code', 'passkey', 'external_identity', 'totp', 'ceremony', 'consent', 'member']) {
      const { rows } = await sql`select from ${sql.table(table)} where user_id = ${userId}`.execute(database.db)
      expect([table, rows.length]).toEqual([table, 0])
    }
    const open = await database.db
      .selectFrom('accessLink')
      .where('createdBy', '=', userId)
      .where('usedAt', 'is', null)
      .where('revokedAt', 'is', null)
      .select('id')
      .execute()
    expect(open).toEqual([])
    expect(await createSessions(database.db, { secure: false }).list(userId)).toEqual([])
    await expect(world.cookieOf(people.ana)).rejects.toMatchObject({ code: 'signed_out' })
    const signIn = await world.ask('POST /api/session', { body: { email: marks.email, password } })
    expect(signIn.status).toBe(401)
    const taken = { id: newId(), email: marks.email, name: 'Somebody else' }
    await database.db.insertInto('userAccount').values(taken).execute()
  })

  test('a guest, without a password, and what they said of themselves at the workshop', async () => {
    const { planId, people } = await plantPlan(database.db, { cora: 'coordinator' })
    const workshop = await plantWorkshop(database.db, planId, people.cora)
    const guest = await plantGuest(database.db, workshop, { name: 'Abuela Chola', groupId: people.cora.groupId })
    expect(await erase(guest, { name: ' Abuela Chola ' })).toBe(204)
    expect(await rowsNaming(['Chola'])).toEqual([])
    const participant = await database.db
      .selectFrom('workshopParticipant')
      .where('userId', '=', guest.userId)
      .select(['gender', 'ageBand', 'tableId'])
      .execute()
    expect(participant).toEqual([{ gender: null, ageBand: null, tableId: null }])
    const shared = await database.db
      .selectFrom('devicePerson')
      .where('userId', '=', guest.userId)
      .select('userId')
      .execute()
    expect(shared).toEqual([])
  })

  test('[PR5] the guests who were said to be them, too', async () => {
    const { planId, people } = await plantPlan(database.db, { cora: 'coordinator', ana: 'drafter' })
    const workshop = await plantWorkshop(database.db, planId, people.cora)
    const guest = await plantGuest(database.db, workshop, { name: 'Anita Chola', groupId: people.cora.groupId })
    await database.db
      .updateTable('workshopParticipant')
      .set({ mergedInto: people.ana.userId })
      .where('userId', '=', guest.userId)
      .execute()
    expect(await erase(people.ana, { name: 'ana' })).toBe(204)
    expect(await rowsNaming(['Anita'])).toEqual([])
    const events = await database.db
      .selectFrom('membershipEvent')
      .where('userId', '=', guest.userId)
      .where('kind', '=', 'erased')
      .select('planId')
      .execute()
    expect(events).toEqual([{ planId }])
  })

  test('their sockets end at once, and what they wrote stays in the log, by nobody', async () => {
    const { planId, people } = await plantPlan(database.db, { cora: 'coordinator', ana: 'drafter' })
    const documentId = await plantDocument(database.db, planId, people.cora, 'Cuentas')
    const seat = await takeSeat(world.rooms, access, people.ana, documentId)
    await vi.waitFor(() => expect(seat.doc.share.size).toBeGreaterThan(0), soon)
    seat.write((doc) => textOf(doc, 'problem').insert(0, 'Falta luz. '))
    const rows = () =>
      database.db
        .selectFrom('documentUpdate')
        .where('documentId', '=', documentId)
        .select(['seq', 'userId', 'bytes'])
        .orderBy('seq')
        .execute()
    await vi.waitFor(async () => expect(await rows()).toHaveLength(2), soon)
    const before = await rows()

    expect(await erase(people.ana, { name: 'ana' })).toBe(204)
    await vi.waitFor(() => expect(seat.dismissal).toBe('sign_in'), soon)
    expect(await rows()).toEqual(before)
    const as = await world.cookieOf(people.cora)
    const history = await (await world.ask(`GET /api/documents/${documentId}/history`, { as })).json()
    expect(history.items.map(({ author }: { author: object }) => author)).toEqual([
      expect.objectContaining({ name: 'cora' }),
      { id: people.ana.userId, name: '', group: null },
    ])
    const events = await database.db
      .selectFrom('membershipEvent')
      .where('userId', '=', people.ana.userId)
      .select(['kind', 'actorId', 'wasRole', 'wasGroupId'])
      .execute()
    const { userId, groupId } = people.ana
    expect(events).toEqual([{ kind: 'erased', actorId: userId, wasRole: 'drafter', wasGroupId: groupId }])
    seat.leave()
  })
})

describe('[PR7] asked before', () => {
  test('the exact name, and the password of an account that has one', async () => {
    const { planId, people } = await plantPlan(database.db, { cora: 'coordinator', ana: 'drafter' })
    const { ana } = people
    await furnish(ana, planId, { name: 'Ana Díaz', email: `${newId()}@example.test` })
    expect(await erase(ana, { name: 'Ana Díaz' })).toBe('wrong_credentials')
    expect(await erase(ana, { name: 'Ana Díaz', password: 'otra cosa' })).toBe('wrong_credentials')
    expect(await erase(ana, { name: 'ana díaz', password })).toBe('invalid')
    expect((await access.check({ ...ana, documentId: newId() })).kind).toBe('refused')
    expect((await world.ask('GET /api/session', { as: await world.cookieOf(ana) })).status).toBe(200)
    // Written with a combining accent, it is the same name.
    expect(await erase(ana, { name: 'Ana Díaz'.normalize('NFD'), password })).toBe(204)
  })

  test('the second factor of an account that has one, since a link from a coordinator leads in without it [A4]', async () => {
    const { planId, people } = await plantPlan(database.db, { cora: 'coordinator', ana: 'drafter' })
    const { userId } = people.ana
    await furnish(people.ana, planId, { name: 'Ana', email: `${newId()}@example.test` })
    await database.db.updateTable('totp').set({ confirmedAt: new Date() }).where('userId', '=', userId).execute()
    expect(await erase(people.ana, { name: 'Ana', password })).toBe('forbidden')
    const { cookie } = await createSessions(database.db, { secure: false }).begin(userId, { secondFactor: true })
    const as = cookie.split(';', 1)[0] ?? ''
    expect((await world.ask('POST /api/profile/erase', { as, body: { name: 'Ana', password } })).status).toBe(204)
  })

  test('whoever guesses the password is told when to come back', async () => {
    const { planId, people } = await plantPlan(database.db, { cora: 'coordinator', ana: 'drafter' })
    await furnish(people.ana, planId, { name: 'Ana', email: `${newId()}@example.test` })
    const guesses = []
    for (let n = 0; n < 11; n++) guesses.push(await erase(people.ana, { name: 'Ana', password: `guess ${n}` }))
    expect(guesses).toEqual([...Array(10).fill('wrong_credentials'), 'throttled'])
    expect(await erase(people.ana, { name: 'Ana', password })).toBe('throttled')
  })
})

describe('[PR8] a plan keeps a coordinator', () => {
  test('the last one is refused and loses nothing, in no plan', async () => {
    const { planId, people } = await plantPlan(database.db, { cora: 'coordinator', ana: 'drafter' })
    const other = await plantPlan(database.db, { eva: 'coordinator' })
    const { userId } = people.cora
    await database.db.insertInto('member').values({ planId: other.planId, userId, role: 'drafter' }).execute()
    expect(await erase(people.cora, { name: 'cora' })).toBe('last_coordinator')
    const parts = await database.db.selectFrom('member').where('userId', '=', userId).select('planId').execute()
    expect(parts.map((part) => part.planId).sort()).toEqual([planId, other.planId].sort())
    const events = await database.db.selectFrom('membershipEvent').where('userId', '=', userId).select('id').execute()
    expect(events).toEqual([])

    await database.db
      .updateTable('member')
      .set({ role: 'coordinator' })
      .where('userId', '=', people.ana.userId)
      .execute()
    await database.db
      .updateTable('userAccount')
      .set({ suspendedAt: new Date() })
      .where('id', '=', people.ana.userId)
      .execute()
    expect(await erase(people.cora, { name: 'cora' })).toBe('last_coordinator')
    await database.db
      .updateTable('userAccount')
      .set({ suspendedAt: null })
      .where('id', '=', people.ana.userId)
      .execute()
    expect(await erase(people.cora, { name: 'cora' })).toBe(204)
  })

  test('of two who go at the same moment, one stays', async () => {
    for (let round = 0; round < 5; round++) {
      const { people } = await plantPlan(database.db, { cora: 'coordinator', eva: 'coordinator' })
      const outcomes = await Promise.all([erase(people.cora, { name: 'cora' }), erase(people.eva, { name: 'eva' })])
      expect(outcomes.sort()).toEqual([204, 'last_coordinator'])
    }
  })
})

test('a person is erased once, however often it is asked', async () => {
  const { people } = await plantPlan(database.db, { cora: 'coordinator', ana: 'drafter' })
  const outcomes = await Promise.all([1, 2, 3].map(() => eraseByProgram(erasingWith(database.db), people.ana.userId)))
  expect(outcomes.filter(Boolean)).toHaveLength(1)
})

test('only who was erased has no name', async () => {
  await expect(
    database.db
      .insertInto('userAccount')
      .values({ id: newId(), email: `${newId()}@example.test`, name: '' })
      .execute(),
  ).rejects.toThrow('user_account_name_check')
})
