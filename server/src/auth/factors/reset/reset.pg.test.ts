import { plantPlan, type Someone } from '@cabildo/testkit/factories'
import { openPostOffice, type PostOffice } from '@cabildo/testkit/post-office'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp, testConfig } from '@cabildo/testkit/test-app'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '../../../db/ids.ts'

let database: FreshDatabase
let office: PostOffice
let world: TestApp
let planId: string
let people: Record<'cora' | 'eva' | 'ana' | 'fito', Someone>

beforeAll(async () => {
  database = await freshDatabase()
  office = await openPostOffice()
  world = createTestApp(database, { config: { ...testConfig, smtpUrl: office.url } })
})
afterAll(async () => {
  await office.close()
  await database.drop()
})
beforeEach(async () => {
  const roles = { cora: 'coordinator', eva: 'coordinator', ana: 'drafter', fito: 'facilitator' } as const
  ;({ planId, people } = await plantPlan(database.db, roles))
  await giveFactors(people.ana)
  office.letters.length = 0
})

/** An authenticator that holds, a recovery code, a passkey, and a passkey half made. */
async function giveFactors({ userId }: Someone): Promise<void> {
  const { db } = database
  const bytes = Buffer.from('sealed')
  await db.insertInto('totp').values({ userId, secret: bytes, confirmedAt: sql<Date>`now()` }).execute()
  await db.insertInto('recoveryCode').values({ userId, codeHash: newId() }).execute()
  await db.insertInto('passkey').values({ id: newId(), userId, publicKey: bytes, counter: 0, label: 'Phone' }).execute()
  const expiresAt = sql<Date>`now() + interval '5 minutes'`
  const half = { secretHash: newId(), kind: 'passkey_registration', userId, data: '{}', expiresAt }
  await db.insertInto('ceremony').values(half).execute()
}

