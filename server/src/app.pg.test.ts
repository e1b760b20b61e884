import { api } from '@cabildo/protocol/http/api'
import type { Contract } from '@cabildo/protocol/http/contract'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp, testConfig, testOrigin } from '@cabildo/testkit/test-app'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'

let database: FreshDatabase
let world: TestApp
beforeAll(async () => {
  database = await freshDatabase()
  world = createTestApp(database)
})
afterAll(() => database.drop())

/** Every address the app mounts, as `GET /api/plans/{planId}`; not middleware, not the client's files. */
const mounted = () => {
  const routes = world.app.routes.filter(({ method, path }) => method !== 'ALL' && !path.endsWith('*'))
  return new Set(routes.map(({ method, path }) => `${method} ${path.replace(/:(\w+)(?:\{[^}]+})?/g, '{$1}')}`))
}

test('every mounted route is described, and everything described is mounted', async () => {
  const response = await world.ask('GET /api/openapi.json')
  const { openapi, paths } = await response.json()
  const described = Object.entries<object>(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  )

  expect(openapi).toBe('3.1.1')
  expect(described.sort()).toEqual([...mounted()].sort())
})

test('every operation of the contract has a route', () => {
  const routes = mounted()
  const missing = Object.keys(api).filter((key) => !routes.has(key.replace(/:(\w+)/g, '{$1}')))
  expect(missing).toEqual([])
})

test('nothing private answers without a session', async () => {
  const id = 'a'.repeat(22)
  const form = { headers: { origin: testOrigin, 'content-type': 'multipart/form-data; boundary=x' } }
  for (const [key, contract] of Object.entries<Contract>(api)) {
    if (!contract.refusals.includes('signed_out')) continue
    const path = key.replace(':seq', '1').replace(/:\w+/g, id)
    const response = await world.ask(path, path.startsWith('GET') ? {} : contract.upload ? form : { body: {} })
    expect([response.status, (await response.json()).code], key).toEqual([401, 'signed_out'])
  }
})

test('[T3] nothing that changes something takes a foreign origin or anything but JSON', async () => {
  const id = 'a'.repeat(22)
  for (const key of Object.keys(api).filter((each) => !each.startsWith('GET'))) {
    const path = key.replace(/:\w+/g, id)
    const foreign = await world.ask(path, { headers: { origin: 'https://evil.example' } })
    const form = await world.ask(path, { headers: { 'content-type': 'application/x-www-form-urlencoded' } })
    expect([foreign.status, form.status], key).toEqual([403, 415])
  }
})

test('[T1] a room is entered from our own pages alone', async () => {
  const path = `GET /rooms/${'a'.repeat(22)}?schema=x`
  const upgrade = { upgrade: 'websocket', connection: 'Upgrade' }
  for (const origin of [{}, { origin: 'https://evil.example' }, { origin: 'null' }]) {
    const response = await world.ask(path, { headers: { ...upgrade, ...origin } as Record<string, string> })
    expect([response.status, (await response.json()).code]).toEqual([403, 'foreign_origin'])
  }
  expect((await world.ask(path, { headers: { origin: testOrigin } })).status).toBe(400)
})

