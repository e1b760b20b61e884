import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, createBrowser } from '@cabildo/testkit/browser'
import { plantAccount } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp, testConfig, testOrigin } from '@cabildo/testkit/test-app'
import { waitForWaiting } from '@cabildo/testkit/waiting'
import { sql } from 'kysely'
import { Provider } from 'oidc-provider'
import { TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPasswords } from '../passwords.ts'
import { createSessions } from '../sessions.ts'

/** A certified provider in this process, which signs in whoever `visitor` is without asking. */

let database: FreshDatabase
let server: Server
let issuer: string
let world: TestApp
let visitor: { accountId: string; amr?: string[]; acr?: string } = { accountId: 'nobody' }
const clientSecret = 'a-secret-of-the-client-that-is-long-enough'

beforeAll(async () => {
  database = await freshDatabase()
  server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = createProvider()
  const answer = provider.callback()
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/interaction/')) {
      void provider.interactionFinished(request, response, { login: { ...visitor, remember: false } })
    } else void answer(request, response)
  })
  world = appFor(issuer)
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await database.drop()
})

function createProvider(): Provider {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'cabildo',
        client_secret: clientSecret,
        redirect_uris: [`${testOrigin}/api/openid/callback`],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: 'test' }] as never },
    cookies: { keys: ['only for the test'] },
    claims: { openid: ['sub', 'amr', 'acr'] },
    pkce: { required: () => true },
    // What the library would otherwise say aloud that it leaves to us.
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    async loadExistingGrant({ oidc }) {
      const grant = new provider.Grant({ clientId: 'cabildo', accountId: oidc.session?.accountId ?? '' })
      grant.addOIDCScope('openid')
      await grant.save()
      return grant
    },
  })
  return provider
}

function appFor(issuer: string, secret = clientSecret, secondFactorClasses: string[] = []): TestApp {
  const openid = { issuer, clientId: 'cabildo', clientSecret: secret, label: 'Gobierno', secondFactorClasses }
  return createTestApp(database, {
    config: { ...testConfig, openid },
    passwords: createPasswords({ perSecond: Number.POSITIVE_INFINITY }),
  })
}

/** Goes through the provider's pages as a browser would, until they lead back: the path and query it comes back with. */
async function throughProvider(url: string): Promise<string> {
  const cookies = new Map<string, string>()
  let next = url
  for (let step = 0; step < 10 && !next.startsWith(testOrigin); step += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(next, { redirect: 'manual', headers: { cookie } })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';', 1)
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    const location = response.headers.get('location')
    if (!location) throw new Error(`the provider stopped at ${next}: ${response.status} ${await response.text()}`)
    next = new URL(location, next).href
  }
  return next.slice(testOrigin.length)
}

const locationOf = ({ status, headers }: { status: number; headers: Headers }) => [status, headers.get('location')]
const linked = (userId: string, subject: string) =>
  database.db.insertInto('externalIdentity').values({ issuer, subject, userId }).execute()

/** Signs in as `who` at the provider; answers how our side ended it. */
async function signOn(browser: Browser, who: typeof visitor, next = '') {
  const started = await browser.ask(`GET /api/openid/start${next}`)
  expect(started.status).toBe(303)
  visitor = who
  const back = await throughProvider(started.headers.get('location') ?? '')
  const ended = await browser.ask(`GET ${back}`)
  return { back, ended }
}

test('the way there asks for a code with PKCE, state and nonce, and for nothing about the person but who it is', async () => {
  const browser = createBrowser(world)
  const started = await browser.ask('GET /api/openid/start')
  const { origin, searchParams } = new URL(started.headers.get('location') ?? '')

  expect(origin).toBe(issuer)
  expect(Object.fromEntries(searchParams)).toEqual({
    client_id: 'cabildo',
    redirect_uri: `${testOrigin}/api/openid/callback`,
    response_type: 'code',
    scope: 'openid',
    state: expect.stringMatching(/^.{43}$/),
    nonce: expect.stringMatching(/^.{43}$/),
    code_challenge: expect.stringMatching(/^.{43}$/),
    code_challenge_method: 'S256',
  })
  expect(started.headers.get('set-cookie')?.replace(/=[^;]+/, '=…')).toBe(
    'openid=…; HttpOnly; Max-Age=300; Path=/api; SameSite=Lax',
  )
})

