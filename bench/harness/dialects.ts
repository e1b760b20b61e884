/**
 * How each server's messages look: y-protocols' sync messages, bare (y-websocket, ours, the relay) or behind the name
 * of the document (Hocuspocus).
 */
import * as encoding from 'lib0/encoding'

/** What a message of the server is, as far as a load generator needs to know. */
export const kind = { other: 0, question: 1, document: 2, update: 3, saved: 4 } as const
export type Kind = (typeof kind)[keyof typeof kind]

/** Where the Yjs update of the message last read lies or, of `saved`, the count it carries. */
export const found = { start: 0, end: 0, saved: 0 }

/** Makes and reads the messages of one kind of server. */
export interface Dialect {
  /** What a client sends on an open socket to get the whole document. */
  greeting(room: string): Uint8Array[]
  /** The answer to the server's question for what we have: nothing. */
  nothing(room: string): Uint8Array
  /** What stands before the length and bytes of an update. */
  updatePrefix(room: string): Uint8Array
  /** Tells what a message is and sets `found`. */
  read(bytes: Uint8Array, start: number, end: number): Kind
}

const sync = 0
const savedCount = 100
const emptyUpdate = new Uint8Array([0, 0])
const emptyVector = new Uint8Array([0])

/** y-protocols over a socket of one document: y-websocket, Cabildo, and what the relay is sent. */
export const yProtocol: Dialect = {
  greeting: () => [message('', sync, 0, emptyVector)],
  nothing: () => message('', sync, 1, emptyUpdate),
  updatePrefix: () => new Uint8Array([sync, 2]),
  read(bytes, start, end) {
    if (bytes[start] === sync) return readSync(bytes, start + 1, end)
    if (bytes[start] !== savedCount) return kind.other
    found.saved = readVarUint(bytes, start + 1)
    return kind.saved
  },
}

const auth = 2
const syncReply = 4

/** Hocuspocus: each message begins with the document's name; a token comes before anything else. */
export const hocuspocus: Dialect = {
  greeting: (room) => [
    encoding.encode((encoder) => {
      encoding.writeVarString(encoder, room)
      encoding.writeVarUint(encoder, auth)
      encoding.writeVarUint(encoder, 0)
      encoding.writeVarString(encoder, 'bench')
      encoding.writeVarString(encoder, '4.7.0')
    }),
    message(room, sync, 0, emptyVector),
  ],
  nothing: (room) => message(room, sync, 1, emptyUpdate),
  updatePrefix: (room) => message(room, sync, 2, new Uint8Array()).slice(0, -1),
  read(bytes, start, end) {
    const length = readVarUint(bytes, start)
    const at = after + length
    return bytes[at] === sync || bytes[at] === syncReply ? readSync(bytes, at + 1, end) : kind.other
  },
}

function message(room: string, type: number, step: number, content: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    if (room) encoding.writeVarString(encoder, room)
    encoding.writeVarUint(encoder, type)
    encoding.writeVarUint(encoder, step)
    encoding.writeVarUint8Array(encoder, content)
  })
}

function readSync(bytes: Uint8Array, at: number, end: number): Kind {
  const step = bytes[at]
  if (step === 0) return kind.question
  readVarUint(bytes, at + 1)
  found.start = after
  found.end = end
  return step === 1 ? kind.document : kind.update
}

/** Where the number last read ended. */
let after = 0

function readVarUint(bytes: Uint8Array, start: number): number {
  let value = 0
  let factor = 1
  let at = start
  for (;;) {
    const byte = bytes[at++] ?? 0
    value += (byte & 127) * factor
    if (byte < 128) break
    factor *= 128
  }
  after = at
  return value
}
