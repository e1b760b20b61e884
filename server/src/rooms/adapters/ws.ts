import type { Socket } from 'node:net'
import { closeCodes } from '@cabildo/protocol/room/close'
import type { RoomLimits } from '@cabildo/protocol/room/limits'
import type { WebSocket } from 'ws'
import * as library from 'ws'
import type { Clock, Connection } from '../ports.ts'

/**
 * A `ws` socket as a room's connection. A message is framed once for all who get it, and what one turn sends to one
 * receiver goes out in one write: a write costs more than everything else here (docs/performance.md).
 */

type LibraryFrame = (
  data: Uint8Array,
  options: { fin: boolean; opcode: number; mask: boolean; readOnly: boolean; rsv1: boolean },
) => Buffer[]
// The method is public in ws and missing in its types.
const libraryFrame = (library as unknown as { Sender: { frame: LibraryFrame } }).Sender.frame

const frames = new WeakMap<Uint8Array, Buffer[]>()
/** The message as WebSocket bytes; small ones in one piece. */
function frame(message: Uint8Array): Buffer[] {
  const known = frames.get(message)
  if (known) return known
  const parts = libraryFrame(message, { fin: true, opcode: 2, mask: false, readOnly: true, rsv1: false })
  const framed = message.length < 16_384 ? [Buffer.concat(parts)] : parts
  frames.set(message, framed)
  return framed
}

export interface SocketPorts {
  id: string
  limits: RoomLimits
  clock: Clock
  onFrame(connection: Connection, frame: Uint8Array): void
  onClose(connection: Connection): void
}

/** A connection that also knows whether its peer still answers. */
export interface SocketConnection extends Connection {
  /** Asks the peer for a sign of life; cuts it when the last question went unanswered. */
  probe(): void
}

/** Wraps an open socket. `socket` is the TCP socket below it. */
export function createSocketConnection(ws: WebSocket, socket: Socket, ports: SocketPorts): SocketConnection {
  const { limits, clock } = ports
  let waiting: Buffer[] = []
  let closed = false
  let alive = true
  let held = 0
  let frameTokens = limits.framesPerSecond * limits.burstSeconds
  let byteTokens = limits.bytesPerSecond * limits.burstSeconds
  let filledAt = clock.now()
  let throttledSince = 0
  let cancelResume: (() => void) | undefined

  const hold = (): void => {
    if (held++ === 0) ws.pause()
  }
  const letGo = (): void => {
    if (held > 0 && --held === 0) ws.resume()
  }

  /** Takes from the allowance; a peer that overspends is read more slowly, so that nothing it sent is lost. */
  const spend = (bytes: number): void => {
    frameTokens--
    byteTokens -= bytes
    if ((frameTokens >= 0 && byteTokens >= 0) || cancelResume) return
    const now = clock.now()
    const passed = (now - filledAt) / 1000
    filledAt = now
    frameTokens = Math.min(frameTokens + passed * limits.framesPerSecond, limits.framesPerSecond * limits.burstSeconds)
    byteTokens = Math.min(byteTokens + passed * limits.bytesPerSecond, limits.bytesPerSecond * limits.burstSeconds)
    if (frameTokens >= 0 && byteTokens >= 0) {
      // Caught up within the allowance: whatever it was, it is over.
      if (frameTokens > limits.framesPerSecond / 2) throttledSince = 0
      return
    }
    throttledSince ||= now
    if (now - throttledSince > limits.throttledFor) {
      connection.close('too_many')
      return
    }
    const debt = Math.max(-frameTokens / limits.framesPerSecond, -byteTokens / limits.bytesPerSecond)
    hold()
    cancelResume = clock.after(Math.ceil(debt * 1000) + 10, () => {
      cancelResume = undefined
      letGo()
    })
  }

  const connection: SocketConnection = {
    id: ports.id,

    send(message, volatile) {
      if (closed || (volatile && socket.writableLength > limits.backlogSkip)) return
      for (const piece of frame(message)) waiting.push(piece)
    },

    flush() {
      if (waiting.length === 0) return
      const pieces = waiting
      waiting = []
      if (closed || socket.destroyed) return
      const [only] = pieces
      if (pieces.length === 1 && only) socket.write(only)
      else if (pieces.every((piece) => piece.length < 16_384)) socket.write(Buffer.concat(pieces))
      else {
        socket.cork()
        for (const piece of pieces) socket.write(piece)
        socket.uncork()
      }
      if (socket.writableLength > limits.backlogClose) connection.close('too_slow')
    },

    close(reason) {
      if (closed) return
      connection.flush()
      closed = true
      cancelResume?.()
      if (held > 0) ws.resume()
      held = 0
      ws.close(closeCodes[reason], reason)
      // A peer too slow to read its text is too slow to read its farewell.
      clock.after(reason === 'too_slow' ? 2000 : 5000, () => ws.terminate())
      ports.onClose(connection)
    },

    pause: hold,
    resume: letGo,

    probe() {
      if (closed) return
      if (!alive) return ws.terminate()
      alive = false
      ws.ping()
    },

    get open() {
      return !closed
    },
  }

  ws.on('message', (data: Buffer, isBinary: boolean) => {
    alive = true
    if (closed) return
    if (!isBinary) return connection.close('malformed')
    spend(data.length)
    if (!closed) ports.onFrame(connection, data)
  })
  ws.on('pong', () => {
    alive = true
  })
  // An oversized or broken frame: ws itself answers 1009 or 1002 and closes.
  ws.on('error', () => undefined)
  ws.on('close', () => {
    if (closed) return
    closed = true
    waiting = []
    cancelResume?.()
    ports.onClose(connection)
  })
  return connection
}
