import { AppError, type RefusalCode, refusals } from '@cabildo/protocol/errors'
import { Hono } from 'hono'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import type { HttpEnv } from './env.ts'
import { noSuchRoute, problemOf, problems, problemTitles } from './problems.ts'

const codes = Object.keys(refusals) as RefusalCode[]

function appThat(fails: () => never) {
  const lines: Record<string, unknown>[] = []
  const logger = pino({ level: 'trace' }, { write: (line: string) => lines.push(JSON.parse(line)) })
  const app = new Hono<HttpEnv>()
  app.onError(problems(logger))
  app.notFound(noSuchRoute(app))
  app.use(async (c, next) => {
    c.set('requestId', 'request-1')
    await next()
  })
  app.get('/things/:id', fails)
  app.post('/things/:id', (c) => c.text('done'))
  app.get('/parts/:name', (_, next) => next())
  app.delete('/things', (c) => c.text('done'))
  app.get('*', (c, next) => (c.req.path === '/page' ? c.text('page') : next()))
  return { app, lines }
}

test.each(codes)('%s is answered as problem+json under its one status', async (code) => {
  const { app, lines } = appThat(() => {
    throw new AppError(code, { detail: 'Why.', errors: [{ pointer: '/a~1b/0', detail: 'How.' }], retryAfter: 1.2 })
  })
  const response = await app.request('/things/1')

  expect(response.status).toBe(refusals[code])
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(response.headers.get('retry-after')).toBe('2')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(await response.json()).toEqual({
    type: `/api/docs#${code}`,
    title: problemTitles[code],
    status: refusals[code],
    code,
    detail: 'Why.',
    errors: [{ pointer: '/a~1b/0', detail: 'How.' }],
  })
  expect(lines).toEqual([])
})

test('what there is nothing to say about is left out', () => {
  expect(Object.keys(problemOf(new AppError('not_found')))).toEqual(['type', 'title', 'status', 'code'])
})

test('a defect is logged with its context, and its cause stays inside', async () => {
  const { app, lines } = appThat(() => {
    throw new TypeError('secret of the house')
  })
  const response = await app.request('/things/1')
  const text = await response.text()

  expect(response.status).toBe(500)
  expect(text).not.toContain('secret')
  expect(JSON.parse(text)).toMatchObject({ code: 'internal', detail: 'Tell us this number: request-1' })
  expect(lines).toEqual([
    expect.objectContaining({
      level: 50,
      requestId: 'request-1',
      method: 'GET',
      route: '/things/:id',
      err: expect.objectContaining({ message: 'secret of the house' }),
    }),
  ])
})

test.each([
  Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' }),
  Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' }),
  new Error('Connection terminated unexpectedly'),
  new Error('timeout exceeded when trying to connect'),
])('a lost database (%s) is unavailable, not a defect', async (error) => {
  const { app } = appThat(() => {
    throw error
  })
  const response = await app.request('/things/1')
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2'])
})

test('an error of a query is a defect', async () => {
  const { app } = appThat(() => {
    throw Object.assign(new Error('duplicate key'), { code: '23505' })
  })
  expect((await app.request('/things/1')).status).toBe(500)
})

test('an address without a route is not found; one with other methods names them', async () => {
  const { app } = appThat(() => {
    throw new AppError('not_found')
  })
  expect(await (await app.request('/nothing')).json()).toMatchObject({ code: 'not_found', status: 404 })
  expect((await app.request('/parts/missing')).status).toBe(404)

  const wrong = await app.request('/things/1', { method: 'PUT' })
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, POST, HEAD'])
  expect(await wrong.json()).toMatchObject({ code: 'method_not_allowed' })
  const get = await app.request('/things')
  expect([get.status, get.headers.get('allow')]).toEqual([405, 'DELETE'])
  // The client's own pages are no address of the API.
  expect((await app.request('/page', { method: 'POST' })).status).toBe(404)
})

test.each(['40P01', '40001'])(
  'what PostgreSQL gave up for another transaction (%s) may be tried again',
  async (code) => {
    const { app } = appThat(() => {
      throw Object.assign(new Error('deadlock detected'), { code })
    })
    const response = await app.request('/things/1')
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1'])
    expect(await response.json()).toMatchObject({ code: 'unavailable' })
  },
)
