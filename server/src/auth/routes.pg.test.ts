import type { AddressInfo } from 'node:net'
import { createManualClock } from '@cabildo/testkit/clock'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp } from '@cabildo/testkit/test-app'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { WebSocketServer } from 'ws'
import { newId } from '../db/ids.ts'
import { createHttpServer } from '../http/server.ts'
import { createKeys } from '../keys.ts'
import { listenOn } from '../listen.ts'
import { createPasswords } from './passwords.ts'
import { createThrottles } from './throttling.ts'

let database: FreshDatabase
let world: TestApp
// As fast as they come; that they are slowed down is a test of its own.
const passwords = createPasswords({ perSecond: Number.POSITIVE_INFINITY })
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
  const current = { user: { id, name: 'Ana Batista' }, workshop: null, secondFactorMissing: false }
  expect([who.status, await who.json()]).toEqual([200, current])

  const ended = await world.ask('DELETE /api/session', { as })
  expect([ended.status, await ended.text(), ended.headers.get('set-cookie')]).toEqual([
    204,
    '',
    'sid=; HttpOnly; Max-Age=0; Path=/; SameSite=Lax',
  ])
  expect((await world.ask('GET /api/session', { as })).status).toBe(401)
  expect((await world.ask('DELETE /api/session')).status).toBe(204)
})

test('[T15] an unknown address, a wrong password and a suspended account cannot be told apart', async () => {
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
  const signIn = { seconds: 600, pair: 3, account: 50, network: 100 }
  const { ask } = createTestApp(database, { passwords, throttles: createThrottles(database.pool, { signIn }) })
  const { email, password } = await account()
  const guess = (body: object, address = '2001:db8:1:2:aaaa::1') => ask('POST /api/session', { body, address })

  const guesses = await Promise.all(Array.from({ length: 12 }, () => guess({ email, password: 'wrong' })))
  const statuses = guesses.map(({ status }) => status)
  // Two are checked at a time, and a failure is counted before its turn ends: one more may have begun.
  expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(3 + 1)
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(12 - 3 - 1)

  const closed = await guess({ email, password }, '2001:db8:1:2:bbbb::2')
  expect(closed.status).toBe(429)
  expect(Number(closed.headers.get('retry-after'))).toBeGreaterThan(590)
  expect(await closed.json()).toMatchObject({ code: 'throttled', status: 429 })
  expect((await guess({ email, password }, '2001:db8:1:3::1')).status).toBe(200)
})

