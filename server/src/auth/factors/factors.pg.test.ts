import { type Browser, createBrowser } from '@cabildo/testkit/browser'
import { createManualClock } from '@cabildo/testkit/clock'
import { plantAccount, plantDocument, plantPlan } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp, testConfig } from '@cabildo/testkit/test-app'
import { sql } from 'kysely'
import { TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAccessReader } from '../../people/access.ts'
import { createPasswords } from '../passwords.ts'
import { createSessions } from '../sessions.ts'

let database: FreshDatabase
let world: TestApp
let passwordHash: string
const password = 'tres palabras sin orden'
const passwords = createPasswords({ perSecond: Number.POSITIVE_INFINITY })
/** Authenticators and the server share it; sessions keep the database's time. */
const clock = createManualClock()
const now = () => new Date(clock.now())
const step = 30_000

beforeAll(async () => {
  // Many ask at once.
  database = await freshDatabase({ max: 10 })
  world = createTestApp(database, { passwords, now })
  passwordHash = await passwords.hash(password)
})
afterAll(() => database.drop())

const signIn = (browser: Browser, email: string, code?: string) =>
  browser.ask('POST /api/session', { email, password, ...(code === undefined ? {} : { code }) })

/** Somebody who is signed in with their password, in a browser of their own. */
async function someone(app = world) {
  const account = await plantAccount(database.db, { passwordHash })
  const browser = createBrowser(app)
  expect((await signIn(browser, account.email)).status).toBe(200)
  return { ...account, browser }
}

/** Somebody with an authenticator. Time has moved on, so that its next code is a new one. */
async function withTotp(app = world) {
  const person = await someone(app)
  const { body } = await person.browser.ask('POST /api/profile/totp', { password })
  const totp = new TOTP({ secret: body.secret })
  const codeNow = () => totp.generate({ timestamp: clock.now() })
  const confirmed = await person.browser.ask('POST /api/profile/totp/confirm', { code: codeNow() })
  expect(confirmed.status).toBe(200)
  clock.advance(step)
  const recoveryCodes: string[] = confirmed.body.recoveryCodes
  return { ...person, codeNow, recoveryCodes }
}

const sessionRow = (browser: Browser, userId: string) =>
  database.db
    .selectFrom('session')
    .where('userId', '=', userId)
    .where('endedAt', 'is', null)
    .select(['id', 'label', sql<boolean>`second_factor_at is not null`.as('secondFactor')])
    .orderBy('createdAt', 'desc')
    .executeTakeFirstOrThrow()
    .then(async (row) => ({ ...row, isThisOne: (await browser.ask('GET /api/sessions')).body.items[0].id === row.id }))

test('an authenticator holds once it showed a code, and gives ten recovery codes then', async () => {
  const { browser, email, userId } = await someone()
  const began = await browser.ask('POST /api/profile/totp', { password })
  expect(began.status).toBe(201)
  expect(new URL(began.body.uri).searchParams.get('secret')).toBe(began.body.secret)
  // Nothing holds yet: signing in needs no code.
  expect((await signIn(createBrowser(world), email)).status).toBe(200)
  expect((await browser.ask('GET /api/profile')).body.totp).toEqual({ on: false, recoveryCodesLeft: 0 })
  const before = browser.cookie('sid')

  const totp = new TOTP({ secret: began.body.secret })
  const confirmed = await browser.ask('POST /api/profile/totp/confirm', {
    code: totp.generate({ timestamp: clock.now() }),
  })
  expect([confirmed.status, confirmed.body.recoveryCodes.length]).toEqual([200, 10])
  expect((await browser.ask('GET /api/profile')).body.totp).toEqual({ on: true, recoveryCodesLeft: 10 })

  // [T2] The session was replaced, and the new one showed a second factor.
  expect(browser.cookie('sid')).not.toBe(before)
  expect((await world.ask('GET /api/session', { as: `sid=${before}` })).status).toBe(401)
  expect(await sessionRow(browser, userId)).toMatchObject({ secondFactor: true, isThisOne: true })
})

test('[A8] the database holds neither the secret nor the recovery codes', async () => {
  const { browser, userId } = await someone()
  const { body } = await browser.ask('POST /api/profile/totp', { password })
  const totp = new TOTP({ secret: body.secret })
  const { recoveryCodes } = (
    await browser.ask('POST /api/profile/totp/confirm', { code: totp.generate({ timestamp: clock.now() }) })
  ).body
  const row = await database.db.selectFrom('totp').selectAll().where('userId', '=', userId).executeTakeFirstOrThrow()
  const codes = await database.db.selectFrom('recoveryCode').selectAll().where('userId', '=', userId).execute()

  expect(Buffer.from(row.secret).includes(Buffer.from(totp.secret.bytes))).toBe(false)
  expect(row.secret.length).toBe(12 + 20 + 16)
  for (const code of recoveryCodes) expect(JSON.stringify(codes)).not.toContain(code)
})

