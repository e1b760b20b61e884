import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import * as Y from 'yjs'
import { createCrowd } from './crowd.ts'
import { yProtocol } from './dialects.ts'

const servers: WebSocketServer[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    for (const client of server.clients) client.terminate()
    server.close()
  }
})

const emptyDocument = new Uint8Array([0, 1, 2, 0, 0])
const updateOf = (data: Buffer) => data.subarray(3)
const messageOf = (update: Uint8Array) => Buffer.concat([Buffer.from([0, 2, update.length]), update])

/** A server that hands each update but the first, the paragraph, to `pass`, which may forward it, hold it, or merge it. */
async function serve(pass: (update: Uint8Array, to: WebSocket[]) => void) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  servers.push(server)
  let updates = 0
  server.on('connection', (socket) => {
    // The server's own question comes first, with the handshake's answer.
    socket.send(new Uint8Array([0, 0, 1, 0]))
    socket.on('message', (data: Buffer) => {
      if (data[1] === 0) socket.send(emptyDocument)
      if (data[1] !== 2) return
      const others = [...server.clients].filter((other) => other !== socket)
      if (updates++ === 0) forward(updateOf(data), others)
      else pass(updateOf(data), others)
    })
  })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // a TCP server's address is one
  return createCrowd({ port, dialect: yProtocol, request: (room) => ({ path: `/${room}`, headers: {} }) })
}

const forward = (update: Uint8Array, to: WebSocket[]) => {
  for (const socket of to) socket.send(messageOf(update))
}

test('every character that reaches another is counted and timed once', async () => {
  const crowd = await serve(forward)
  const room = await crowd.join('a', 3)
  await crowd.prepare(room, 3)
  const watch = crowd.begin()
  for (const member of room.members) crowd.type(member, 2)
  expect(crowd.missing()).toBe(3 * 2 * 2)
  expect(await crowd.settled(5000)).toBeGreaterThan(0)
  expect([watch.written, watch.delivered, watch.latency.count, crowd.missing()]).toEqual([6, 12, 12, 0])
  expect(room.members.map(({ seen }) => [...seen])).toEqual([
    [0, 2, 2],
    [2, 0, 2],
    [2, 2, 0],
  ])
  await crowd.leave()
})

test('updates that a server merges, or sends twice, count as often as they were typed', async () => {
  let held: Uint8Array | undefined
  const crowd = await serve((update, to) => {
    if (held) {
      const merged = Y.mergeUpdates([held, update])
      forward(merged, to)
      forward(merged, to)
    }
    held = update
  })
  const room = await crowd.join('a', 3)
  await crowd.prepare(room, 3)
  const watch = crowd.begin()
  const [first, second] = room.members
  if (!first || !second) throw new Error('three were to join')
  crowd.type(first, 1)
  crowd.type(second, 1)
  await expect.poll(() => [...(room.members[2]?.seen ?? [])], { timeout: 5000 }).toEqual([1, 1, 0])
  expect(watch.latency.count).toBe(watch.delivered)
  expect(watch.delivered).toBe(3)
  await crowd.leave()
})

test('what never arrives is missing, and settling gives up', async () => {
  const crowd = await serve((update, to) => forward(update, to.slice(0, 1)))
  const room = await crowd.join('a', 3)
  await crowd.prepare(room, 1)
  crowd.begin()
  for (const member of room.members.slice(0, 1)) crowd.type(member, 1)
  expect(await crowd.settled(100)).toBeUndefined()
  expect(crowd.missing()).toBe(1)
  await crowd.leave()
})

test('steady typing writes as much as it was asked for', async () => {
  const crowd = await serve(forward)
  const room = await crowd.join('a', 2)
  await crowd.prepare(room, 2)
  const watch = crowd.begin()
  await crowd.typeSteadily(room.members, 50, 200)
  crowd.end()
  expect(await crowd.settled(5000)).toBeGreaterThan(0)
  expect([watch.written, watch.delivered]).toEqual([20, 20])
  expect(room.members.map(({ typed }) => typed)).toEqual([10, 10])
  await crowd.leave()
})
