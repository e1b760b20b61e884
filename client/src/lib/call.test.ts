import { afterEach, describe, expect, test, vi } from 'vitest'
import { call, requestLine } from './call.ts'

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(body === undefined ? null : JSON.stringify(body), { status, headers })
const problem = { 'Content-Type': 'application/problem+json; charset=utf-8' }
const documentId = 'A'.repeat(22)

/** Answers every request with `make` and gives what was asked. */
function serve(make: () => Response | Promise<Response>) {
  const asked: { path: string; init: RequestInit }[] = []
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    asked.push({ path, init })
    return make()
  })
  return asked
}

afterEach(() => vi.unstubAllGlobals())

describe('requestLine', () => {
  test('puts every parameter in its place, encoded', () => {
    expect(
      requestLine(
        'GET /api/documents/:documentId/at/:seq',
        { documentId: 'a/b?', seq: 12 },
        { limit: 5, cursor: undefined },
      ),
    ).toEqual({ method: 'GET', path: '/api/documents/a%2Fb%3F/at/12?limit=5' })
  })

  test('keeps zero, which is a place in a log', () => {
    expect(requestLine('GET /at/:seq', { seq: 0 }).path).toBe('/at/0')
  })

  test('encodes query values', () => {
    expect(requestLine('GET /x', {}, { cursor: 'a&b=c ñ' }).path).toBe('/x?cursor=a%26b%3Dc+%C3%B1')
  })

  test('throws a defect when a parameter is missing: an empty part would be another address', () => {
    expect(() => requestLine('GET /api/plans/:planId', {})).toThrow('needs planId')
    expect(() => requestLine('GET /api/plans/:planId', { planId: '' })).toThrow('needs planId')
  })
})

describe('call', () => {
  test('sends the body as JSON and gives the answer', async () => {
    const asked = serve(() => answer(200, { user: { id: 'x', name: 'Rosa' } }))
    const body = { email: 'rosa@municipio.gob.pa', password: 'secreta' }
    expect(await call('POST /api/session', { body })).toEqual({ user: { id: 'x', name: 'Rosa' } })
    expect(asked[0]?.path).toBe('/api/session')
    expect(asked[0]?.init.method).toBe('POST')
    expect(asked[0]?.init.body).toBe(JSON.stringify(body))
    expect(new Headers(asked[0]?.init.headers).get('Content-Type')).toBe('application/json')
  })

  test('says JSON on every unsafe method, body or not, and on no safe one', async () => {
    const asked = serve(() => answer(204, undefined))
    expect(await call('DELETE /api/session')).toBeUndefined()
    expect(new Headers(asked[0]?.init.headers).get('Content-Type')).toBe('application/json')
    serve(() => answer(200, {}))
    const safe = serve(() => answer(200, { demo: true }))
    await call('GET /api/service')
    expect(new Headers(safe[0]?.init.headers).get('Content-Type')).toBeNull()
  })

  test('throws the refusal of a problem document, with its fields and how long to wait', async () => {
    const errors = [{ pointer: '/title', detail: 'must not be empty' }]
    serve(() =>
      answer(429, { code: 'throttled', status: 429, detail: 'Too many', errors }, { ...problem, 'Retry-After': '90' }),
    )
    await expect(call('GET /api/session')).rejects.toMatchObject({
      name: 'Refusal',
      code: 'throttled',
      status: 429,
      detail: 'Too many',
      errors,
      retryAfter: 90,
    })
  })

  test('calls a network without answer `offline`', async () => {
    serve(() => Promise.reject(new TypeError('Failed to fetch')))
    await expect(call('GET /api/session')).rejects.toMatchObject({ code: 'offline', status: 0 })
  })

  test("reads a proxy's own page as `unavailable`, any other stranger as `internal`", async () => {
    serve(() => new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'Content-Type': 'text/html' } }))
    await expect(call('GET /api/session')).rejects.toMatchObject({ code: 'unavailable', status: 502 })
    serve(() => answer(418, { code: 7 }, { 'Content-Type': 'application/json' }))
    await expect(call('GET /api/session')).rejects.toMatchObject({ code: 'internal', status: 418 })
    serve(() => new Response('{', { status: 500, headers: problem }))
    await expect(call('GET /api/session')).rejects.toMatchObject({ code: 'internal', status: 500 })
  })

  test('reads a good answer that is not ours as `internal`', async () => {
    serve(() => new Response('<!doctype html>', { status: 200, headers: { 'Content-Type': 'text/html' } }))
    await expect(call('GET /api/session')).rejects.toMatchObject({ code: 'internal', status: 200 })
  })

  test('lets go of a call that was given up', async () => {
    const given = new AbortController()
    serve(() => Promise.reject(new DOMException('aborted', 'AbortError')))
    given.abort()
    await expect(
      call('GET /api/documents/:documentId', { params: { documentId }, signal: given.signal }),
    ).rejects.toMatchObject({ name: 'AbortError' })
  })
})