test('[T15] with the right password the code is asked for; without it nothing tells that there is one', async () => {
  const { email, codeNow } = await withTotp()
  const stranger = createBrowser(world, { address: '198.51.100.7' })
  const wrong = await stranger.ask('POST /api/session', { email, password: 'wrong', code: codeNow() })
  expect([wrong.status, wrong.body.code]).toEqual([401, 'wrong_credentials'])

  const browser = createBrowser(world)
  const asked = await signIn(browser, email)
  expect([asked.status, asked.body.code, browser.cookie('sid')]).toEqual([401, 'second_factor_needed', undefined])
  // Being asked counts as no failure, however often.
  for (let round = 0; round < 12; round += 1) expect((await signIn(browser, email)).status).toBe(401)
  expect((await signIn(browser, email, codeNow())).status).toBe(200)
})

test('[A1] a code of the step before or after counts, and each step once', async () => {
  const { email, codeNow } = await withTotp()
  const code = codeNow()
  expect((await signIn(createBrowser(world), email, `${code.slice(0, 3)} ${code.slice(3)}`)).status).toBe(200)
  const again = await signIn(createBrowser(world), email, code)
  expect([again.status, again.body.code]).toEqual([401, 'wrong_code'])

  clock.advance(2 * step)
  const early = codeNow()
  clock.advance(step)
  expect((await signIn(createBrowser(world), email, early)).status).toBe(200)
  clock.advance(step)
  expect((await signIn(createBrowser(world), email, early)).body.code).toBe('wrong_code')
})

test('[A1] of two with the same code at once, one gets in', async () => {
  const { email, codeNow } = await withTotp()
  for (let round = 0; round < 5; round += 1) {
    const code = codeNow()
    const answers = await Promise.all(
      ['192.0.2.1', '192.0.2.2'].map((address) => signIn(createBrowser(world, { address }), email, code)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401])
    clock.advance(step)
  }
})

test('[A1] of twenty with one recovery code at once, exactly one gets in', async () => {
  const { email, userId, browser, recoveryCodes } = await withTotp()
  const [code = ''] = recoveryCodes
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, number) =>
      signIn(createBrowser(world, { address: `192.0.2.${number}` }), email, code.toLowerCase().replaceAll('-', ' ')),
    ),
  )

  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(answers.filter(({ body }) => body.code === 'wrong_code')).toHaveLength(19)
  expect((await browser.ask('GET /api/profile')).body.totp).toEqual({ on: true, recoveryCodesLeft: 9 })
  const used = await database.db
    .selectFrom('recoveryCode')
    .where('userId', '=', userId)
    .where('usedAt', 'is not', null)
    .select('userId')
    .execute()
  expect(used).toHaveLength(1)
})

test('[A2] who guesses codes is throttled after five, also all at once; the right code still works elsewhere', async () => {
  const { email, codeNow, recoveryCodes } = await withTotp()
  const guesser = createBrowser(world, { address: '198.51.100.66' })
  const right = codeNow()
  const wrong = Array.from({ length: 20 }, (_, number) => String(number).padStart(6, '0')).filter(
    (each) => each !== right,
  )
  const answers = await Promise.all(wrong.map((code) => signIn(guesser.copy(), email, code)))

  expect(answers.filter(({ body }) => body.code === 'wrong_code')).toHaveLength(5)
  const refused = answers.filter(({ status }) => status === 429)
  expect(refused).toHaveLength(wrong.length - 5)
  expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(890)
  // There the right one does not help any more, nor does a recovery code.
  expect((await signIn(guesser, email, right)).status).toBe(429)
  expect((await signIn(guesser, email, recoveryCodes[0])).status).toBe(429)
  expect((await signIn(createBrowser(world, { address: '203.0.113.5' }), email, right)).status).toBe(200)
})

test('[A2] guesses from everywhere close the account to codes of six digits, and not to a recovery code', async () => {
  const { email, codeNow, recoveryCodes } = await withTotp()
  const right = codeNow()
  const guesses = Array.from({ length: 40 }, (_, number) => {
    const code = String(number + 100).padStart(6, '0')
    return signIn(createBrowser(world, { address: `2001:db8:${number}::1` }), email, code === right ? '999999' : code)
  })
  const answers = await Promise.all(guesses)

  expect(answers.filter(({ body }) => body.code === 'wrong_code')).toHaveLength(30)
  const elsewhere = createBrowser(world, { address: '203.0.113.6' })
  expect((await signIn(elsewhere, email, right)).status).toBe(429)
  expect((await signIn(elsewhere, email, recoveryCodes[3])).status).toBe(200)
})

