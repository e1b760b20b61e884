import { randomUUID } from 'node:crypto'
import { messageType, syncType } from '@cabildo/protocol/room/messages'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { messageYjsSyncStep2, readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync'
import * as Y from 'yjs'
import type { Connection, RoomPerson } from '../rooms/ports.ts'
import type { RoomServer } from '../rooms/registry.ts'
import type { Desk } from './play.ts'

/**
 * Brings somebody into a document's room as a client without a socket, and waits until they have all of it. From there
 * on everything is the room's own: its gate, its commits, its `saved`. Throws when the room lets them go.
 */
export async function sitDown(
  rooms: RoomServer,
  documentId: string,
  who: { userId: string; sessionId: string; person: RoomPerson },
): Promise<Desk> {
  const doc = new Y.Doc()
  let sent = 0
  let saved = 0
  let synced = false
  let dismissal: string | undefined
  const waiting = new Set<() => void>()
  const look = () => {
    for (const each of [...waiting]) each()
  }

  const connection: Connection = {
    id: randomUUID(),
    // Heard in a turn of its own, as over a socket: the room must finish speaking before it is answered.
    send: (message) => queueMicrotask(() => hear(message)),
    flush: () => undefined,
    close(reason) {
      dismissal = reason
      look()
    },
    get open() {
      return dismissal === undefined
    },
    pause: () => undefined,
    resume: () => undefined,
  }

  function until(condition: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = () => {
        if (dismissal === undefined && !condition()) return
        waiting.delete(check)
        if (dismissal === undefined) resolve()
        else reject(new Error(`the room closed the demo's connection: ${dismissal}`))
      }
      waiting.add(check)
      check()
    })
  }

  function say(write: (encoder: encoding.Encoder) => void): void {
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, messageType.sync)
    write(encoder)
    rooms.receive(connection, encoding.toUint8Array(encoder))
  }

  function hear(message: Uint8Array): void {
    const decoder = decoding.createDecoder(message)
    const type = decoding.readVarUint(decoder)
    if (type === messageType.saved) saved = decoding.readVarUint(decoder)
    if (type === messageType.sync) {
      const answer = encoding.createEncoder()
      encoding.writeVarUint(answer, messageType.sync)
      const kind = readSyncMessage(decoder, answer, doc, connection)
      if (kind === messageYjsSyncStep2) synced = true
      if (kind === syncType.step1) {
        sent += 1
        rooms.receive(connection, encoding.toUint8Array(answer))
      }
    }
    look()
  }

  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === connection) return
    sent += 1
    say((encoder) => writeUpdate(encoder, update))
  })
  const member = { ...who, canWrite: true, expectsToWrite: true, capabilities: new Set(['saved1'] as const) }
  await rooms.join(connection, { documentId, member })
  say((encoder) => writeSyncStep1(encoder, doc))
  await until(() => synced)

  return {
    doc,
    saved: () => until(() => saved >= sent),
    sees: (other) => until(() => holds(doc, other)),
    leave() {
      rooms.leave(connection)
      doc.destroy()
    },
  }
}

/** Whether `doc` has everything that `other` has. */
function holds(doc: Y.Doc, other: Y.Doc): boolean {
  const known = Y.decodeStateVector(Y.encodeStateVector(doc))
  return [...Y.decodeStateVector(Y.encodeStateVector(other))].every(
    ([client, clock]) => (known.get(client) ?? 0) >= clock,
  )
}
