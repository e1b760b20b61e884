import { AppError } from '@cabildo/protocol/errors'
import { Hono } from 'hono'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import type { HttpEnv } from './env.ts'
import { bodyLimitOf } from './limits.ts'
import { type Answer, type Asked, type OperationKey, operation } from './operation.ts'
import { problems } from './problems.ts'

const someone = {
  userId: 'u'.repeat(22),
  sessionId: 's'.repeat(22),
  name: 'Ana',
  workshopId: null,
  secondFactor: true,
}
const id = 'tGB1mM0vQYeVvLxwUWuzWA'

function appWith<K extends OperationKey>(key: K, handle: (asked: Asked<K>) => Promise<Answer<K>>, actor = true) {
  const app = new Hono<HttpEnv>()
  app.onError(problems(pino({ level: 'silent' })))
  app.use(async (c, next) => {
    c.set('actor', actor ? someone : undefined)
    await next()
  })
  operation(app, key, handle)
  return app
}

const post = (body: BodyInit, headers: Record<string, string> = {}) => ({ method: 'POST', body, headers })
const never = () => Promise.reject(new Error('the handler was called'))

test('the handler gets what the contract checked, and nothing else', async () => {
  const app = appWith('GET /api/documents/:documentId/history', async (asked) => {
    expect(asked).toEqual({ actor: someone, params: { documentId: id }, query: { limit: 5 }, body: undefined })
    return { items: [], nextCursor: null }
  })
  const response = await app.request(`/api/documents/${id}/history?limit=5&more=1`)

  expect([response.status, await response.json()]).toEqual([200, { items: [], nextCursor: null }])
  expect(response.headers.get('cache-control')).toBe('no-store')
})

test('whoever is not signed in learns nothing but that, not even whether the rest is valid', async () => {
  const app = appWith('POST /api/plans/:planId/commitments', never, false)
  const response = await app.request('/api/plans/x/commitments', post('nonsense'))
  expect([response.status, await response.json()]).toEqual([401, expect.objectContaining({ code: 'signed_out' })])
})

test('an id that cannot exist looks like one that does not', async () => {
  const app = appWith('GET /api/documents/:documentId', never)
  expect((await app.request('/api/documents/short')).status).toBe(404)
})

test.each([
  ['GET /api/documents/:documentId', `/api/documents/${id}%00`, undefined, '/documentId'],
  ['GET /api/plans', '/api/plans?cursor=a%00b', undefined, '/cursor'],
  ['POST /api/plans/:planId/commitments', '/api/plans/x/commitments', { title: 'Agua\0' }, '/title'],
  ['POST /api/plans/:planId/commitments', '/api/plans/x/commitments', { 'a/\0': 1, title: 'Agua' }, '/a~1\0'],
  ['POST /api/plans/:planId/invitations', '/api/plans/x/invitations', { people: [{ name: '\0' }] }, '/people/0/name'],
] as const)('U+0000 in a path, query or body is refused, naming its field: %s %s', async (key, path, body, pointer) => {
  const app = appWith(key, never)
  const response = await app.request(path, body === undefined ? {} : post(JSON.stringify(body)))
  expect([response.status, await response.json()]).toEqual([
    400,
    expect.objectContaining({ code: 'invalid', errors: [expect.objectContaining({ pointer })] }),
  ])
})

test('a query that is not valid names its fields', async () => {
  const app = appWith('GET /api/plans', never)
  const response = await app.request('/api/plans?limit=0')
  expect(await response.json()).toMatchObject({
    code: 'invalid',
    detail: 'The query is not valid.',
    errors: [{ pointer: '/limit' }],
  })
})

test('a body that is no JSON, missing or of another shape is refused', async () => {
  const app = appWith('POST /api/plans/:planId/commitments', never)
  const codeOf = async (body: string) => {
    const response = await app.request('/api/plans/x/commitments', post(body))
    return (await response.json()).code
  }
  expect(await codeOf('{')).toBe('bad_request')
  expect(await codeOf('')).toBe('invalid')
  expect(await codeOf('[]')).toBe('invalid')
  expect(await codeOf('{"title":"   "}')).toBe('invalid')
  expect(await codeOf(JSON.stringify({ title: 'x'.repeat(201) }))).toBe('invalid')
})