async function factorsOf({ userId }: Someone): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select (select count(*) from totp where user_id = ${userId})::int
      + (select count(*) from recovery_code where user_id = ${userId})::int
      + (select count(*) from passkey where user_id = ${userId})::int
      + (select count(*) from ceremony where user_id = ${userId})::int as n`.execute(database.db)
  return rows[0]?.n ?? -1
}

async function ask(key: string, who: Someone, body: unknown = {}, plan = planId) {
  const as = await world.cookieOf(who)
  const asking = key.startsWith('GET') ? { as } : { as, body }
  const response = await world.ask(key.replace(' /', ` /api/plans/${plan}/`).replace(' :', ' /api/'), asking)
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}
const askFor = (whom: Someone, who = people.cora, reason = 'Perdió el teléfono') =>
  ask(`POST /members/${whom.userId}/factor-reset`, who, { reason })
const approve = (id: string, who: Someone) => ask(`POST /factor-resets/${id}/approve`, who)
const refuse = (id: string, who: Someone) => ask(`DELETE /factor-resets/${id}`, who)
const obstacles = async (who: Someone) =>
  (await ask('GET /factor-resets', who)).body.items.map(({ obstacle }: { obstacle: string | null }) => obstacle)
const events = (whom: Someone, plan = planId) =>
  database.db
    .selectFrom('membershipEvent')
    .where('userId', '=', whom.userId)
    .where('planId', '=', plan)
    .where('kind', 'like', 'factor%')
    .select(['kind', 'actorId'])
    .orderBy('id')
    .execute()
const joins = (planId: string, { userId }: Someone, role: string) =>
  database.db.insertInto('member').values({ planId, userId, role }).execute()

test('[PE60] [PE61] one of the coordination asks, another approves: factors and sessions end, both acts are written', async () => {
  const session = await world.cookieOf(people.ana)
  const asked = await askFor(people.ana)
  expect(asked).toMatchObject({ status: 201, body: { reason: 'Perdió el teléfono', obstacle: 'asked' } })
  const { askedAt, expiresAt } = asked.body
  const hours = (Date.parse(expiresAt) - Date.parse(askedAt)) / 3_600_000
  expect(hours).toBeGreaterThan(71.9)
  expect(hours).toBeLessThan(72.1)
  // Asking alone changes nothing of the account.
  expect(await factorsOf(people.ana)).toBe(4)
  expect((await world.ask('GET /api/session', { as: session })).status).toBe(200)

  expect(await obstacles(people.eva)).toEqual([null])
  expect((await approve(asked.body.id, people.eva)).status).toBe(204)
  expect(await factorsOf(people.ana)).toBe(0)
  expect((await world.ask('GET /api/session', { as: session })).status).toBe(401)
  expect(await events(people.ana)).toEqual([
    { kind: 'factor_reset_asked', actorId: people.cora.userId },
    { kind: 'factor_reset', actorId: people.eva.userId },
  ])
  const { body } = await ask('GET /members/history', people.fito)
  expect(body.items.slice(0, 2)).toMatchObject([
    { kind: 'factor_reset', person: { name: 'ana' }, actor: { name: 'eva' } },
    { kind: 'factor_reset_asked', person: { name: 'ana' }, actor: { name: 'cora' } },
  ])
  expect(await obstacles(people.eva)).toEqual([])
})

test('[PE60] never who asked, never whose it is, never another role', async () => {
  await giveFactors(people.eva)
  expect((await askFor(people.eva, people.eva)).status).toBe(403)
  expect((await askFor(people.ana, people.fito)).status).toBe(403)
  const { id } = (await askFor(people.eva)).body
  expect([(await approve(id, people.cora)).status, (await approve(id, people.eva)).status]).toEqual([403, 403])
  expect((await refuse(id, people.eva)).status).toBe(403)
  expect([await obstacles(people.cora), await obstacles(people.eva)]).toEqual([['asked'], ['own']])
  expect((await approve(id, people.fito)).status).toBe(403)
  expect(await factorsOf(people.eva)).toBe(4)
})

test('[PE60] the table itself lets nobody be two of the three', async () => {
  const [ana, cora] = [people.ana.userId, people.cora.userId]
  const row = (values: object) =>
    database.db
      .insertInto('factorReset')
      .values({ id: newId(), planId, userId: ana, expiresAt: new Date(), ...values })
      .execute()
  const ended = { outcome: 'approved', endedAt: new Date() }
  await expect(row({ askedBy: ana })).rejects.toThrow(/check/)
  await expect(row({ askedBy: cora, ...ended, endedBy: cora })).rejects.toThrow(/check/)
  await expect(row({ askedBy: cora, ...ended, endedBy: ana })).rejects.toThrow(/check/)
  await expect(row({ askedBy: cora, ...ended })).rejects.toThrow(/check/)
})

test('[PE60] whoever came into the coordination after it was asked does not count as another', async () => {
  const { id } = (await askFor(people.ana)).body
  await ask(`PATCH /members/${people.fito.userId}`, people.cora, { role: 'coordinator' })
  expect(await obstacles(people.fito)).toEqual(['newer'])
  expect((await approve(id, people.fito)).status).toBe(403)
  await ask(`PATCH /members/${people.eva.userId}`, people.cora, { suspended: true })
  await ask(`PATCH /members/${people.eva.userId}`, people.cora, { suspended: false })
  expect((await approve(id, people.eva)).status).toBe(403)
  expect(await factorsOf(people.ana)).toBe(4)
})

test('[PE62] it is over after 72 hours, when whoever asked left the coordination, and when it was decided', async () => {
  const late = (await askFor(people.ana)).body.id
  await sql`update factor_reset set expires_at = now() where id = ${late}`.execute(database.db)
  expect((await approve(late, people.eva)).status).toBe(404)
  const left = (await askFor(people.ana)).body.id
  await sql`update member set role = 'drafter' where user_id = ${people.cora.userId}`.execute(database.db)
  expect((await approve(left, people.eva)).status).toBe(404)
  expect(await factorsOf(people.ana)).toBe(4)
})

test('[PE62] of an approval and a refusal at once one holds; a second request waits for the first', async () => {
  const { id } = (await askFor(people.ana)).body
  expect((await askFor(people.ana, people.eva)).status).toBe(409)
  const answers = await Promise.all([approve(id, people.eva), refuse(id, people.eva), approve(id, people.eva)])
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 404, 404])
  expect(await events(people.ana)).toHaveLength(2)
})

test('[PE62] a request can be refused, or taken back by who asked: nothing of the account changes', async () => {
  expect((await refuse((await askFor(people.ana)).body.id, people.eva)).status).toBe(204)
  expect((await refuse((await askFor(people.ana)).body.id, people.cora)).status).toBe(204)
  expect(await factorsOf(people.ana)).toBe(4)
  expect((await events(people.ana)).map(({ kind }) => kind)).toEqual([
    'factor_reset_asked',
    'factor_reset_refused',
    'factor_reset_asked',
    'factor_reset_refused',
  ])
})

test('[PE60] [T4] it is asked for a live account of the plan that has a factor, and decided in that plan', async () => {
  expect((await askFor(people.fito)).status).toBe(409)
  expect((await askFor(people.ana, people.cora, '  ')).status).toBe(400)
  const there = await plantPlan(database.db, { zoe: 'coordinator' })
  expect((await askFor(there.people.zoe)).status).toBe(404)
  const { id } = (await askFor(people.ana)).body
  expect((await ask(`POST /factor-resets/${id}/approve`, there.people.zoe, {}, there.planId)).status).toBe(404)
  await sql`update user_account set suspended_at = now() where id = ${people.ana.userId}`.execute(database.db)
  expect((await approve(id, people.eva)).status).toBe(404)
  expect((await askFor(people.ana)).status).toBe(403)
})

test('[PE63] who coordinates or approves elsewhere needs an approval by somebody who coordinates there too', async () => {
  const there = await plantPlan(database.db, { zoe: 'coordinator' })
  await joins(there.planId, people.ana, 'approver')
  const { id } = (await askFor(people.ana)).body
  expect((await approve(id, people.eva)).status).toBe(403)
  expect(await obstacles(people.eva)).toEqual(['elsewhere'])
  await joins(there.planId, people.eva, 'coordinator')
  expect((await approve(id, people.eva)).status).toBe(204)
  // The account is the same everywhere, so every plan of theirs is told.
  expect(await events(people.ana, there.planId)).toEqual([{ kind: 'factor_reset', actorId: people.eva.userId }])
})

test('[PE63] a plan where they merely write is told, without naming who does not take part there', async () => {
  const there = await plantPlan(database.db, { zoe: 'coordinator' })
  await joins(there.planId, people.ana, 'drafter')
  expect((await approve((await askFor(people.ana)).body.id, people.eva)).status).toBe(204)
  expect(await events(people.ana, there.planId)).toEqual([{ kind: 'factor_reset', actorId: null }])
})

test('[PE64] its person is told of both steps by mail, and at the next sign-in until they say they read it', async () => {
  const { id } = (await askFor(people.ana)).body
  expect(office.letters.map(({ text }) => text)).toEqual([expect.stringContaining('Si usted no lo pidió, avise hoy')])
  await approve(id, people.eva)
  expect(office.letters).toHaveLength(2)
  expect(office.letters[1]).toMatchObject({ text: expect.stringContaining('Two people in the coordination') })
  for (const { to } of office.letters) {
    expect(to.toLowerCase()).toBe(`${people.ana.userId}@example.test`.toLowerCase())
  }

  const told = async (who: Someone) => (await ask('GET :session', who)).body.factorsRemovedAt
  expect(Date.parse(await told(people.ana))).toBeGreaterThan(0)
  expect(await told(people.cora)).toBeUndefined()
  expect((await ask('POST :profile/factor-reset/seen', people.ana)).status).toBe(204)
  expect(await told(people.ana)).toBeUndefined()
})

test('[PR6] the reason goes when its person is erased; the row stays without it', async () => {
  const { id } = (await askFor(people.ana)).body
  await approve(id, people.eva)
  const { status } = await ask('POST :profile/erase', people.ana, { name: 'ana' })
  expect(status).toBeLessThan(300)
  const row = await database.db.selectFrom('factorReset').where('id', '=', id).selectAll().executeTakeFirstOrThrow()
  expect(row).toMatchObject({ reason: null, outcome: 'approved' })
})