test('somebody who is linked is signed in and comes out where they wanted to go', async () => {
  const { userId, name } = await plantAccount(database.db)
  await linked(userId, 'linked-1')
  const browser = createBrowser(world)
  const { ended } = await signOn(browser, { accountId: 'linked-1' }, '?next=/plans/chepo%3Fa=b')

  expect(locationOf(ended)).toEqual([303, '/plans/chepo?a=b'])
  expect((await browser.ask('GET /api/session')).body.user).toEqual({ id: userId, name })
  expect(browser.cookie('openid')).toBeUndefined()
})

test('[T2] the session that the browser showed is over after signing in elsewhere', async () => {
  const { userId } = await plantAccount(database.db)
  await linked(userId, 'linked-2')
  const browser = createBrowser(world)
  await signOn(browser, { accountId: 'linked-2' })
  const before = browser.cookie('sid')
  await signOn(browser, { accountId: 'linked-2' })

  expect(browser.cookie('sid')).not.toBe(before)
  expect((await world.ask('GET /api/session', { as: `sid=${before}` })).status).toBe(401)
})

test.each(['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/%09/evil.example'])(
  '[T13] one is not sent on to %s',
  async (next) => {
    const { userId } = await plantAccount(database.db)
    await linked(userId, `next ${next}`)
    const query = `?next=${next.includes('%') ? next : encodeURIComponent(next)}`
    const { ended } = await signOn(createBrowser(world), { accountId: `next ${next}` }, query)
    expect(locationOf(ended)).toEqual([303, '/'])
  },
)

test('[A6] somebody unknown is told so, and no account is made or found by an address', async () => {
  const { email } = await plantAccount(database.db)
  const browser = createBrowser(world)
  const { ended } = await signOn(browser, { accountId: email })

  expect(locationOf(ended)).toEqual([303, '/login?openid=unknown'])
  expect(browser.cookie('sid')).toBeUndefined()
})

const endings = {
  suspended_at: sql`suspended_at = now()`,
  erased_at: sql`erased_at = now(), name = ''`,
}
test.each(['suspended_at', 'erased_at'] as const)('whoever is %s is not signed in', async (column) => {
  const { userId } = await plantAccount(database.db)
  await linked(userId, column)
  await sql`update user_account set ${endings[column]} where id = ${userId}`.execute(database.db)
  const browser = createBrowser(world)
  const { ended } = await signOn(browser, { accountId: column })

  expect(locationOf(ended)).toEqual([303, '/login?openid=failed'])
  expect(browser.cookie('sid')).toBeUndefined()
})

test.each([
  [{ accountId: 'amr', amr: ['pwd', 'otp'] }, true],
  [{ accountId: 'one', amr: ['pwd'] }, false],
  [{ accountId: 'acr', acr: 'https://refeds.org/profile/mfa' }, true],
  [{ accountId: 'none' }, false],
])('the session of %o showed a second factor: %s', async (who, shown) => {
  const { userId } = await plantAccount(database.db)
  await linked(userId, who.accountId)
  await signOn(createBrowser(world), who)
  const session = await database.db
    .selectFrom('session')
    .where('userId', '=', userId)
    .select('secondFactorAt')
    .executeTakeFirstOrThrow()

  expect(session.secondFactorAt !== null).toBe(shown)
})

/** Somebody with an authenticator who is linked, and a code of it. */
async function withTotp(subject: string) {
  const { browser, userId, name } = await signedIn()
  const { secret } = (await browser.ask('POST /api/profile/totp', {})).body
  const totp = new TOTP({ secret })
  const confirmed = await browser.ask('POST /api/profile/totp/confirm', { code: totp.generate() })
  expect(confirmed.status).toBe(200)
  await linked(userId, subject)
  return { userId, name, recoveryCode: confirmed.body.recoveryCodes[0] as string }
}

const secondStep = (browser: Browser, code: string) => browser.ask('POST /api/session/openid', { code })

