import { createAuthenticator, type Deviation } from '@cabildo/testkit/authenticator'
import { type Browser, createBrowser } from '@cabildo/testkit/browser'
import { plantAccount } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp, testConfig, testOrigin } from '@cabildo/testkit/test-app'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSessions } from '../sessions.ts'

let database: FreshDatabase
let world: TestApp
beforeAll(async () => {
  database = await freshDatabase()
  world = createTestApp(database)
})
afterAll(() => database.drop())

/** Somebody who is signed in and has no password, so that nothing but their passkeys is asked for. */
async function someone({ signedIn = true } = {}) {
  const account = await plantAccount(database.db)
  const cookies = new Map<string, string>()
  if (signedIn) {
    const { cookie } = await createSessions(database.db, { secure: false }).begin(account.userId, { label: 'Firefox' })
    cookies.set('sid', cookie.slice('sid='.length).split(';', 1)[0] ?? '')
  }
  return { ...account, browser: createBrowser(world, { cookies }) }
}

async function addPasskey(
  browser: Browser,
  authenticator = createAuthenticator(testOrigin),
  deviation: Deviation = {},
) {
  const { status, body: options } = await browser.ask('POST /api/profile/passkeys/options', {})
  expect(status).toBe(200)
  const response = authenticator.create(options, deviation)
  const added = await browser.ask('POST /api/profile/passkeys', { label: 'Teléfono', response })
  return { authenticator, options, response, added }
}

async function signIn(
  authenticator: ReturnType<typeof createAuthenticator>,
  deviation: Deviation = {},
  browser = createBrowser(world),
) {
  const { body: options } = await browser.ask('POST /api/session/passkey/options')
  const response = authenticator.get(options, deviation)
  const answer = await browser.ask('POST /api/session/passkey', { response })
  return { browser, options, response, answer }
}