test('knowing the password, one may sign in as often as one likes', async () => {
  const { ask } = createTestApp(database, {
    passwords,
    throttles: createThrottles(database.pool, { signIn: { seconds: 600, pair: 2, account: 2, network: 2 } }),
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

test('[T15] an unknown address takes as long as a wrong password, within a tenth', async () => {
  const { ask } = createTestApp(database, {
    passwords,
    throttles: createThrottles(database.pool, { signIn: { seconds: 600, pair: 1e6, account: 1e6, network: 1e6 } }),
  })
  const { email } = await account()
  const timeOf = async (address: string) => {
    const began = performance.now()
    const response = await ask('POST /api/session', { body: { email: address, password: 'wrong' } })
    expect(response.status).toBe(401)
    return performance.now() - began
  }
  const middle = (values: number[]) => values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0
  const ratios: number[] = []
  for (let round = 0; round < 300; round += 1) {
    // One right after the other, and each first in turn: whatever else the machine does falls on both alike.
    const first = round % 2 === 0 ? await timeOf(email) : undefined
    const unknown = await timeOf(`${newId()}@example.test`)
    ratios.push(unknown / (first ?? (await timeOf(email))))
    // A busy machine needs more rounds; no number of them makes two different times equal.
    if (round >= 60 && Math.abs(middle(ratios) - 1) < 0.1) return
  }
  throw new Error(`unknown addresses take ${middle(ratios).toFixed(2)} times as long`)
}, 240_000)

test('[A9] a flood of sign-ins is refused at once, and somebody elsewhere with the right password still gets in', async () => {
  const { ask } = createTestApp(database, { passwords: createPasswords() })
  const { email, password } = await account()
  const flood = Array.from({ length: 200 }, async (_, number) => {
    const body = { email: `${number}@example.test`, password: 'wrong' }
    const response = await ask('POST /api/session', { body, address: '198.51.100.1' })
    return { status: response.status, after: response.headers.get('retry-after') }
  })
  const honest = ask('POST /api/session', { body: { email, password }, address: '203.0.113.9' })
  const answers = await Promise.all(flood)
  const refused = answers.filter(({ status }) => status === 429)

  // A second's worth begins at once, and another may wait; a slow machine has time for some more.
  expect(answers.filter(({ status }) => status === 401).length).toBeGreaterThanOrEqual(40)
  expect(refused.length).toBeGreaterThanOrEqual(120)
  expect(refused.every(({ after }) => after === '2')).toBe(true)
  expect((await honest).status).toBe(200)
})

test('[A11] strangers neither shut somebody out of a browser that is known, nor keep them waiting', async () => {
  const clock = createManualClock()
  const full = createPasswords({ perSecond: 1, clock })
  const { ask } = createTestApp(database, { passwords: full })
  const { email, password } = await account()
  const signIn = (body: object, as?: string) =>
    ask('POST /api/session', { address: '203.0.113.9', body, ...(as ? { as } : {}) })
  const first = await signIn({ email, password })
  const device =
    first.headers
      .getSetCookie()
      .find((line) => line.startsWith('device='))
      ?.split(';', 1)[0] ?? ''
  expect(device).toMatch(/^device=/)

  // Others take every place there is, and guess at the account until it is closed to all.
  const others = ['a', 'b', 'c'].map((from) => full.verify(null, 'x', undefined, { from }).catch(() => undefined))
  const { signIn: throttle } = createThrottles(database.pool, { keys: createKeys('a'.repeat(43)) })
  for (let guess = 0; guess < 100; guess += 1) await throttle.failed(email, `198.51.100.${guess}`)
  expect((await signIn({ email, password })).status).toBe(429)
  expect((await signIn({ email, password }, device)).status).toBe(200)

  // It is known to this account alone, and guessing from it ends soon.
  const other = await account()
  clock.advance(10_000)
  await Promise.all(others)
  for (let guess = 0; guess < 11; guess += 1) {
    clock.advance(10_000)
    await signIn({ email, password: 'wrong' }, device)
  }
  clock.advance(10_000)
  expect((await signIn({ email, password }, device)).status).toBe(429)
  clock.advance(10_000)
  expect((await signIn({ email: other.email, password: other.password }, device)).status).toBe(200)
})

test('[A9] a sign-in for which there is no room is refused unread: no query, whatever it shows', async () => {
  const clock = createManualClock()
  const full = createPasswords({ perSecond: 1, clock })
  const { app, door, ask } = createTestApp(database, { passwords: full })
  const sockets = new WebSocketServer({ noServer: true })
  const server = createHttpServer({ fetch: app.fetch, sockets, door })
  await listenOn(server, '127.0.0.1', 0)
  onTestFinished(() => void server.close())
  // An address that listens on TCP is one of a port.
  const { port } = server.address() as AddressInfo
  // Of no page of ours, so that the app would refuse it for that.
  const signIn = () =>
    fetch(`http://127.0.0.1:${port}/api/session`, {
      method: 'POST',
      headers: { cookie: 'sid=of-nobody' },
      body: 'not what the contract asks for',
    })
  expect((await signIn()).status).toBe(403)

  const others = ['a', 'b', 'c'].map((from) => full.verify(null, 'x', undefined, { from }))
  const queries = vi.spyOn(database.pool, 'connect')
  const refused = await signIn()
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '2'])
  expect(await refused.json()).toMatchObject({ code: 'throttled' })
  expect(queries).not.toHaveBeenCalled()
  queries.mockRestore()
  clock.advance(2000)
  expect(await Promise.all(others)).toEqual([false, false, false])
  expect((await ask('POST /api/session', { body: { email: 'x', password: '' } })).status).toBe(400)
})

test('sessions are listed with what the browser says of itself, newest first, and can be ended one by one', async () => {
  const { email, password } = await account()
  const signInWith = async (userAgent: string) =>
    cookieFrom(
      await world.ask('POST /api/session', { body: { email, password }, headers: { 'user-agent': userAgent } }),
    )
  const phone = await signInWith(
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36',
  )
  const desk = await signInWith('Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0')
  const list = async (as: string) => (await (await world.ask('GET /api/sessions', { as })).json()).items
  const items = await list(desk)

  expect(items).toEqual([
    expect.objectContaining({ current: true, label: 'Firefox, Linux' }),
    expect.objectContaining({ current: false, label: 'Chrome, Android' }),
  ])
  expect((await world.ask(`DELETE /api/sessions/${items[1].id}`, { as: desk })).status).toBe(204)
  expect((await world.ask('GET /api/session', { as: phone })).status).toBe(401)
  expect(await list(desk)).toHaveLength(1)
  expect((await world.ask(`DELETE /api/sessions/${items[1].id}`, { as: desk })).status).toBe(404)

  const stranger = await account()
  const theirs = cookieFrom(await world.ask('POST /api/session', { body: stranger }))
  // [T4] Somebody else's looks like none.
  expect((await world.ask(`DELETE /api/sessions/${items[0].id}`, { as: theirs })).status).toBe(404)
  expect((await world.ask('GET /api/session', { as: desk })).status).toBe(200)
})

test('one may sign out everywhere at once', async () => {
  const { email, password } = await account()
  const cookies: string[] = []
  for (let number = 0; number < 3; number += 1) {
    cookies.push(cookieFrom(await world.ask('POST /api/session', { body: { email, password } })))
  }
  const ended = await world.ask('DELETE /api/sessions', { as: cookies[1] ?? '' })

  expect([ended.status, ended.headers.get('set-cookie')]).toEqual([
    204,
    'sid=; HttpOnly; Max-Age=0; Path=/; SameSite=Lax',
  ])
  for (const as of cookies) expect((await world.ask('GET /api/session', { as })).status).toBe(401)
})
