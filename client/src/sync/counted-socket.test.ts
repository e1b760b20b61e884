import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import * as encoding from 'lib0/encoding'
import { expect, test, vi } from 'vitest'
import { WebSocketServer } from 'ws'
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import { writeSyncStep1, writeSyncStep2, writeUpdate } from 'y-protocols/sync'
import * as Y from 'yjs'
import { countedSocket, frameFate } from './counted-socket.ts'

/** A frame as y-websocket builds it. */
function frame(type: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, type)
  write(encoder)
  return encoding.toUint8Array(encoder)
}

const doc = new Y.Doc()
const clientId = doc.clientID
const step1 = frame(0, (encoder) => writeSyncStep1(encoder, doc))
const step2 = frame(0, (encoder) => writeSyncStep2(encoder, doc))
const update = frame(0, (encoder) => writeUpdate(encoder, Y.encodeStateAsUpdate(doc)))

test.each([
  ['step 1', step1, false, 'pass'],
  ['step 2', step2, false, 'handIn'],
  ['step 2 again', step2, true, 'handIn'],
  ['an update before step 2', update, false, 'drop'],
  ['an update', update, true, 'count'],
  ['a presence query', Uint8Array.of(3), true, 'pass'],
] as const)('%s', (_, bytes, handedIn, fate) => {
  expect(frameFate(bytes, { handedIn, clientId })).toBe(fate)
})

test('presence of others is not echoed, our own is sent', () => {
  const awareness = new Awareness(doc)
  awareness.setLocalState({ field: 'summary' })
  awareness.states.set(clientId + 1, { field: 'problem' })
  awareness.meta.set(clientId + 1, { clock: 4, lastUpdated: 0 })
  const about = (...clients: number[]) =>
    frame(1, (encoder) => encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(awareness, clients)))

  expect(frameFate(about(clientId), { handedIn: true, clientId })).toBe('pass')
  expect(frameFate(about(clientId + 1), { handedIn: true, clientId })).toBe('drop')
  expect(frameFate(about(clientId + 1, clientId), { handedIn: true, clientId })).toBe('pass')
  expect(frameFate(about(), { handedIn: true, clientId })).toBe('drop')
  awareness.destroy()
})

test('nothing is counted that no longer leaves', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const handedIn = vi.fn()
  const Counted = countedSocket(() => clientId, { handedIn, sent: vi.fn() })
  const socket = new Counted(`ws://127.0.0.1:${port}`)
  await once(socket as unknown as EventTarget, 'open')
  socket.send(new Uint8Array(step2))
  expect(handedIn).toHaveBeenCalledTimes(1)
  socket.close()
  socket.send(new Uint8Array(step2))
  expect(handedIn).toHaveBeenCalledTimes(1)
  server.close()
})