test('a passkey is added under a name, and signs in without one, as two factors', async () => {
  const { browser, userId, name, email } = await someone()
  const before = browser.cookie('sid')
  const { added, options, authenticator } = await addPasskey(browser)

  expect(options).toMatchObject({
    rp: { id: 'cabildo.test', name: 'Cabildo' },
    user: { name: email, displayName: name },
    attestation: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  expect([added.status, added.body]).toEqual([
    201,
    { id: authenticator.id, label: 'Teléfono', createdAt: expect.any(String), usedAt: null },
  ])
  // [T2] The session that asked is over; the one in its place keeps its label.
  expect((await world.ask('GET /api/session', { as: `sid=${before}` })).status).toBe(401)
  expect((await browser.ask('GET /api/sessions')).body.items).toMatchObject([{ label: 'Firefox', current: true }])

  const { answer, browser: elsewhere, options: asked } = await signIn(authenticator)
  expect(asked).toMatchObject({ rpId: 'cabildo.test', userVerification: 'required' })
  expect(asked.allowCredentials ?? []).toEqual([])
  expect([answer.status, answer.body]).toEqual([200, { user: { id: userId, name } }])
  expect((await elsewhere.ask('GET /api/session')).status).toBe(200)
  expect(elsewhere.cookie('passkey_sign_in')).toBeUndefined()
  const sessions = await database.db
    .selectFrom('session')
    .where('userId', '=', userId)
    .where('endedAt', 'is', null)
    .select(sql<boolean>`second_factor_at is not null`.as('shown'))
    .execute()
  expect(sessions).toEqual([{ shown: true }, { shown: true }])
  expect((await browser.ask('GET /api/profile')).body.passkeys).toMatchObject([{ usedAt: expect.any(String) }])
})

test('the cookie of a ceremony is for the API alone, out of reach of scripts, and over HTTPS only sent there', async () => {
  const browser = createBrowser(world)
  const { headers } = await browser.ask('POST /api/session/passkey/options')
  expect(headers.get('set-cookie')?.replace(/=[^;]+/, '=…')).toBe(
    'passkey_sign_in=…; HttpOnly; Max-Age=300; Path=/api; SameSite=Lax',
  )
  const https = createTestApp(database, { config: { ...testConfig, baseUrl: 'https://plan.example.org' } })
  const secure = await createBrowser(https).ask('POST /api/session/passkey/options')
  expect(secure.headers.get('set-cookie')?.replace(/=[^;]+/, '=…')).toBe(
    '__Secure-passkey_sign_in=…; HttpOnly; Max-Age=300; Path=/api; SameSite=Lax; Secure',
  )
  expect(secure.body.rpId).toBe('plan.example.org')
})

test.each<[string, Deviation]>([
  ['another site asks', { origin: 'https://evil.example' }],
  ['it was made for another site', { rpId: 'evil.example' }],
  ['the challenge is another', { challenge: 'AAAAAAAAAAAAAAAAAAAAAA' }],
  ['nobody was verified', { unverified: true }],
])('[A5] neither adding nor signing in works when %s', async (_, deviation) => {
  const { browser } = await someone()
  const refused = await addPasskey(browser, createAuthenticator(testOrigin), deviation)
  expect([refused.added.status, refused.added.body.code]).toEqual([400, 'invalid'])

  const { authenticator } = await addPasskey(browser)
  const { answer } = await signIn(authenticator, deviation)
  expect([answer.status, answer.body.code]).toEqual([401, 'wrong_credentials'])
  expect((await signIn(authenticator)).answer.status).toBe(200)
})

test('[A5] a wrong signature, a counter that goes back, and an unknown passkey sign nobody in', async () => {
  const { browser } = await someone()
  const { authenticator } = await addPasskey(browser)
  expect((await signIn(authenticator, { forged: true })).answer.status).toBe(401)
  expect((await signIn(authenticator, { counter: 10 })).answer.status).toBe(200)
  expect((await signIn(authenticator, { counter: 10 })).answer.status).toBe(401)
  expect((await signIn(authenticator, { counter: 9 })).answer.status).toBe(401)
  expect((await signIn(authenticator, { counter: 11 })).answer.status).toBe(200)
  expect((await signIn(createAuthenticator(testOrigin))).answer.body.code).toBe('wrong_credentials')
})

test('[A5] of a passkey and its copy that count the same at once, one gets in', async () => {
  const { browser } = await someone()
  const { authenticator } = await addPasskey(browser)
  for (let counter = 10; counter < 15; counter += 1) {
    const answers = await Promise.all([signIn(authenticator, { counter }), signIn(authenticator, { counter })])
    expect(answers.map(({ answer }) => answer.status).sort()).toEqual([200, 401])
  }
})

test('passkeys that are kept in several places always count zero, and work', async () => {
  const { browser } = await someone()
  const { authenticator } = await addPasskey(browser, createAuthenticator(testOrigin), { counter: 0 })
  expect((await signIn(authenticator, { counter: 0 })).answer.status).toBe(200)
  expect((await signIn(authenticator, { counter: 0 })).answer.status).toBe(200)
})

test('[A5] a ceremony is finished once, by the browser that began it, within five minutes', async () => {
  const { browser } = await someone()
  const { authenticator } = await addPasskey(browser)
  const mine = createBrowser(world)
  const { body: options } = await mine.ask('POST /api/session/passkey/options')
  const response = authenticator.get(options)
  expect((await createBrowser(world).ask('POST /api/session/passkey', { response })).status).toBe(401)
  const copies = await Promise.all(
    Array.from({ length: 5 }, () => mine.copy().ask('POST /api/session/passkey', { response })),
  )
  expect(copies.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401])

  const late = createBrowser(world)
  const { body: again } = await late.ask('POST /api/session/passkey/options')
  await sql`update ceremony set expires_at = expires_at - interval '5 minutes'`.execute(database.db)
  expect((await late.ask('POST /api/session/passkey', { response: authenticator.get(again) })).status).toBe(401)
})

test('a challenge for adding is its own person’s, and none for signing in', async () => {
  const [ana, ben] = [await someone(), await someone()]
  const { body: options } = await ana.browser.ask('POST /api/profile/passkeys/options', {})
  const response = createAuthenticator(testOrigin).create(options)
  const stolen = createBrowser(world, {
    cookies: new Map([
      ['sid', ben.browser.cookie('sid') ?? ''],
      ['passkey_registration', ana.browser.cookie('passkey_registration') ?? ''],
    ]),
  })
  expect((await stolen.ask('POST /api/profile/passkeys', { label: 'x', response })).status).toBe(400)

  const { authenticator } = await addPasskey(ana.browser)
  const { body: adding } = await ana.browser.ask('POST /api/profile/passkeys/options', {})
  const misled = createBrowser(world, {
    cookies: new Map([['passkey_sign_in', ana.browser.cookie('passkey_registration') ?? '']]),
  })
  const answer = authenticator.get({ ...adding, rpId: 'cabildo.test' })
  expect((await misled.ask('POST /api/session/passkey', { response: answer })).status).toBe(401)
})

const endings = {
  suspended_at: sql`suspended_at = now()`,
  erased_at: sql`erased_at = now(), name = ''`,
}
test.each(['suspended_at', 'erased_at'] as const)(
  'whoever is %s is refused like an unknown passkey',
  async (column) => {
    const { browser, userId } = await someone()
    const { authenticator } = await addPasskey(browser)
    await sql`update user_account set ${endings[column]} where id = ${userId}`.execute(database.db)
    const { answer } = await signIn(authenticator)
    const unknown = await signIn(createAuthenticator(testOrigin))

    expect([answer.status, answer.body]).toEqual([unknown.answer.status, unknown.answer.body])
  },
)

test('rubbish is no answer', async () => {
  const { browser } = await someone()
  for (const response of [{}, { id: 'x' }, { id: 'x', response: { clientDataJSON: '%%%' } }, { id: 7, rawId: [] }]) {
    await browser.ask('POST /api/profile/passkeys/options', {})
    expect((await browser.ask('POST /api/profile/passkeys', { label: 'x', response })).status).toBe(400)
    await browser.ask('POST /api/session/passkey/options')
    expect((await browser.copy().ask('POST /api/session/passkey', { response })).status).toBe(401)
  }
})

test('an account has at most twenty, also when they are added at once, and each passkey one account', async () => {
  const { browser, userId } = await someone()
  const values = Array.from({ length: 19 }, (_, number) => ({
    id: `${userId}-${number}`,
    userId,
    publicKey: Buffer.alloc(1),
    counter: 0,
    label: `Llave ${number}`,
  }))
  await database.db.insertInto('passkey').values(values).execute()
  const tries = await Promise.all(
    Array.from({ length: 3 }, async () => {
      const own = browser.copy()
      const { body: options } = await own.ask('POST /api/profile/passkeys/options', {})
      return { own, response: createAuthenticator(testOrigin).create(options) }
    }),
  )
  const answers = await Promise.all(
    tries.map(({ own, response }) => own.ask('POST /api/profile/passkeys', { label: 'x', response })),
  )
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  const { rows } = await sql`select from passkey where user_id = ${userId}`.execute(database.db)
  expect(rows).toHaveLength(20)
  const winner = tries[answers.findIndex(({ status }) => status === 201)]?.own
  const full = await winner?.ask('POST /api/profile/passkeys/options', {})
  expect([full?.status, full?.body.code]).toEqual([409, 'conflict'])

  const [ana, ben] = [await someone(), await someone()]
  const { authenticator } = await addPasskey(ana.browser)
  expect((await addPasskey(ben.browser, authenticator)).added.status).toBe(409)
})

test('[A4] the last way in stays, also when two are removed at once; another’s passkey looks like none', async () => {
  const { browser } = await someone()
  const first = await addPasskey(browser)
  const alone = await browser.ask(`DELETE /api/profile/passkeys/${first.authenticator.id}`)
  expect([alone.status, alone.body.code]).toEqual([409, 'conflict'])

  const stranger = await someone()
  expect((await stranger.browser.ask(`DELETE /api/profile/passkeys/${first.authenticator.id}`)).status).toBe(404)
  let kept = first.authenticator.id
  for (let round = 0; round < 5; round += 1) {
    const ids = [kept, (await addPasskey(browser)).authenticator.id]
    const both = await Promise.all(ids.map((id) => browser.copy().ask(`DELETE /api/profile/passkeys/${id}`)))
    expect(both.map(({ status }) => status).sort()).toEqual([204, 409])
    kept = ids[both.findIndex(({ status }) => status === 409)] ?? ''
  }
})

test('removing a lost passkey is open to who needs no second factor', async () => {
  const { browser, userId } = await someone()
  const { authenticator } = await addPasskey(browser)
  await database.db.updateTable('userAccount').set({ passwordHash: 'x' }).where('id', '=', userId).execute()
  const { cookie } = await createSessions(database.db, { secure: false }).begin(userId)
  const response = await world.ask(`DELETE /api/profile/passkeys/${authenticator.id}`, {
    as: cookie.split(';', 1)[0] ?? '',
  })
  expect(response.status).toBe(204)
  expect((await signIn(authenticator)).answer.status).toBe(401)
})