test('a body over the limit is refused, whether it says its length or comes in pieces', async () => {
  const key = 'POST /api/plans/:planId/commitments'
  const app = appWith(key, never)
  const tooMuch = JSON.stringify({ title: 'x'.repeat(bodyLimitOf(key)) })
  const said = await app.request('/api/plans/x/commitments', post(tooMuch, { 'content-length': `${tooMuch.length}` }))

  let sent = 0
  const pieces = new ReadableStream({
    pull(controller) {
      sent += 1
      controller.enqueue(new TextEncoder().encode('x'.repeat(8192)))
      if (sent === 1000) controller.close()
    },
  })
  const headers = { 'transfer-encoding': 'chunked' }
  const request = new Request('http://x/api/plans/x/commitments', {
    ...post(pieces, headers),
    duplex: 'half',
  } as object)
  const chunked = await app.request(request)

  expect([said.status, chunked.status]).toEqual([413, 413])
  expect(await chunked.json()).toMatchObject({ code: 'too_large', detail: 'The limit is 65536 bytes.' })
  // It stopped reading where the limit was.
  expect(sent).toBeLessThan(20)
})

test('drafts may carry more, as their contract says', () => {
  expect(bodyLimitOf('POST /api/documents/:documentId/drafts')).toBe(6 << 20)
  expect(bodyLimitOf('POST /api/session')).toBe(64 << 10)
})

test('an answer shows what the contract names and no more; one that breaks it is a defect', async () => {
  const user = { id: someone.userId, name: 'Ana', passwordHash: 'secret' }
  const rest = { workshop: null, secondFactorMissing: false }
  const good = appWith('GET /api/session', async () => ({ user, ...rest }))
  expect(await (await good.request('/api/session')).json()).toEqual({
    user: { id: someone.userId, name: 'Ana' },
    ...rest,
  })

  const bad = appWith('GET /api/session', async () => ({ user: { id: 'not an id', name: 'Ana' }, ...rest }))
  expect((await bad.request('/api/session')).status).toBe(500)
})

test('a file is read when the handler asks for it, by so many at once, and counted while it comes', async () => {
  const key = 'POST /api/plans/:planId/inputs/:inputId/attachments'
  const headers = { 'content-type': 'multipart/form-data; boundary=x' }
  const path = `/api/plans/x/inputs/${id}/attachments`
  const open: ReadableStreamDefaultController<Uint8Array>[] = []
  let pulled = 0
  const sending = (app: Hono<HttpEnv>) => {
    const body = new ReadableStream<Uint8Array>(
      { start: (controller) => void open.push(controller), pull: () => void pulled++ },
      { highWaterMark: 0 },
    )
    return app.request(path, { method: 'POST', headers, body, duplex: 'half' } as RequestInit)
  }
  const refusing = appWith(key, () => Promise.reject(new AppError('forbidden')))
  expect([(await sending(refusing)).status, pulled]).toEqual([403, 0])

  open.length = 0
  const reading = appWith(key, async ({ file }) => {
    await file()
    throw new AppError('conflict')
  })
  const two = [sending(reading), sending(reading)]
  await expect.poll(() => pulled).toBe(2)
  expect((await sending(reading)).status).toBe(503)
  for (const controller of open.slice(0, 2)) controller.close()
  expect((await Promise.all(two)).map(({ status }) => status)).toEqual([400, 400])

  const form = new FormData()
  form.set('file', new Blob(['x']))
  expect((await reading.request(path, { method: 'POST', body: form })).status).toBe(409)
  const long = { ...headers, 'content-length': String(bodyLimitOf(key) + 1) }
  expect((await reading.request(path, { method: 'POST', headers: long, body: 'x' })).status).toBe(413)
})
