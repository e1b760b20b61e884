/**
 * The practical limit: a bare `ws` server that knows nothing of Yjs. It forwards each frame to everybody else in the
 * room and keeps the last large one to answer those who come later. RELAY_TURN=1 gathers what a receiver gets in one
 * turn of the event loop into one write.
 */
import type { Socket } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { announce } from './announce.ts'

interface Room {
  sockets: Set<WebSocket>
  document: Uint8Array
}

const byTurn = process.env.RELAY_TURN === '1'
const largeBytes = 64 << 10
const emptyDocument = new Uint8Array([0, 1, 2, 0, 0])
const rooms = new Map<string, Room>()
let corked: Socket[] = []

const server = new WebSocketServer(
  { host: '127.0.0.1', port: 0, perMessageDeflate: false, maxPayload: 8 << 20 },
  () => {
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    announce(address.port)
  },
)

server.on('connection', (socket, request) => {
  const name = request.url ?? ''
  const room = rooms.get(name) ?? { sockets: new Set(), document: emptyDocument }
  rooms.set(name, room)
  room.sockets.add(socket)
  socket.on('close', () => {
    room.sockets.delete(socket)
    if (room.sockets.size === 0 && room.document === emptyDocument) rooms.delete(name)
  })
  socket.on('error', () => {})
  socket.on('message', (data: Buffer) => {
    if (data[0] === 0 && data[1] === 0) {
      socket.send(room.document)
      return
    }
    if (data.length >= largeBytes) room.document = Buffer.from(data).fill(1, 1, 2) // kept as an answer (step 2)
    for (const other of room.sockets) {
      if (other === socket || other.readyState !== other.OPEN) continue
      if (byTurn) corkForTurn(other)
      other.send(data, { binary: true })
    }
  })
})

function corkForTurn(socket: WebSocket): void {
  // `ws` has no way to gather; the socket under it does.
  const { _socket: under } = socket as unknown as { _socket: Socket }
  if (under.writableCorked > 0) return
  under.cork()
  if (corked.length === 0) setImmediate(uncorkAll)
  corked.push(under)
}

function uncorkAll(): void {
  const all = corked
  corked = []
  for (const socket of all) socket.uncork()
}

process.on('SIGTERM', () => process.exit(0))
