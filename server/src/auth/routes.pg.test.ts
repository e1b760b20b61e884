import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp } from '@cabildo/testkit/test-app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../db/ids.ts'
import { createPasswords } from './passwords.ts'
import { createSignInThrottle, createThrottles } from './throttling.ts'

let database: FreshDatabase
let world: TestApp
const passwords = createPasswords()
beforeAll(async () => {
  database = await freshDatabase()
  world = createTestApp(database, { passwords })
})
afterAll(() => database.drop())

async function account(password = 'open sesame') {
  const email = `${newId()}@Example.test`
  const values = { id: newId(), email, name: 'Ana Batista', passwordHash: await passwords.hash(password) }
  await database.db.insertInto('userAccount').values(values).execute()
  return { id: values.id, email, password }
}

const cookieFrom = (response: Response) => response.headers.get('set-cookie')?.split(';', 1)[0] ?? ''

test('the right password opens a session, which says who it is until it is ended', async () => {
  const { id, email, password } = await account()
  const opened = await world.ask('POST /api/session', { body: { email: email.toUpperCase(), password } })

  expect(opened.status).toBe(200)
  expect(await opened.json()).toEqual({ user: { id, name: 'Ana Batista' } })
  const as = cookieFrom(opened)
  const who = await world.ask('GET /api/session', { as })
  expect([who.status, await who.json()]).toEqual([200, { user: { id, name: 'Ana Batista' } }])

  const ended = await world.ask('DELETE /api/session', { as })
  expect([ended.status, await ended.text(), ended.headers.get('set-cookie')]).toEqual([
    204,
    '',
    'sid=; HttpOnly; Max-Age=0; Path=/; SameSite=Lax',
  ])
  expect((await world.ask('GET /api/session', { as })).status).toBe(401)
  expect((await world.ask('DELETE /api/session')).status).toBe(204)
})

test('an unknown address, a wrong password and a suspended account cannot be told apart', async () => {
  const { email } = await account()
  const suspended = await account()
  await database.db.updateTable('userAccount').set({ suspendedAt: new Date() }).where('id', '=', suspended.id).execute()
  const answers = await Promise.all(
    [
      { email, password: 'wrong' },
      { email: 'nobody@example.test', password: 'wrong' },
      { email: suspended.email, password: suspended.password },
    ].map(async (body) => {
      const response = await world.ask('POST /api/session', { body })
      return [response.status, await response.json(), response.headers.get('set-cookie')]
    }),
  )

  const problem = {
    type: '/api/docs#wrong_credentials',
    title: 'The e-mail address or the password is wrong.',
    status: 401,
    code: 'wrong_credentials',
  }
  expect(answers).toEqual([
    [401, problem, null],
    [401, problem, null],
    [401, problem, null],
  ])
})

test('signing in gives a new id and ends the one the browser showed [T2]', async () => {
  const { email, password } = await account()
  const first = cookieFrom(await world.ask('POST /api/session', { body: { email, password } }))
  const second = cookieFrom(await world.ask('POST /api/session', { as: first, body: { email, password } }))

  expect(second).not.toBe(first)
  expect((await world.ask('GET /api/session', { as: first })).status).toBe(401)
  expect((await world.ask('GET /api/session', { as: second })).status).toBe(200)
  const planted = 'sid=abcdefghijklmnopqrstuvwxyz2345672345abcd'
  const third = cookieFrom(await world.ask('POST /api/session', { as: planted, body: { email, password } }))
  expect(third).not.toBe(planted)
})

test('whoever guesses is told when to come back, also with the right password; others are not in the way', async () => {
  const throttle = createSignInThrottle({ seconds: 600, pair: 3, account: 50, network: 100 })
  const { ask } = createTestApp(database, { passwords, throttles: createThrottles(throttle) })
  const { email, password } = await account()
  const guess = (body: object, address = '2001:db8:1:2:aaaa::1') => ask('POST /api/session', { body, address })

  const guesses = await Promise.all(Array.from({ length: 12 }, () => guess({ email, password: 'wrong' })))
  const statuses = guesses.map(({ status }) => status)
  // Two are checked at a time, and two more may begin before those are counted.
  expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(3 + 2)
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(12 - 3 - 2)

  const closed = await guess({ email, password }, '2001:db8:1:2:bbbb::2')
  expect(closed.status).toBe(429)
  expect(Number(closed.headers.get('retry-after'))).toBeGreaterThan(590)
  expect(await closed.json()).toMatchObject({ code: 'throttled', status: 429 })
  expect((await guess({ email, password }, '2001:db8:1:3::1')).status).toBe(200)
})

test('knowing the password, one may sign in as often as one likes', async () => {
  const { ask } = createTestApp(database, {
    passwords,
    throttles: createThrottles(createSignInThrottle({ seconds: 600, pair: 2, account: 2, network: 2 })),
  })
  const { email, password } = await account()
  const answers = await Promise.all(
    Array.from({ length: 30 }, () => ask('POST /api/session', { body: { email, password } })),
  )

  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
})

test('a cookie that does not decode, or is not ours, counts as none', async () => {
  for (const as of ['sid=%', 'sid=%E0%A4%A', 'other=%; sid=', 'sid=h:x']) {
    expect((await world.ask('GET /api/session', { as })).status).toBe(401)
  }
})

test('fields that are wrong are named by a JSON pointer', async () => {
  const response = await world.ask('POST /api/session', { body: { email: 'no address', password: '' } })

  expect(response.status).toBe(400)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(await response.json()).toMatchObject({
    code: 'invalid',
    errors: [
      { pointer: '/email', detail: expect.any(String) },
      { pointer: '/password', detail: expect.any(String) },
    ],
  })
})