test('[A10] where the operator named classes, they are asked for and nothing else is a second factor', async () => {
  const strict = appFor(issuer, clientSecret, ['urn:gob:nivel:3', 'urn:gob:nivel:4'])
  const started = await createBrowser(strict).ask('GET /api/openid/start')
  const asked = new URL(started.headers.get('location') ?? '').searchParams.get('acr_values')
  expect(asked).toBe('urn:gob:nivel:3 urn:gob:nivel:4')

  await withTotp('named')
  const signOnWith = async (claims: object) =>
    (await signOn(createBrowser(strict), { accountId: 'named', ...claims })).ended.headers.get('location')
  expect(await signOnWith({ acr: 'urn:gob:nivel:4' })).toBe('/')
  const second = '/login?openid=second&next=%2F'
  expect(await signOnWith({ acr: 'urn:gob:nivel:2', amr: ['pwd', 'otp'] })).toBe(second)
  expect(await signOnWith({ acr: 'https://refeds.org/profile/mfa' })).toBe(second)
})

test('[A10] an account with an authenticator is asked for it when the provider shows no second factor', async () => {
  const { userId, name, recoveryCode } = await withTotp('second-1')
  const browser = createBrowser(world)
  const { ended } = await signOn(browser, { accountId: 'second-1', amr: ['pwd'] }, '?next=/plans/chepo%3Fa=b')
  expect(locationOf(ended)).toEqual([303, '/login?openid=second&next=%2Fplans%2Fchepo%3Fa%3Db'])
  expect(browser.cookie('sid')).toBeUndefined()

  const wrong = await secondStep(browser, 'AAAA-AAAA-AAAA-AAAA')
  expect([wrong.status, wrong.body.code, browser.cookie('sid')]).toEqual([401, 'wrong_code', undefined])
  const again = browser.copy()
  const right = await secondStep(browser, recoveryCode)
  expect([right.status, right.body]).toEqual([200, { user: { id: userId, name } }])
  const session = await database.db
    .selectFrom('session')
    .where('userId', '=', userId)
    .orderBy('createdAt', 'desc')
    .select('secondFactorAt')
    .executeTakeFirstOrThrow()
  expect(session.secondFactorAt).not.toBeNull()
  expect((await browser.ask('GET /api/session')).status).toBe(200)
  // Once, and only in the browser that came back.
  for (const late of [again, createBrowser(world)]) {
    const refused = await secondStep(late, recoveryCode)
    expect([refused.status, refused.body.code]).toEqual([401, 'wrong_credentials'])
  }
})

test('[A10] whom the provider saw with a second factor is not asked for another', async () => {
  await withTotp('second-2')
  const browser = createBrowser(world)
  const { ended } = await signOn(browser, { accountId: 'second-2', amr: ['pwd', 'otp'] })
  expect(locationOf(ended)).toEqual([303, '/'])
  expect(browser.cookie('sid')).toBeDefined()
})

test.each([
  ['the account was suspended', sql`update user_account set suspended_at = now() where id = `],
  ['the identity was taken away', sql`delete from external_identity where user_id = `],
  ['five minutes are over', sql`update ceremony set expires_at = expires_at - interval '5 minutes' where user_id = `],
])('[A10] the second step leads nowhere when %s meanwhile', async (subject, end) => {
  const { userId, recoveryCode } = await withTotp(subject)
  const browser = createBrowser(world)
  await signOn(browser, { accountId: subject })
  await sql`${end}${userId}`.execute(database.db)
  const refused = await secondStep(browser, recoveryCode)
  expect([refused.status, refused.body.code, browser.cookie('sid')]).toEqual([401, 'wrong_credentials', undefined])
})

test.each(['state', 'nonce', 'verifier'])(
  'a callback with another %s than the one begun signs nobody in',
  async (part) => {
    const { userId } = await plantAccount(database.db)
    await linked(userId, `other ${part}`)
    const browser = createBrowser(world)
    const started = await browser.ask('GET /api/openid/start')
    visitor = { accountId: `other ${part}` }
    const back = await throughProvider(started.headers.get('location') ?? '')
    await sql`update ceremony set data = data || jsonb_build_object(${part}::text, repeat('x', 43))`.execute(
      database.db,
    )

    expect(locationOf(await browser.ask(`GET ${back}`))).toEqual([303, '/login?openid=failed'])
    expect(browser.cookie('sid')).toBeUndefined()
  },
)

