import { once } from 'node:events'
import { createServer, request as send } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { createManualClock } from '@cabildo/testkit/clock'
import { expect, onTestFinished, test } from 'vitest'
import { createAddressReader } from '../http/address.ts'
import { dataHeaders } from '../http/headers.ts'
import { signInDoor } from './door.ts'
import { createPace } from './pace.ts'

const known = 'device=known'
const behind = 'in'

interface Knock {
  path?: string
  method?: string
  headers?: Record<string, string>
}

/** A door behind which one password a second is checked, on a port of its own, and what it told the metrics. */
async function standing(baseUrl = 'http://cabildo.test') {
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
  const server = createServer((request, response) => {
    if (!door(request, response)) response.end(behind)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  })
  // An address that listens on TCP is one of a port.
  const { port } = server.address() as AddressInfo

  const knock = async ({ path = '/api/session', method = 'POST', headers = {} }: Knock = {}) => {
    const asking = send({ port, host: '127.0.0.1', path, method, headers })
    asking.end(method === 'POST' && !headers['content-length'] && !headers['transfer-encoding'] ? '{}' : undefined)
    const [answer] = await once(asking, 'response')
    return { status: answer.statusCode, headers: answer.headers, body: await text(answer) }
  }
  const isLetIn = async (asked?: Knock) => (await knock(asked)).body === behind
  /** Has somebody from there take a place to wait, beside the one who begins at once. */
  const wait = (from: string) => void pace.begin(from)
  const fill = () => ['a', 'b', 'c'].forEach(wait)
  return { port, knock, isLetIn, wait, fill, observed }
}

/** A socket to a door that refuses everybody, and what that was told so far. */
async function socketTo() {
  const { port, fill } = await standing()
  fill()
  const socket = connect(port, '127.0.0.1').setEncoding('utf8')
  onTestFinished(() => void socket.destroy())
  // Whoever is hung up on may still be writing.
  socket.on('error', () => undefined)
  let told = ''
  socket.on('data', (part: string) => {
    told += part
  })
  const knock = (length: string, body: string) =>
    socket.write(`POST /api/session HTTP/1.1\r\nHost: cabildo.test\r\n${length}\r\n\r\n${body}`)
  const refusals = () => told.split('HTTP/1.1 429').length - 1
  return { socket, knock, refusals }
}

test('[A9] who has room goes on, and so does everything that is no sign-in', async () => {
  const { knock, isLetIn, fill, observed } = await standing()
  expect(await isLetIn()).toBe(true)
  fill()
  expect((await knock()).status).toBe(429)
  expect(await isLetIn({ method: 'GET' })).toBe(true)
  expect(await isLetIn({ method: 'DELETE' })).toBe(true)
  expect(await isLetIn({ path: '/api/session/passkey' })).toBe(true)
  expect(await isLetIn({ path: '/api/plans?of=/api/session' })).toBe(true)
  expect(observed).toEqual([{ method: 'POST', route: '/api/session', status: 429, seconds: 0 }])
})

test('[A9] however the address of signing in is written, there is one door', async () => {
  const { knock, isLetIn, fill } = await standing()
  fill()
  const paths = ['/api/session?again=1', '/api/%73ession', '/x/../api/session', '//:0/../../api/session']
  for (const path of ['/api/session', 'http://a@cabildo.test/api/session', ...paths])
    expect((await knock({ path })).status, path).toBe(429)
  expect((await knock({ path: '/session', headers: { host: '1/./api' } })).status).toBe(429)
  for (const path of ['//', '//a@b/', '//x/api/session', 'http://a@b/x', 'http://:0/', '/api/%'])
    expect(await isLetIn({ path }), path).toBe(true)
})

test('[A9] a refusal says as much as any other: when to come back, why, and what it may load', async () => {
  for (const baseUrl of ['http://cabildo.test', 'https://plan.example.org']) {
    const { knock, fill } = await standing(baseUrl)
    fill()
    const [first, second] = [await knock(), await knock()]
    const security = Object.entries(dataHeaders({ baseUrl })).map(([name, value]) => [name.toLowerCase(), value])
    expect(first.headers).toMatchObject({
      ...Object.fromEntries(security),
      'cache-control': 'no-store',
      'content-type': 'application/problem+json',
      'retry-after': '2',
    })
    expect(first.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(second.headers['x-request-id']).not.toBe(first.headers['x-request-id'])
    expect(first.headers['content-length']).toBe(String(Buffer.byteLength(first.body)))
    expect(JSON.parse(first.body)).toMatchObject({ code: 'throttled', status: 429 })
    expect(second.body).toBe(first.body)
  }
})

test('[A9] where there is room for others, only the network that took its half is refused', async () => {
  const { knock, isLetIn, wait } = await standing()
  // One begins, one waits: half of the places of a network.
  wait('198.51.100.1')
  wait('198.51.100.1')
  expect((await knock({ headers: { 'x-forwarded-for': '198.51.100.1' } })).status).toBe(429)
  expect(await isLetIn({ headers: { 'x-forwarded-for': '203.0.113.9' } })).toBe(true)
})

test('[A11] a browser that is known goes past the line, another cookie does not', async () => {
  const { knock, isLetIn, fill } = await standing()
  fill()
  expect(await isLetIn({ headers: { cookie: known } })).toBe(true)
  expect(await isLetIn({ headers: { cookie: `sid=x; ${known}` } })).toBe(true)
  expect((await knock({ headers: { cookie: 'device=unknown; sid=x' } })).status).toBe(429)
})

test('[A9] who announces a body and sends none is cut off', async () => {
  const { socket, knock, refusals } = await socketTo()
  knock('Content-Length: 2', '')
  await expect.poll(refusals).toBe(1)
  await expect.poll(() => socket.closed, { timeout: 5000 }).toBe(true)
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
