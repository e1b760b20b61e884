import { type Browser, createBrowser } from '@cabildo/testkit/browser'
import { plantAccount, plantPlan } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp } from '@cabildo/testkit/test-app'
import { waitForWaiting } from '@cabildo/testkit/waiting'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '../../db/ids.ts'
import { createPasswords } from '../passwords.ts'
import { createSessions } from '../sessions.ts'

let database: FreshDatabase
let world: TestApp
let passwordHash: string
let rechecks = 0
const password = 'tres palabras sin orden'
const passwords = createPasswords({ perSecond: Number.POSITIVE_INFINITY })

beforeAll(async () => {
  database = await freshDatabase()
  world = createTestApp(database, { passwords })
  const { recheck } = world.rooms
  world.rooms.recheck = () => {
    rechecks += 1
    recheck()
  }
  passwordHash = await passwords.hash(password)
})
beforeEach(() => {
  rechecks = 0
})
afterAll(() => database.drop())

const signIn = async (email: string, secret = password) => {
  const browser = createBrowser(world)
  return { browser, answer: await browser.ask('POST /api/session', { email, password: secret }) }
}
async function someone(name = 'Ana Batista') {
  const account = await plantAccount(database.db, { name, passwordHash })
  return { ...account, ...(await signIn(account.email)) }
}
const codeOf = async (browser: Browser, key: string, body?: unknown) => {
  const answer = await browser.ask(key, body)
  return [answer.status, answer.body.code]
}

test('the profile shows everything about oneself, in every plan, and nothing that signs in', async () => {
  const { planId, people } = await plantPlan(database.db, { ana: 'drafter' })
  const { userId, groupId } = people.ana
  await database.db.insertInto('displayChoice').values({ planId, userId, display: 'group' }).execute()
  const consent = { id: newId(), userId, planId, textVersion: '2026-11', way: 'paper', givenAt: '2026-03-01T14:00:00Z' }
  await database.db.insertInto('consent').values(consent).execute()
  const response = await world.ask('GET /api/profile', { as: await world.cookieOf(people.ana) })

  expect([response.status, await response.json()]).toEqual([
    200,
    {
      user: { id: userId, name: 'ana', email: `${userId}@example.test`, guest: false },
      hasPassword: false,
      totp: { on: false, recoveryCodesLeft: 0 },
      passkeys: [],
      identities: [],
      memberships: [
        {
          planId,
          planSlug: expect.any(String),
          planTitle: 'A plan',
          role: 'drafter',
          group: { id: groupId, name: 'Neighbours', sector: 'civil_society' },
          display: 'group',
          consents: [{ textVersion: '2026-11', way: 'paper', givenAt: '2026-03-01T14:00:00.000Z', withdrawnAt: null }],
        },
      ],
    },
  ])
})

test('a name is corrected at once, in open rooms too, and the plans keep that it was', async () => {
  const { planId, people } = await plantPlan(database.db, { ana: 'drafter' })
  const as = await world.cookieOf(people.ana)
  const response = await world.ask('PATCH /api/profile', { as, body: { name: '  Ana Batista de León ' } })

  expect((await response.json()).user.name).toBe('Ana Batista de León')
  expect(rechecks).toBe(1)
  const events = await database.db
    .selectFrom('membershipEvent')
    .where('planId', '=', planId)
    .where('kind', '=', 'renamed')
    .selectAll()
    .execute()
  expect(events).toMatchObject([{ userId: people.ana.userId, actorId: people.ana.userId }])
  expect(JSON.stringify(events)).not.toContain('Batista')
})

test('a new address asks for the password, and cannot be somebody else’s in any letters', async () => {
  const { browser, email } = await someone()
  const other = await someone()
  const wanted = `${newId()}@example.test`

  expect(await codeOf(browser, 'PATCH /api/profile', { email: wanted })).toEqual([401, 'wrong_credentials'])
  expect(await codeOf(browser, 'PATCH /api/profile', { email: wanted, password: 'wrong' })).toEqual([
    401,
    'wrong_credentials',
  ])
  expect(await codeOf(browser, 'PATCH /api/profile', { email: other.email.toUpperCase(), password })).toEqual([
    409,
    'email_taken',
  ])
  const changed = await browser.ask('PATCH /api/profile', { email: wanted, password })
  expect([changed.status, changed.body.user.email]).toEqual([200, wanted])
  expect((await signIn(email)).answer.status).toBe(401)
  expect((await signIn(wanted)).answer.status).toBe(200)
  expect(await codeOf(browser, 'PATCH /api/profile', { email: null, password })).toEqual([409, 'conflict'])
})