test('every answer carries the security headers; only over HTTPS it asks for HTTPS', async () => {
  const https = createTestApp(database, {
    config: { ...testConfig, baseUrl: 'https://plan.example.org' },
  })
  for (const key of ['GET /healthz', 'GET /api/plans', 'GET /api/nothing', 'POST /api/session', 'GET /api/docs']) {
    const { headers } = await world.ask(key)
    expect(Object.fromEntries(headers), key).toMatchObject({
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    expect(headers.get('content-security-policy')).not.toContain('unsafe')
    expect(headers.has('strict-transport-security'), key).toBe(false)
    expect((await https.ask(key)).headers.get('strict-transport-security')).toBe('max-age=31536000')
  }
})

test('a wrong method is told which ones are right, a wrong address that there is none', async () => {
  const wrong = await world.ask('PUT /api/plans/chepo', { body: {} })
  expect([wrong.status, wrong.headers.get('allow'), (await wrong.json()).code]).toEqual([
    405,
    'GET, PATCH, HEAD',
    'method_not_allowed',
  ])
  const nowhere = await world.ask('GET /api/nowhere')
  expect([nowhere.status, nowhere.headers.get('content-type'), (await nowhere.json()).code]).toEqual([
    404,
    'application/problem+json',
    'not_found',
  ])
})

test('the page that shows the description loads everything from here and runs nothing inline', async () => {
  const page = await (await world.ask('GET /api/docs')).text()
  const parts = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address ?? '')

  expect(parts).toEqual([
    '/api/docs/reader.css',
    '/api/docs/page.css',
    '/api/openapi.json',
    '/api/docs/reader.js',
    '/api/docs/start.js',
  ])
  expect(page).not.toMatch(/<script(?![^>]*\ssrc=)|\son\w+=|<style|\sstyle=/)
  for (const part of parts) expect((await world.ask(`GET ${part}`)).status, part).toBe(200)
  expect((await world.ask('GET /api/docs/..%2fpackage.json')).status).toBe(404)
  // Where the type of a problem leads.
  expect(page).toContain('<tr id="not_found">')
})

test('ready with a migrated database, and not while stopping', async () => {
  const own = createTestApp(database)
  const ready = await own.ask('GET /readyz')
  expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready', notReady: [] }])

  await own.rooms.drain()
  const stopping = await own.ask('GET /readyz')
  expect([stopping.status, await stopping.json()]).toEqual([
    503,
    { status: 'not_ready', notReady: ['server: stopping'] },
  ])
  expect((await own.ask('GET /healthz')).status).toBe(200)
})

test('the figures count answers by route pattern, without an id', async () => {
  const own = createTestApp(database)
  await own.ask(`GET /api/documents/${'a'.repeat(22)}`)
  const response = await own.ask('GET /metrics', { address: '127.0.0.1' })
  const text = await response.text()

  expect(text).toMatch(
    /cabildo_http_request_seconds_count\{method="GET",route="\/api\/documents\/:documentId",status="401"\} 1/,
  )
  expect(text).toContain('cabildo_rooms_connections 0')
  expect((await world.ask('GET /metrics')).status).toBe(403)
})

test('the log tells how requests went, and nothing about the people who made them', async () => {
  const lines: Record<string, unknown>[] = []
  const logger = pino({ level: 'trace', base: null }, { write: (line: string) => lines.push(JSON.parse(line)) })
  const own = createTestApp(database, { logger })
  const id = 'a'.repeat(22)
  const asking = {
    as: 'sid=the-secret',
    address: '203.0.113.77',
    body: { email: 'ana@example.test', password: 'hush' },
  }
  await own.ask('POST /api/session?from=somewhere', asking)
  await own.ask(`GET /api/documents/${id}?from=somewhere`, { as: 'sid=the-secret' })

  const line = (level: number, method: string, route: string) => ({
    level,
    time: expect.any(Number),
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    method,
    route,
    status: 401,
    ms: expect.any(Number),
    msg: 'answered',
  })
  expect(lines).toEqual([line(30, 'POST', '/api/session'), line(20, 'GET', '/api/documents/:documentId')])
})

test('only the demo says that it is one', async () => {
  const demo = createTestApp(database, {
    config: { ...testConfig, demo: true },
  })
  const ask = async (app: TestApp) => (await app.ask('GET /api/service')).json()
  expect(await ask(demo)).toEqual({ demo: false, openid: null })
  const values = { id: 'd'.repeat(22), slug: 'demo', title: 'Demo', place: 'Chepo', demo: true }
  await database.db.insertInto('plan').values(values).execute()
  expect(await ask(demo)).toEqual({ demo: true, openid: null })
  expect(await ask(world)).toEqual({ demo: false, openid: null })
})
