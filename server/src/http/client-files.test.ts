import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '@cabildo/protocol/errors'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clientFiles } from './client-files.ts'
import type { HttpEnv } from './env.ts'
import { securityHeaders } from './headers.ts'
import { refuse } from './problems.ts'

let folder: string
let app: Hono<HttpEnv>
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cabildo-client-'))
  mkdirSync(join(folder, 'dist/assets'), { recursive: true })
  const put = (name: string, text: string) => writeFileSync(join(folder, name), text)
  put('secret.txt', 'not for you')
  put('dist/index.html', '<meta property="style-nonce" nonce="CABILDO_NONCE"><div id="root"></div>')
  put('dist/favicon.svg', '<svg/>')
  put('dist/sw.js', 'worker')
  put('dist/assets/main-abc123.js', 'plain')
  put('dist/assets/main-abc123.js.br', 'brotli')
  put('dist/assets/main-abc123.js.gz', 'gzip')
  app = new Hono<HttpEnv>()
  app.use(securityHeaders({ baseUrl: 'http://127.0.0.1:3000' }))
  app.notFound((c) => refuse(c, new AppError('not_found')))
  app.route('/', clientFiles({ baseUrl: 'http://127.0.0.1:3000' }, join(folder, 'dist')))
})
afterAll(() => rmSync(folder, { recursive: true }))

const get = (path: string, headers: Record<string, string> = {}) =>
  app.request(path, { headers: { host: '127.0.0.1:3000', ...headers } })

test('an address of the client gets the page, never kept, with a nonce of its own', async () => {
  const [one, other] = [await get('/'), await get('/plans/chepo/commitments/2?tab=x')]
  const nonceIn = (response: Response) =>
    /style-src 'self' 'nonce-([^']+)';/.exec(response.headers.get('content-security-policy') ?? '')?.[1]

  expect([one.status, one.headers.get('cache-control'), one.headers.get('content-type')]).toEqual([
    200,
    'no-store',
    'text/html; charset=UTF-8',
  ])
  expect(await one.text()).toBe(`<meta property="style-nonce" nonce="${nonceIn(one)}"><div id="root"></div>`)
  expect(nonceIn(one)).toHaveLength(24)
  expect(nonceIn(other)).not.toBe(nonceIn(one))
})

test('the policy lets nothing inline and nothing of others run', async () => {
  const policy = (await get('/')).headers.get('content-security-policy')
  expect(policy?.replace(/nonce-[^']+/, 'nonce')).toBe(
    "default-src 'self'; script-src 'self'; style-src 'self' 'nonce'; img-src 'self' data:; font-src 'self'; " +
      "connect-src 'self' ws://127.0.0.1:3000; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  )
})

test('a hashed file is kept for ever, and sent as small as the browser takes it', async () => {
  const send = async (accept: string) => {
    const response = await get('/assets/main-abc123.js', { 'accept-encoding': accept })
    return [await response.text(), response.headers.get('content-encoding'), response.headers.get('vary')]
  }
  expect(await send('gzip, deflate, br')).toEqual(['brotli', 'br', 'Accept-Encoding'])
  expect(await send('gzip')).toEqual(['gzip', 'gzip', 'Accept-Encoding'])
  expect(await send('')).toEqual(['plain', null, 'Accept-Encoding'])
  const { headers } = await get('/assets/main-abc123.js')
  expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8')
})

test('other files are asked for again each time', async () => {
  const response = await get('/favicon.svg')
  expect([response.headers.get('cache-control'), response.headers.get('content-type')]).toEqual([
    'no-cache',
    'image/svg+xml',
  ])
})

test('the service worker is asked for again each time, and may ask for our pages and files', async () => {
  const { headers } = await get('/sw.js')
  expect(headers.get('cache-control')).toBe('no-cache')
  expect(headers.get('content-security-policy')).toContain("connect-src 'self'")
})

test.each(['/api/nothing', '/api', '/rooms/x', '/tlog/x', '/assets/gone-1.js'])('%s is never a page', async (path) => {
  expect((await get(path)).status).toBe(404)
})

test.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/assets/..%2f..%2f..%2fsecret.txt',
  '//etc/passwd',
])('%s leads nowhere outside [T19]', async (path) => {
  expect(await (await get(path)).text()).not.toContain('not for you')
})

test('another name of this machine is sent to the one that works; any other host is left alone', async () => {
  const elsewhere = await get('/plans/chepo?a=1', { host: 'localhost:3000' })
  expect([elsewhere.status, elsewhere.headers.get('location')]).toEqual([307, 'http://127.0.0.1:3000/plans/chepo?a=1'])
  expect((await get('/', { host: 'plan.example.org' })).status).toBe(200)
  expect((await get('/', { host: '127.0.0.1:8080' })).status).toBe(200)
})

test('without a built client every address is not found', async () => {
  const empty = new Hono<HttpEnv>()
  empty.notFound((c) => refuse(c, new AppError('not_found')))
  empty.route('/', clientFiles({ baseUrl: 'http://127.0.0.1:3000' }, join(folder, 'missing')))
  expect((await empty.request('/')).status).toBe(404)
})

test('a file that never changes carries only what means something for a part of a page; all others carry everything', async () => {
  const { headers } = await get('/assets/main-abc123.js', { 'accept-encoding': 'br' })
  expect(Object.fromEntries(headers)).toEqual({
    'cache-control': 'public, max-age=31536000, immutable',
    'content-encoding': 'br',
    'content-type': 'text/javascript; charset=utf-8',
    'cross-origin-resource-policy': 'same-origin',
    vary: 'Accept-Encoding',
    'x-content-type-options': 'nosniff',
  })
  for (const path of ['/', '/favicon.svg', '/sw.js', '/assets/none.js']) {
    expect((await get(path)).headers.get('permissions-policy'), path).toContain('camera=()')
  }
})
