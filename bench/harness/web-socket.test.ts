import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { frameOf, openWebSocket } from './web-socket.ts'

const servers: WebSocketServer[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    for (const client of server.clients) client.terminate()
    server.close()
  }
})

/** A `ws` server, told of each socket. */
async function serve(onSocket: (socket: WebSocket) => void): Promise<number> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, maxPayload: 1 << 30 })
  servers.push(server)
  server.on('connection', onSocket)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // a TCP server's address is one
  return port
}

const bytesOf = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 7) & 255)

test('messages of every length class come back as they went, several to a write', async () => {
  const lengths = [0, 1, 125, 126, 65_535, 65_536, 700_000, 3]
  const port = await serve((socket) => socket.on('message', (data) => socket.send(data)))
  const back: Uint8Array[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  const socket = await openWebSocket({
    port,
    path: '/',
    onMessage(bytes, start, end) {
      back.push(bytes.slice(start, end))
      if (back.length === lengths.length) resolve()
    },
  })
  socket.write(Buffer.concat(lengths.map((length) => frameOf(bytesOf(length)))))
  await promise
  socket.destroy()
  expect(back.map((message) => Buffer.compare(message, bytesOf(message.length)))).toEqual(lengths.map(() => 0))
  expect(back.map((message) => message.length)).toEqual(lengths)
})

test('a frame that comes byte by byte is put together', async () => {
  const port = await serve((socket) => {
    const whole = Buffer.concat([Buffer.from([0x82, 126, 1, 44]), bytesOf(300), Buffer.from([0x82, 1, 9])])
    // The socket under `ws`, to cut where it never would.
    const under = (socket as unknown as { _socket: import('node:net').Socket })._socket
    const next = (at: number) => {
      if (at < whole.length) under.write(whole.subarray(at, at + 7), () => setImmediate(next, at + 7))
    }
    next(0)
  })
  const lengths: number[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  const socket = await openWebSocket({
    port,
    path: '/',
    onMessage(_bytes, start, end) {
      lengths.push(end - start)
      if (lengths.length === 2) resolve()
    },
  })
  await promise
  socket.destroy()
  expect(lengths).toEqual([300, 1])
})

test('pings are answered, and the code of a close is told', async () => {
  const port = await serve((socket) => {
    socket.on('pong', (data) => socket.close(data.toString() === 'here' ? 4423 : 4400))
    socket.ping('here')
  })
  const { promise, resolve } = Promise.withResolvers<number>()
  await openWebSocket({ port, path: '/', onMessage: () => {}, onClose: resolve })
  expect(await promise).toBe(4423)
})

test('a refused handshake says why', async () => {
  const server = createServer()
  server.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // a TCP server's address is one
  await expect(openWebSocket({ port, path: '/x', onMessage: () => {} })).rejects.toThrow('403 Forbidden')
  server.close()
})
