import { createManualClock } from '@cabildo/testkit/clock'
import { Hono } from 'hono'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import type { HttpEnv } from './env.ts'
import { type HealthDeps, healthRoutes } from './health.ts'
import { createMetrics } from './metrics.ts'
import { problems } from './problems.ts'

const metrics = createMetrics(() => ({ rooms: 3, rowsStored: 12 }))

function appWith(changes: Partial<HealthDeps> = {}, address = '127.0.0.1') {
  const deps: HealthDeps = {
    pendingMigrations: async () => [],
    draining: () => false,
    clock: createManualClock(),
    metrics,
    metricsToken: 'the token',
    ...changes,
  }
  const app = new Hono<HttpEnv>()
  app.onError(problems(pino({ level: 'silent' })))
  app.use(async (c, next) => {
    c.set('address', address)
    await next()
  })
  return app.route('/', healthRoutes(deps))
}

test('alive means that the process answers, whatever else', async () => {
  const app = appWith({ pendingMigrations: () => Promise.reject(new Error()), draining: () => true })
  expect((await app.request('/healthz')).status).toBe(200)
})

test.each([
  ['ready', {}, 200, []],
  ['stopping', { draining: () => true }, 503, ['server: stopping']],
  ['no database', { pendingMigrations: () => Promise.reject(new Error()) }, 503, ['database: cannot be reached']],
  ['not migrated', { pendingMigrations: async () => ['0009-more'] }, 503, ['database: not migrated (0009-more)']],
] as const)('%s', async (_, changes, status, notReady) => {
  const response = await appWith(changes).request('/readyz')
  expect(response.status).toBe(status)
  expect(await response.json()).toEqual({ status: status === 200 ? 'ready' : 'not_ready', notReady })
})

test('a database that does not answer is not waited for longer than two seconds', async () => {
  const clock = createManualClock()
  const answer = appWith({ pendingMigrations: () => new Promise(() => {}), clock }).request('/readyz')
  await Promise.resolve()
  clock.advance(2000)
  const response = await answer
  expect([response.status, await response.json()]).toEqual([
    503,
    { status: 'not_ready', notReady: ['database: does not answer'] },
  ])
})

test('figures are for this machine, or for the token', async () => {
  const local = await appWith().request('/metrics')
  expect(local.status).toBe(200)
  const text = await local.text()
  expect(text).toContain('cabildo_rooms_rooms 3')
  expect(text).toContain('cabildo_rooms_rows_stored 12')
  expect(text).toContain('process_cpu_seconds_total')

  const far = appWith({}, '203.0.113.7')
  const withToken = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })
  expect((await far.request('/metrics')).status).toBe(403)
  expect((await far.request('/metrics', withToken('another'))).status).toBe(403)
  expect((await far.request('/metrics', withToken('the token'))).status).toBe(200)
  expect((await appWith({ metricsToken: undefined }, '203.0.113.7').request('/metrics', withToken(''))).status).toBe(
    403,
  )
})

test('a proxy on this machine does not make its callers local', async () => {
  const response = await appWith().request('/metrics', { headers: { 'x-forwarded-for': '203.0.113.7' } })
  expect(response.status).toBe(403)
})