test('changing the authenticator asks for the password, and then for codes', async () => {
  const { browser, codeNow, recoveryCodes, email } = await withTotp()
  const ask = (key: string, body: object) => browser.ask(key, body).then(({ status, body }) => [status, body.code])

  expect(await ask('POST /api/profile/totp', { password })).toEqual([409, 'conflict'])
  expect(await ask('POST /api/profile/recovery-codes', { code: '000000' })).toEqual([401, 'wrong_code'])
  const renewed = await browser.ask('POST /api/profile/recovery-codes', { code: codeNow() })
  expect(renewed.status).toBe(201)
  expect((await signIn(createBrowser(world), email, recoveryCodes[0])).body.code).toBe('wrong_code')
  expect((await signIn(createBrowser(world), email, renewed.body.recoveryCodes[0])).status).toBe(200)

  expect(await ask('POST /api/profile/totp/remove', { code: '000000' })).toEqual([401, 'wrong_code'])
  expect(await ask('POST /api/profile/totp/remove', { code: renewed.body.recoveryCodes[1] })).toEqual([204, undefined])
  expect((await signIn(createBrowser(world), email)).status).toBe(200)
  expect(await ask('POST /api/profile/totp/remove', { code: '000000' })).toEqual([409, 'conflict'])
  expect(await ask('POST /api/profile/totp', {})).toEqual([401, 'wrong_credentials'])
  expect(await ask('POST /api/profile/totp', { password: 'wrong' })).toEqual([401, 'wrong_credentials'])
  expect(await ask('POST /api/profile/totp/confirm', { code: '000000' })).toEqual([409, 'conflict'])
})

test('a session that has been taken over cannot guess the password: ten tries, and the owner signs in elsewhere', async () => {
  const { browser, email } = await someone()
  const tries: number[] = []
  for (let round = 0; round < 11; round += 1) {
    tries.push((await browser.ask('POST /api/profile/totp', { password: `wrong ${round}` })).status)
  }
  expect(tries).toEqual([...Array(10).fill(401), 429])
  expect((await browser.ask('POST /api/profile/totp', { password })).status).toBe(429)
  expect((await signIn(createBrowser(world), email)).status).toBe(200)
})

test('[A4] a session that did not show the second factor goes round it by no way in', async () => {
  const { userId } = await withTotp()
  // As a link for a forgotten password would begin one.
  const { cookie } = await createSessions(database.db, { secure: false }).begin(userId)
  const as = cookie.split(';', 1)[0] ?? ''
  for (const [key, body] of [
    ['POST /api/profile/passkeys/options', { password }],
    ['DELETE /api/profile/passkeys/abc', undefined],
    ['POST /api/profile/totp', { password }],
  ] as const) {
    const response = await world.ask(key, { as, ...(body ? { body } : {}) })
    expect([response.status, (await response.json()).code], key).toEqual([403, 'forbidden'])
  }
})

test('[A3] in production coordinators and approvers owe a second factor; others do not, and setting one up stays open', async () => {
  const strict = createTestApp(database, { passwords, now, config: { ...testConfig, production: true } })
  const access = createAccessReader(database.db, { demandSecondFactor: true })
  const { planId, people } = await plantPlan(database.db, { cora: 'coordinator', alma: 'approver', dora: 'drafter' })
  const documentId = await plantDocument(database.db, planId, people.dora, 'Cuentas')
  await database.db
    .updateTable('userAccount')
    .set({ passwordHash, passwordChangedAt: null })
    .where('id', 'in', [people.cora.userId, people.alma.userId, people.dora.userId])
    .execute()
  const open = async (browser: Browser, userId: string) => {
    const plan = await browser.ask(`GET /api/plans/${planId}`)
    const document = await browser.ask(`GET /api/documents/${documentId}`)
    const { items } = (await browser.ask('GET /api/sessions')).body
    const room = await access.check({ userId, sessionId: items[0].id, documentId })
    return [
      plan.body.code ?? plan.status,
      document.body.code ?? document.status,
      room.kind === 'granted' || room.reason,
    ]
  }

  for (const { userId } of [people.cora, people.alma]) {
    const browser = createBrowser(strict)
    // The factory writes addresses as the id has it.
    const email = `${userId}@example.test`
    expect((await signIn(browser, email)).status).toBe(200)
    expect((await browser.ask('GET /api/session')).body.secondFactorMissing).toBe(true)
    expect(await open(browser, userId)).toEqual(['second_factor_missing', 'second_factor_missing', 'not_found'])

    const { secret } = (await browser.ask('POST /api/profile/totp', { password })).body
    const code = new TOTP({ secret }).generate({ timestamp: clock.now() })
    expect((await browser.ask('POST /api/profile/totp/confirm', { code })).status).toBe(200)
    expect((await browser.ask('GET /api/session')).body.secondFactorMissing).toBe(false)
    expect(await open(browser, userId)).toEqual([200, 200, true])
  }

  const browser = createBrowser(strict)
  expect((await signIn(browser, `${people.dora.userId}@example.test`)).status).toBe(200)
  expect((await browser.ask('GET /api/session')).body.secondFactorMissing).toBe(false)
  expect(await open(browser, people.dora.userId)).toEqual([200, 200, true])
})