test('of several who want one address at once, one gets it', async () => {
  const cookies: string[] = []
  for (let number = 0; number < 4; number += 1) cookies.push(await world.cookieOf(await plantAccount(database.db)))
  for (let round = 0; round < 5; round += 1) {
    const email = `${newId()}@example.test`
    const answers = await Promise.all(
      cookies.map((as, place) =>
        world.ask('PATCH /api/profile', { as, body: { email: place % 2 ? email : email.toUpperCase() } }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409])
  }
})

test('[T2] a new password ends every other session, and this one goes on under a new id with the same standing', async () => {
  const { browser, email, userId } = await someone()
  const elsewhere = (await signIn(email)).browser
  const before = browser.cookie('sid')
  await sql`update session set second_factor_at = now(), label = 'Chrome, Android'`.execute(database.db)
  const newPassword = 'otras cuatro palabras distintas'
  expect(await codeOf(browser, 'PUT /api/profile/password', { newPassword, password: 'wrong' })).toEqual([
    401,
    'wrong_credentials',
  ])
  expect(await codeOf(browser, 'PUT /api/profile/password', { newPassword })).toEqual([401, 'wrong_credentials'])
  expect((await elsewhere.ask('GET /api/session')).status).toBe(200)
  rechecks = 0

  expect((await browser.ask('PUT /api/profile/password', { newPassword, password })).status).toBe(204)
  expect(rechecks).toBe(1)
  expect(browser.cookie('sid')).not.toBe(before)
  expect((await browser.ask('GET /api/session')).status).toBe(200)
  expect((await elsewhere.ask('GET /api/session')).status).toBe(401)
  expect((await world.ask('GET /api/session', { as: `sid=${before}` })).status).toBe(401)
  const live = await database.db
    .selectFrom('session')
    .where('userId', '=', userId)
    .where('endedAt', 'is', null)
    .select(['label', sql<boolean>`second_factor_at is not null`.as('shown')])
    .execute()
  expect(live).toEqual([{ label: 'Chrome, Android', shown: true }])
  expect((await signIn(email)).answer.status).toBe(401)
  expect((await signIn(email, newPassword)).answer.status).toBe(200)
})

test('who has no password sets one without; a password that is easy to guess is refused, saying where and why', async () => {
  const { userId, name } = await plantAccount(database.db, { name: 'Yadira Moreno' })
  const as = await world.cookieOf({ userId })
  const set = (newPassword: string) => world.ask('PUT /api/profile/password', { as, body: { newPassword } })
  for (const weak of ['cabildo-demo-2026', 'YadiraMoreno99', 'contraseña1234', '123456789012']) {
    const response = await set(weak)
    expect([response.status, await response.json()], weak).toEqual([
      400,
      expect.objectContaining({ code: 'invalid', errors: [{ pointer: '/newPassword', detail: expect.any(String) }] }),
    ])
  }
  expect(name).toBe('Yadira Moreno')
  expect((await set('corto')).status).toBe(400)
  expect((await set(password)).status).toBe(204)
})

test('[A4] a first password is no way round a second factor that the session did not show', async () => {
  const { userId } = await plantAccount(database.db)
  const as = await world.cookieOf({ userId })
  await database.db
    .insertInto('totp')
    .values({ userId, secret: Buffer.from('sealed'), confirmedAt: new Date() })
    .execute()
  const set = () => world.ask('PUT /api/profile/password', { as, body: { newPassword: password } })
  const refused = await set()
  expect([refused.status, (await refused.json()).code]).toEqual([403, 'forbidden'])
  await database.db.updateTable('session').set({ secondFactorAt: new Date() }).where('userId', '=', userId).execute()
  expect((await set()).status).toBe(204)
})

test('[A7] with a new password every other session is ended already, whatever comes after', async () => {
  const { userId, browser } = await someone()
  const failing = createTestApp(database, { passwords })
  // A session that begins while the password waits for the account: its own clock says that it is the newer one.
  const holder = await database.pool.connect()
  await holder.query('begin')
  await holder.query('select from user_account where id = $1 for key share', [userId])
  await holder.query('select from user_account where id = $1 for no key update', [userId])
  const body = { newPassword: 'otras cuatro palabras distintas', password }
  const changing = failing.ask('PUT /api/profile/password', { as: `sid=${browser.cookie('sid')}`, body })
  await waitForWaiting(database.pool, 1)
  const id = newId()
  await holder.query(
    `insert into session (id, secret_hash, user_id, created_at, idle_expires_at, absolute_expires_at)
     values ($1, $1, $2, clock_timestamp(), now() + interval '1 hour', now() + interval '1 hour')`,
    [id, userId],
  )
  await holder.query('commit')
  holder.release()
  expect((await changing).status).toBe(204)
  const late = await database.db
    .selectFrom('session')
    .innerJoin('userAccount', 'userAccount.id', 'session.userId')
    .where('session.id', '=', id)
    .select([
      sql<boolean>`session.ended_at is not null`.as('ended'),
      sql<boolean>`password_changed_at > session.created_at`.as('older'),
    ])
    .executeTakeFirstOrThrow()
  expect(late).toEqual({ ended: true, older: true })
})

test('[T15] nobody asks for many addresses to learn which are known', async () => {
  const { browser } = await someone()
  const { email } = await plantAccount(database.db)
  const wish = (address: string) => browser.ask('PATCH /api/profile', { email: address, password })
  // Their own changes cost nothing.
  for (let n = 0; n < 12; n += 1) expect((await wish(`${newId().toLowerCase()}@example.test`)).status).toBe(200)
  const answers = await Promise.all(Array.from({ length: 14 }, () => wish(email)))
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(10)
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(4)
})

test('[A7] a session that ended meanwhile changes nothing, and does not come back to life under a new id', async () => {
  const { browser, userId, email } = await someone()
  const slow = createTestApp(database, {
    passwords: {
      ...passwords,
      async hash(text) {
        // Everywhere signed out while the new password is being hashed.
        await createSessions(database.db, { secure: false }).endAllOf(userId)
        return passwords.hash(text)
      },
    },
  })
  const answer = await slow.ask('PUT /api/profile/password', {
    as: `sid=${browser.cookie('sid')}`,
    body: { newPassword: 'otras cuatro palabras distintas', password },
  })
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([401, null])
  expect((await signIn(email)).answer.status).toBe(200)
})

test('[A7] a sign-in with the old password that overlaps with its change leaves no session', async () => {
  const { email, userId } = await plantAccount(database.db, { passwordHash })
  const next = await passwords.hash('otras cuatro palabras distintas')
  const slow = createTestApp(database, {
    passwords: {
      ...passwords,
      async verify(...given) {
        const matches = await passwords.verify(...given)
        await sql`update user_account set password_hash = ${next}, password_changed_at = now() where id = ${userId}`.execute(
          database.db,
        )
        return matches
      },
    },
  })
  const answer = await slow.ask('POST /api/session', { body: { email, password } })
  expect(answer.status).toBe(401)
  const live = await database.db
    .selectFrom('session')
    .where('userId', '=', userId)
    .where('endedAt', 'is', null)
    .selectAll()
    .execute()
  expect(live).toEqual([])
})

test('guests of a workshop read their profile and correct their name; all else is for accounts', async () => {
  const { planId, people } = await plantPlan(database.db, { faro: 'facilitator', guest: 'participant' })
  const { userId } = people.guest
  const workshopId = newId()
  await database.db
    .insertInto('workshop')
    .values({
      id: workshopId,
      planId,
      title: 'Taller de Las Margaritas',
      place: 'Casa comunal',
      heldOn: new Date(),
      linkHash: newId(),
      codeHash: newId(),
      openedBy: people.faro.userId,
      endsAt: new Date(Date.now() + 3_600_000),
    })
    .execute()
  await database.db.updateTable('userAccount').set({ kind: 'guest', email: null }).where('id', '=', userId).execute()
  const workshop = { id: workshopId, endsAt: new Date(Date.now() + 3_600_000) }
  const { cookie } = await createSessions(database.db, { secure: false }).begin(userId, { workshop })
  const browser = createBrowser(world, {
    cookies: new Map([['sid', cookie.slice('sid='.length).split(';', 1)[0] ?? '']]),
  })

  expect((await browser.ask('GET /api/profile')).body.user).toEqual({
    id: userId,
    name: 'guest',
    email: null,
    guest: true,
  })
  expect((await browser.ask('PATCH /api/profile', { name: 'Doña Elvira' })).body.user.name).toBe('Doña Elvira')
  const response = { id: 'x', response: {} }
  for (const [key, body] of [
    ['PATCH /api/profile', { email: 'guest@example.test' }],
    ['PUT /api/profile/password', { newPassword: password }],
    ['POST /api/profile/totp', {}],
    ['POST /api/profile/totp/confirm', { code: '123456' }],
    ['POST /api/profile/recovery-codes', { code: '123456' }],
    ['POST /api/profile/totp/remove', { code: '123456' }],
    ['POST /api/profile/passkeys/options', {}],
    ['POST /api/profile/passkeys', { label: 'x', response }],
    ['DELETE /api/profile/passkeys/x', undefined],
    [`DELETE /api/profile/identities/${'a'.repeat(22)}`, undefined],
    ['GET /api/sessions', undefined],
    ['DELETE /api/sessions', undefined],
    [`DELETE /api/sessions/${newId()}`, undefined],
  ] as const) {
    expect(await codeOf(browser, key, body), key).toEqual([403, 'forbidden'])
  }
})