test('a callback works once, in the browser that began, and within five minutes', async () => {
  const { userId } = await plantAccount(database.db)
  await linked(userId, 'once')
  const browser = createBrowser(world)
  const started = await browser.ask('GET /api/openid/start')
  const again = browser.copy()
  visitor = { accountId: 'once' }
  const back = await throughProvider(started.headers.get('location') ?? '')
  const failed = [303, '/login?openid=failed']

  expect(locationOf(await createBrowser(world).ask(`GET ${back}`))).toEqual(failed)
  expect(locationOf(await browser.ask(`GET ${back}`))).toEqual([303, '/'])
  expect(locationOf(await again.ask(`GET ${back}`))).toEqual(failed)

  const late = createBrowser(world)
  const begun = await late.ask('GET /api/openid/start')
  const lateBack = await throughProvider(begun.headers.get('location') ?? '')
  await sql`update ceremony set expires_at = expires_at - interval '5 minutes'`.execute(database.db)
  expect(locationOf(await late.ask(`GET ${lateBack}`))).toEqual(failed)
})

test('a refusal of the provider, rubbish, and a wrong secret of ours all end at the login page', async () => {
  const failed = [303, '/login?openid=failed']
  for (const query of ['', '?error=access_denied&state=x', '?code=x', '?code=x&state=y', '?state=%00']) {
    const browser = createBrowser(world)
    await browser.ask('GET /api/openid/start')
    expect(locationOf(await browser.ask(`GET /api/openid/callback${query}`)), query).toEqual(failed)
  }
  const wrong = createBrowser(appFor(issuer, 'another-secret-of-the-client-long-enough'))
  const { ended } = await signOn(wrong, { accountId: 'linked-1' })
  expect(locationOf(ended)).toEqual(failed)
})

test('a provider that is not there fails the sign-in, and is tried again the next time', async () => {
  const spare = createServer((_, response) => response.end('{}'))
  spare.listen(0, '127.0.0.1')
  await once(spare, 'listening')
  const { port } = spare.address() as AddressInfo
  spare.close()
  await once(spare, 'close')
  const late = appFor(`http://127.0.0.1:${port}`)
  expect(locationOf(await createBrowser(late).ask('GET /api/openid/start'))).toEqual([303, '/login?openid=failed'])

  const asked = once(spare, 'request')
  spare.listen(port, '127.0.0.1')
  await once(spare, 'listening')
  await createBrowser(late).ask('GET /api/openid/start')
  expect((await asked)[0].url).toBe('/.well-known/openid-configuration')
  spare.closeAllConnections()
  spare.close()
})

test('without a provider there is nothing there', async () => {
  const plain = createTestApp(database)
  for (const path of ['start', 'callback']) expect((await plain.ask(`GET /api/openid/${path}`)).status).toBe(404)
  const { userId } = await plantAccount(database.db)
  const response = await plain.ask('POST /api/profile/identities', { as: await plain.cookieOf({ userId }), body: {} })
  expect([response.status, (await response.json()).code]).toEqual([404, 'not_found'])
})

/** Somebody signed in with a session of their own, in a browser. */
async function signedIn(passwordHash: string | null = null) {
  const account = await plantAccount(database.db, { passwordHash })
  const { cookie } = await createSessions(database.db, { secure: false }).begin(account.userId)
  const cookies = new Map([['sid', cookie.slice('sid='.length).split(';', 1)[0] ?? '']])
  return { ...account, browser: createBrowser(world, { cookies }) }
}

async function link(browser: Browser, subject: string) {
  const { status, body } = await browser.ask('POST /api/profile/identities', {})
  expect(status).toBe(200)
  visitor = { accountId: subject }
  return browser.ask(`GET ${await throughProvider(body.url)}`)
}

