/**
 * Typing, as Yjs v1 updates, written and read without a Y.Doc: a load generator that applied every update to a document
 * of each of its clients would measure itself. The tests hold both directions against Yjs.
 *
 * Every client has a place of its own in one paragraph of the field `problem`: `paragraphWithPlaces` lays down one `|`
 * more than there are clients, and client n types between the n-th `|` and the next. The references of its updates are
 * those an editor would send, so that a server which checks them can.
 */
import * as Y from 'yjs'

/** Lays down the paragraph. Its items: the paragraph, its text, then the marks from clock 2 on. */
export const layer = 0x80000000
const firstMark = 2

/** The Yjs client id of the n-th client of a room, from 0. All of them take the five bytes that most real ids take. */
export const clientIdOf = (member: number) => layer + 1 + member

/** The place of a client id in its room; negative for one that is none of its clients. */
export const memberOf = (clientId: number) => clientId - layer - 1

/** The update that makes the paragraph with a place for each of `members` clients. */
export function paragraphWithPlaces(members: number): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = layer
  const paragraph = new Y.XmlElement('paragraph')
  const text = new Y.XmlText()
  doc.getXmlFragment('problem').push([paragraph])
  paragraph.push([text])
  text.insert(0, '|'.repeat(members + 1))
  return Y.encodeStateAsUpdate(doc)
}

/** The most bytes one typed character takes as an update. */
export const typedBytes = 40

/**
 * Writes the update for the `clock`-th character of a member's run (from 0) at `at` and answers the end. The letter
 * follows from the clock, so that the same run is the same text on every server.
 */
export function writeTyped(into: Uint8Array, at: number, member: number, clock: number): number {
  const clientId = clientIdOf(member)
  let end = at
  into[end++] = 1 // clients
  into[end++] = 1 // structs
  end = writeVarUint(into, end, clientId)
  end = writeVarUint(into, end, clock)
  into[end++] = 0b1100_0100 // has an origin and a right origin; content is a string
  if (clock === 0) {
    end = writeVarUint(into, end, layer)
    end = writeVarUint(into, end, firstMark + member)
  } else {
    end = writeVarUint(into, end, clientId)
    end = writeVarUint(into, end, clock - 1)
  }
  end = writeVarUint(into, end, layer)
  end = writeVarUint(into, end, firstMark + member + 1)
  into[end++] = 1 // length of the string
  into[end++] = clock % 6 === 5 ? 0x20 : 0x61 + (clock % 26)
  into[end++] = 0 // nothing deleted
  return end
}

/** Writes a varuint as lib0 does and answers the end. */
export function writeVarUint(into: Uint8Array, at: number, value: number): number {
  let end = at
  let rest = value
  while (rest > 127) {
    into[end++] = 0x80 | (rest % 128)
    rest = Math.floor(rest / 128)
  }
  into[end++] = rest
  return end
}

/** Hears of each run an update holds: `length` clock units of `clientId` from `clock` on. */
export type RunListener = (clientId: number, clock: number, length: number) => void

const utf8 = new TextDecoder()
let cursor = 0

/** Reads the runs of a Yjs v1 update from `start` on. Deleted ranges are not told. Throws when it is not one. */
export function readRuns(bytes: Uint8Array, start: number, end: number, onRun: RunListener): void {
  cursor = start
  const clients = readVarUint(bytes)
  for (let i = 0; i < clients; i++) {
    const structs = readVarUint(bytes)
    const clientId = readVarUint(bytes)
    let clock = readVarUint(bytes)
    let from = clock
    for (let j = 0; j < structs; j++) {
      const info = bytes[cursor++] ?? 0
      const kind = info & 0b11111
      if (kind === 10) {
        // A gap: what came before it is one run, what comes after another.
        if (clock > from) onRun(clientId, from, clock - from)
        clock += readVarUint(bytes)
        from = clock
      } else if (kind === 0) {
        clock += readVarUint(bytes)
      } else if (kind === 4 && (info & 0b1100_0000) !== 0) {
        if (info & 0b1000_0000) {
          readVarUint(bytes)
          readVarUint(bytes)
        }
        if (info & 0b0100_0000) {
          readVarUint(bytes)
          readVarUint(bytes)
        }
        const length = readVarUint(bytes)
        clock += utf16Length(bytes, cursor, length)
        cursor += length
      } else {
        readRunsWithYjs(bytes.subarray(start, end), onRun)
        return
      }
    }
    if (clock > from) onRun(clientId, from, clock - from)
  }
  if (cursor >= end) throw new Error('The update ends too early')
}

/** For what typing does not make (nodes, formats): slow and complete. May tell a run twice. */
function readRunsWithYjs(update: Uint8Array, onRun: RunListener): void {
  for (const struct of Y.decodeUpdate(update).structs) {
    if (!(struct instanceof Y.Skip)) onRun(struct.id.client, struct.id.clock, struct.length)
  }
}

function readVarUint(bytes: Uint8Array): number {
  let value = 0
  let factor = 1
  for (;;) {
    const byte = bytes[cursor++]
    if (byte === undefined) throw new Error('The update ends too early')
    value += (byte & 127) * factor
    if (byte < 128) return value
    factor *= 128
  }
}

function utf16Length(bytes: Uint8Array, at: number, length: number): number {
  for (let i = at; i < at + length; i++) {
    if ((bytes[i] ?? 0) > 127) return utf8.decode(bytes.subarray(at, at + length)).length
  }
  return length
}
