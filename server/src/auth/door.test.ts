import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { createManualClock } from '@cabildo/testkit/clock'
import { createAdaptorServer, type HttpBindings } from '@hono/node-server'
import { expect, onTestFinished, test } from 'vitest'
import { createAddressReader } from '../http/address.ts'
import { dataHeaders } from '../http/headers.ts'
import { signInDoor } from './door.ts'
import { createPace } from './pace.ts'

const known = 'device=known'

/** A door behind which one password a second is checked, and what it told the metrics. */
function standing(baseUrl = 'http://cabildo.test') {
  const clock = createManualClock()
  const pace = createPace(1, clock)
  const observed: object[] = []
  const door = signInDoor({
    passwords: { checkRoom: pace.check },
    devices: { cookieName: 'device', read: (shown) => (shown === 'known' ? { userId: 'ana' } : undefined) },
    metrics: { observe: (answer) => observed.push(answer) },
    addressOf: createAddressReader(['127.0.0.1']),
    config: { baseUrl },
    now: clock.now,
  })
  const knock = (path = '/api/session', headers: Record<string, string> = {}, method = 'POST') => {
    const env = { incoming: { socket: { remoteAddress: '127.0.0.1' } } } as Partial<HttpBindings>
    return door(new Request(`http://cabildo.test${path}`, { method, headers }), env)
  }
  /** Has somebody from there take a place to wait, beside the one who begins at once. */
  const wait = (from: string) => void pace.begin(from)
  return { clock, door, knock, wait, observed }
}

/** A door that refuses everybody, as a server on a port of its own; answers a socket to it, and what that was told so far. */
async function socketTo() {
  const { door, wait } = standing()
  for (const from of ['a', 'b', 'c']) wait(from)
  // This server speaks HTTP 1 and no other.
  const fetch = (request: Request, env: unknown) => door(request, env as HttpBindings) ?? new Response('in')
  const server = createAdaptorServer({ fetch })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // An address that listens on TCP is one of a port.
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').setEncoding('utf8')
  onTestFinished(async () => {
    socket.destroy()
    const closed = once(server, 'close')
    server.close()
    await closed
  })
  // Whoever is hung up on may still be writing.
  socket.on('error', () => undefined)
  let told = ''
  socket.on('data', (text: string) => {
    told += text
  })
  const knock = (length: string, body: string) =>
    socket.write(`POST /api/session HTTP/1.1\r\nHost: cabildo.test\r\n${length}\r\n\r\n${body}`)
  const refusals = () => told.split('HTTP/1.1 429').length - 1
  return { socket, knock, refusals }
}

test('[A9] who has room goes on, and so does everything that is no sign-in', () => {
  const { knock, wait, observed } = standing()
  expect(knock()).toBeUndefined()
  for (const from of ['a', 'b', 'c']) wait(from)
  expect(knock()?.status).toBe(429)
  expect(knock('/api/session', {}, 'GET')).toBeUndefined()
  expect(knock('/api/session', {}, 'DELETE')).toBeUndefined()
  expect(knock('/api/session/passkey')).toBeUndefined()
  expect(knock('/api/plans?of=/api/session')).toBeUndefined()
  expect(observed).toEqual([{ method: 'POST', route: '/api/session', status: 429, seconds: 0 }])
})

test('[A9] however the address of signing in is written, there is one door', () => {
  const { knock, wait } = standing()
  for (const from of ['a', 'b', 'c']) wait(from)
  for (const path of ['/api/session', '/api/session?again=1', '/api/%73ession'])
    expect(knock(path)?.status, path).toBe(429)
})

test('[A9] a refusal says as much as any other: when to come back, why, and what it may load', async () => {
  for (const baseUrl of ['http://cabildo.test', 'https://plan.example.org']) {
    const { knock, wait } = standing(baseUrl)
    for (const from of ['a', 'b', 'c']) wait(from)
    const [first, second] = [knock(), knock()]
    const headers = Object.fromEntries(first?.headers ?? [])
    const security = Object.entries(dataHeaders({ baseUrl })).map(([name, value]) => [name.toLowerCase(), value])
    expect(headers).toMatchObject({
      ...Object.fromEntries(security),
      'cache-control': 'no-store',
      'content-type': 'application/problem+json',
      'retry-after': '2',
    })
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(second?.headers.get('x-request-id')).not.toBe(headers['x-request-id'])
    const body = (await first?.text()) ?? ''
    expect(headers['content-length']).toBe(String(Buffer.byteLength(body)))
    expect(JSON.parse(body)).toMatchObject({ code: 'throttled', status: 429 })
    expect(await second?.text()).toBe(body)
  }
})

test('[A9] where there is room for others, only the network that took its half is refused', () => {
  const { knock, wait } = standing()
  // One begins, one waits: half of the places of a network.
  wait('198.51.100.1')
  wait('198.51.100.1')
  expect(knock('/api/session', { 'x-forwarded-for': '198.51.100.1' })?.status).toBe(429)
  expect(knock('/api/session', { 'x-forwarded-for': '203.0.113.9' })).toBeUndefined()
})

test('[A11] a browser that is known goes past the line, another cookie does not', () => {
  const { knock, wait } = standing()
  for (const from of ['a', 'b', 'c']) wait(from)
  expect(knock('/api/session', { cookie: known })).toBeUndefined()
  expect(knock('/api/session', { cookie: `sid=x; ${known}` })).toBeUndefined()
  expect(knock('/api/session', { cookie: 'device=unknown; sid=x' })?.status).toBe(429)
})

test('[A9] a body that is too long for a sign-in, or hides how long it is, ends its connection', () => {
  const { knock, wait } = standing()
  for (const from of ['a', 'b', 'c']) wait(from)
  const closes = (length?: string) =>
    knock('/api/session', length === undefined ? {} : { 'content-length': length })?.headers.get('connection')
  expect(closes('80')).toBeNull()
  expect([closes('70000'), closes('x'), closes()]).toEqual(['close', 'close', 'close'])
})

test.each([
  ['too long', 'Content-Length: 70000', 'x', 'x'.repeat(69_999)],
  ['of an unknown length', 'Transfer-Encoding: chunked', '1\r\nx\r\n', '0\r\n\r\n'],
])(
  '[A9] a connection is kept after a refusal, and ended by one of a body that is %s',
  async (_, length, part, rest) => {
    const { socket, knock, refusals } = await socketTo()
    knock('Content-Length: 2', '{}')
    await expect.poll(refusals).toBe(1)
    knock('Content-Length: 2', '{}')
    await expect.poll(refusals).toBe(2)
    knock(length, part)
    await expect.poll(refusals).toBe(3)
    // What is left of the body, and another one behind it: nobody reads it.
    socket.write(rest)
    knock('Content-Length: 2', '{}')
    await expect.poll(() => socket.closed || refusals() > 3).toBe(true)
    expect(refusals()).toBe(3)
  },
)