test('an account elsewhere is linked from the profile, signs in from then on, and can be forgotten', async () => {
  const { browser, userId } = await signedIn('hash')
  await database.db.updateTable('userAccount').set({ passwordHash: null }).where('id', '=', userId).execute()
  expect(locationOf(await link(browser, 'ministry-7'))).toEqual([303, '/profile?openid=linked'])
  const { identities } = (await browser.ask('GET /api/profile')).body
  expect(identities).toEqual([{ id: expect.stringMatching(/^[\w-]{22}$/), issuer, createdAt: expect.any(String) }])
  expect(JSON.stringify(identities)).not.toContain('ministry-7')

  const elsewhere = createBrowser(world)
  await signOn(elsewhere, { accountId: 'ministry-7' })
  expect((await elsewhere.ask('GET /api/session')).body.user.id).toBe(userId)

  const path = `DELETE /api/profile/identities/${identities[0].id}`
  const last = await browser.ask(path)
  expect([last.status, last.body.code]).toEqual([409, 'conflict'])
  await database.db.updateTable('userAccount').set({ passwordHash: 'hash' }).where('id', '=', userId).execute()
  const stranger = await signedIn()
  expect((await stranger.browser.ask(path)).status).toBe(404)
  expect((await browser.ask(path)).status).toBe(204)
  const { ended } = await signOn(createBrowser(world), { accountId: 'ministry-7' })
  expect(locationOf(ended)).toEqual([303, '/login?openid=unknown'])
})

test('[A6] an identity stays with the account that linked it first', async () => {
  const [ana, ben] = [await signedIn(), await signedIn()]
  expect(locationOf(await link(ana.browser, 'shared'))).toEqual([303, '/profile?openid=linked'])
  expect(locationOf(await link(ana.browser, 'shared'))).toEqual([303, '/profile?openid=linked'])
  expect(locationOf(await link(ben.browser, 'shared'))).toEqual([303, '/profile?openid=taken'])
  expect((await ben.browser.ask('GET /api/profile')).body.identities).toEqual([])
})

test('[A6] linking asks for the password, and for the same person to be signed in at the end', async () => {
  const hash = await createPasswords().hash('tres palabras sin orden')
  const { browser, userId } = await signedIn(hash)
  const refused = await browser.ask('POST /api/profile/identities', { password: 'wrong' })
  expect([refused.status, refused.body.code]).toEqual([401, 'wrong_credentials'])

  const { body } = await browser.ask('POST /api/profile/identities', { password: 'tres palabras sin orden' })
  visitor = { accountId: 'too-late' }
  const back = await throughProvider(body.url)
  await createSessions(database.db, { secure: false }).endAllOf(userId)
  expect(locationOf(await browser.ask(`GET ${back}`))).toEqual([303, '/login?openid=failed'])

  // Somebody else who is signed in there by now does not get the identity either.
  const [ana, ben] = [await signedIn(), await signedIn()]
  const { url } = (await ana.browser.ask('POST /api/profile/identities', {})).body
  const cookies = new Map([
    ['sid', ben.browser.cookie('sid') ?? ''],
    ['openid', ana.browser.cookie('openid') ?? ''],
  ])
  const shared = createBrowser(world, { cookies })
  expect(locationOf(await shared.ask(`GET ${await throughProvider(url)}`))).toEqual([303, '/login?openid=failed'])
  const rows = await database.db.selectFrom('externalIdentity').where('subject', '=', 'too-late').selectAll().execute()
  expect(rows).toEqual([])
})

test.each([
  ['the account is erased', sql`update user_account set erased_at = now(), name = '' where id = `],
  ['the session ends', sql`update session set ended_at = now() where user_id = `],
  ['the password changes', sql`update user_account set password_changed_at = now() where id = `],
])('[A7] nothing is linked when %s while one comes back', async (subject, end) => {
  const { browser, userId } = await signedIn()
  const { url } = (await browser.ask('POST /api/profile/identities', {})).body
  visitor = { accountId: subject }
  const back = await throughProvider(url)
  // Somebody else holds the account: the one who comes back was let in by now, and waits for the row.
  const holder = await database.pool.connect()
  await holder.query('begin')
  await holder.query('select from user_account where id = $1 for update', [userId])
  const returning = browser.ask(`GET ${back}`)
  await waitForWaiting(database.pool, 1)
  const { sql: text } = end.compile(database.db)
  await holder.query(`${text}$1`, [userId])
  await holder.query('commit')
  holder.release()

  expect(locationOf(await returning)).toEqual([303, '/login?openid=failed'])
  const rows = await database.db.selectFrom('externalIdentity').where('subject', '=', subject).selectAll().execute()
  expect(rows).toEqual([])
})
