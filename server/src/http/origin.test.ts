import type { AppError } from '@cabildo/protocol/errors'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { HttpEnv } from './env.ts'
import { isOwnOrigin, ownOriginOnly } from './origin.ts'
import { refuse } from './problems.ts'

const ours = 'https://plan.example.org'

test.each([
  ['our own page', { origin: ours, 'sec-fetch-site': 'same-origin' }, true],
  ['our own page in a browser that does not say where from', { origin: ours }, true],
  ['no origin at all', {}, false],
  ['no origin, though the browser says same-origin', { 'sec-fetch-site': 'same-origin' }, false],
  ['an opaque origin', { origin: 'null' }, false],
  ['another site', { origin: 'https://evil.example' }, false],
  ['another scheme', { origin: 'http://plan.example.org' }, false],
  ['another port', { origin: `${ours}:8443` }, false],
  ['a name that begins like ours', { origin: `${ours}.evil.example` }, false],
  ['our origin told by a page of another site', { origin: ours, 'sec-fetch-site': 'cross-site' }, false],
  ['a sister of our host', { origin: ours, 'sec-fetch-site': 'same-site' }, false],
])('%s', (_, headers, own) => {
  expect(isOwnOrigin(new Headers(headers as Record<string, string>), ours)).toBe(own)
})

const app = new Hono<HttpEnv>()
app.onError((error, c) => refuse(c, error as AppError))
app.use(ownOriginOnly({ baseUrl: ours }))
app.all('/', (c) => c.text('done'))
app.all('/tlog/cosignatures', (c) => c.text('done'))

const json = 'application/json'
test.each([
  ['POST', { origin: ours, 'content-type': json }, 200],
  ['POST', { origin: ours, 'content-type': 'Application/JSON; charset=utf-8' }, 200],
  ['DELETE', { origin: ours, 'content-type': json }, 200],
  ['POST', { origin: 'https://evil.example', 'content-type': json }, 403],
  ['POST', { 'content-type': json }, 403],
  ['DELETE', {}, 403],
  ['POST', { origin: ours }, 415],
  ['POST', { origin: ours, 'content-type': 'text/plain' }, 415],
  ['POST', { origin: ours, 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ['POST', { origin: ours, 'content-type': 'application/csp-report' }, 415],
  ['POST', { origin: ours, 'content-type': 'text/plain; application/json' }, 415],
  ['PUT', { origin: ours, 'content-type': 'application/jsonp' }, 415],
  ['GET', {}, 200],
  ['HEAD', { origin: 'https://evil.example' }, 200],
])('[T3] %s with %o: %i', async (method, headers, status) => {
  const response = await app.request('/', { method, headers: headers as Record<string, string> })
  expect(response.status).toBe(status)
})

test.each([
  ['a program that says nothing of where it comes from', { 'content-type': json }, 200],
  ['a page of another site', { origin: 'https://evil.example', 'content-type': json }, 403],
  ['a form', { 'content-type': 'text/plain' }, 415],
])('[T3] below /tlog, %s', async (_, headers, status) => {
  const response = await app.request('/tlog/cosignatures', {
    method: 'POST',
    headers: headers as Record<string, string>,
  })
  expect(response.status).toBe(status)
})
