/**
 * A WebSocket client over node:net (RFC 6455, binary messages, no extensions) that spends as little as it can: all
 * sockets read into one buffer, messages are handed over where they lie, and whole frames are written as given. A
 * complete client (`ws`) cost the harness more than some of the servers it was to measure.
 */
import { connect as connectTcp, type Socket } from 'node:net'

/**
 * Called with each message where it lies: `bytes[start, end)` is only good until it returns. May be called before
 * `openWebSocket` has answered, so it gets the socket to write to.
 */
export type MessageListener = (bytes: Uint8Array, start: number, end: number, socket: RawWebSocket) => void

export interface WebSocketOptions {
  port: number
  path: string
  headers?: Record<string, string>
  onMessage: MessageListener
  /** Told once, with the close frame's code or 1006 when there was none. */
  onClose?: (code: number) => void
}

export interface RawWebSocket {
  /** Writes bytes that are already frames (`frameOf`, or several, one behind the other). */
  write(frames: Uint8Array): void
  close(): void
  /** Ends it without a closing handshake, as a lost network does. */
  destroy(): void
  readonly open: boolean
}

// One mask for all: servers must take it off all the same, and it need not surprise anybody on loopback.
const mask = [0x5a, 0xc3, 0x17, 0x9e] as const
const fin = 0x80
const opcode = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const
const handshakeBytes = 16 << 10
const handshakeWithin = 30_000

/** The most bytes a client's frame adds to its payload. */
export const frameOverhead = 14

/** Bytes that the header and mask of a client's frame take for a payload of this length. */
const headerBytes = (length: number) => (length < 126 ? 6 : length < 65_536 ? 8 : 14)

/**
 * Makes a client's frame around the payload that stands at `at + frameOverhead … + length` of `into`, moving it to
 * where its header ends, and answers the frame's end. The caller leaves room.
 */
export function closeFrame(into: Uint8Array, at: number, length: number, code: number = opcode.binary): number {
  const header = headerBytes(length)
  const payload = at + header
  const from = at + frameOverhead
  for (let i = 0; i < length; i++) into[payload + i] = (into[from + i] ?? 0) ^ (mask[i & 3] ?? 0)
  into[at] = fin | code
  if (length < 126) {
    into[at + 1] = 0x80 | length
  } else if (length < 65_536) {
    into[at + 1] = 0x80 | 126
    into[at + 2] = length >> 8
    into[at + 3] = length & 255
  } else {
    const view = new DataView(into.buffer, into.byteOffset)
    into[at + 1] = 0x80 | 127
    view.setUint32(at + 2, Math.floor(length / 2 ** 32))
    view.setUint32(at + 6, length >>> 0)
  }
  into.set(mask, payload - 4)
  return payload + length
}

/** A client's frame around a payload. */
export function frameOf(payload: Uint8Array, code: number = opcode.binary): Uint8Array {
  const bytes = new Uint8Array(payload.length + frameOverhead)
  bytes.set(payload, frameOverhead)
  return bytes.subarray(0, closeFrame(bytes, 0, payload.length, code))
}

// Not a Buffer: its `slice` would not copy, and listeners keep what they copy.
const shared = new Uint8Array(256 << 10)

/** Opens a socket on 127.0.0.1. Throws with the server's status line when it is refused, and when no answer comes in 30 s. */
export function openWebSocket(options: WebSocketOptions): Promise<RawWebSocket> {
  return new Promise((resolve, reject) => {
    let greeted = false
    let closed = false
    let closeCode = 1006
    // What has come of a frame that is not whole yet, or of the handshake.
    let held = new Uint8Array(0)
    let heldLength = 0

    const socket: Socket = connectTcp({
      host: '127.0.0.1',
      port: options.port,
      noDelay: true,
      onread: {
        buffer: shared,
        callback(length, bytes) {
          take(bytes, length)
          return true
        },
      },
    })
    const raw: RawWebSocket = {
      write(frames) {
        if (!closed) socket.write(frames)
      },
      close() {
        if (!closed) socket.write(frameOf(new Uint8Array([1000 >> 8, 1000 & 255]), opcode.close))
      },
      destroy() {
        socket.destroy()
      },
      get open() {
        return greeted && !closed
      },
    }

    function take(bytes: Uint8Array, length: number) {
      if (heldLength === 0) {
        const rest = consume(bytes, 0, length)
        if (rest < length) hold(bytes, rest, length)
        return
      }
      hold(bytes, 0, length)
      const rest = consume(held, 0, heldLength)
      if (rest > 0) {
        held.copyWithin(0, rest, heldLength)
        heldLength -= rest
        if (heldLength === 0 && held.length > 1 << 16) held = new Uint8Array(0)
      }
    }

    function hold(bytes: Uint8Array, start: number, end: number) {
      const needed = heldLength + end - start
      if (needed > held.length) {
        const wanted = greeted ? frameEnd(heldLength ? held : bytes, heldLength ? 0 : start, heldLength || end) : 0
        const larger = new Uint8Array(Math.max(needed, wanted - (heldLength ? 0 : start), held.length * 2, 4096))
        larger.set(held.subarray(0, heldLength))
        held = larger
      }
      held.set(bytes.subarray(start, end), heldLength)
      heldLength = needed
    }

    /** Hands over what is whole and answers where the rest begins. */
    function consume(bytes: Uint8Array, start: number, end: number): number {
      let at = start
      if (!greeted) {
        const head = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start)
        const blank = head.indexOf('\r\n\r\n')
        if (blank < 0) {
          if (end - start > handshakeBytes) fail('The answer to the handshake has no end')
          return start
        }
        const answer = head.toString('latin1', 0, blank)
        if (!answer.startsWith('HTTP/1.1 101')) {
          fail(answer.split('\r\n')[0] ?? 'no status')
          return end
        }
        greeted = true
        clearTimeout(late)
        resolve(raw)
        at = start + blank + 4
      }
      while (at < end) {
        const frame = frameEnd(bytes, at, end)
        if (frame === 0 || frame > end) break
        const short = (bytes[at + 1] ?? 0) & 127
        const payload = at + (short < 126 ? 2 : short === 126 ? 4 : 10)
        const first = bytes[at] ?? 0
        switch (first & 15) {
          case opcode.binary:
            if ((first & fin) === 0) throw new Error('A message in several frames: no server here sends that')
            options.onMessage(bytes, payload, frame, raw)
            break
          case opcode.ping:
            raw.write(frameOf(bytes.subarray(payload, frame), opcode.pong))
            break
          case opcode.close:
            closeCode = frame - payload >= 2 ? ((bytes[payload] ?? 0) << 8) | (bytes[payload + 1] ?? 0) : 1005
            socket.end(frameOf(bytes.subarray(payload, Math.min(frame, payload + 2)), opcode.close))
            break
          default:
            break
        }
        at = frame
      }
      return at
    }

    const late = setTimeout(
      () => fail(`no answer to the handshake within ${handshakeWithin / 1000} s`),
      handshakeWithin,
    )

    function fail(why: string) {
      clearTimeout(late)
      reject(new Error(`The server refused the socket for ${options.path.split('?')[0]}: ${why}`))
      socket.destroy()
    }

    socket.on('connect', () => {
      const headers = {
        Host: `127.0.0.1:${options.port}`,
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': 'Y2FiaWxkbyBiZW5jaCEhIQ==',
        ...options.headers,
      }
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
      socket.write(`GET ${options.path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
    })
    socket.on('error', (error) => {
      if (!greeted) reject(error)
    })
    socket.on('close', () => {
      closed = true
      clearTimeout(late)
      if (!greeted) reject(new Error('The server closed the socket during the handshake'))
      else options.onClose?.(closeCode)
    })
  })
}

/** Where the server's frame at `at` ends; 0 when its header is not whole. May lie beyond `end`. */
function frameEnd(bytes: Uint8Array, at: number, end: number): number {
  if (end - at < 2) return 0
  const short = (bytes[at + 1] ?? 0) & 127
  if (short < 126) return at + 2 + short
  if (short === 126) return end - at < 4 ? 0 : at + 4 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0))
  if (end - at < 10) return 0
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  return at + 10 + view.getUint32(at + 2) * 2 ** 32 + view.getUint32(at + 6)
}
