import { randomUUID } from 'node:crypto'
import * as Y from 'yjs'
import type { RoomServer } from '../../../server/src/rooms/registry.ts'
import type { Someone } from './factories.ts'
import { readFrame, step1Frame, step2Frame, textOf, updateFrame } from './room-clients.ts'

/** A person at a keyboard: a client of the rooms without a socket. */
export interface Typist {
  /** Their copy of the document. What is changed here is sent, unless they have left. */
  doc: Y.Doc
  /** Resolves when everything sent is committed. Rejects when the room closed the connection first. */
  saved(): Promise<void>
  /** Cuts the connection. Changes from now on stay in `doc`. */
  leave(): void
  /** Why the room closed the connection, if it did. */
  closed(): string | undefined
}

/** The roles that may write, as the room is told at the door. */
const writers = ['coordinator', 'facilitator', 'drafter']

/** Sits a person down at a document and waits until they have all of it. */
export async function sitDown(rooms: RoomServer, documentId: string, someone: Someone): Promise<Typist> {
  const { person, userId, sessionId, role } = someone
  const doc = new Y.Doc()
  let sent = 0
  let acknowledged = 0
  let synced = false
  let reason: string | undefined
  const watchers = new Set<() => void>()
  const look = () => {
    for (const watch of [...watchers]) watch()
  }
  const until = (done: () => boolean) =>
    new Promise<void>((resolve, reject) => {
      const watch = () => {
        if (reason === undefined && !done()) return
        watchers.delete(watch)
        if (done()) resolve()
        else reject(new Error(`the room closed the connection: ${reason}`))
      }
      watchers.add(watch)
      watch()
    })

  const connection = {
    id: randomUUID(),
    // The room finishes its turn before it is answered, as over a socket.
    send: (message: Uint8Array) => queueMicrotask(() => hear(message)),
    flush() {},
    close(why: string) {
      reason = why
      look()
    },
    get open() {
      return reason === undefined
    },
    pause() {},
    resume() {},
  }
  const send = (frame: Uint8Array) => {
    sent += 1
    rooms.receive(connection, frame)
  }
  const hear = (message: Uint8Array) => {
    const frame = readFrame(message)
    if (frame.type === 'step1') send(step2Frame(doc, frame.stateVector))
    if (frame.type === 'saved') acknowledged = frame.count
    if (frame.type === 'step2' || frame.type === 'update') Y.applyUpdate(doc, frame.update, connection)
    if (frame.type === 'step2') synced = true
    look()
  }
  const onUpdate = (update: Uint8Array, origin: unknown) => {
    if (origin !== connection) send(updateFrame(update))
  }

  const canWrite = writers.includes(role)
  const capabilities = new Set(['saved1'] as const)
  const member = { userId, sessionId, person, canWrite, expectsToWrite: false, capabilities }
  await rooms.join(connection, { documentId, member })
  doc.on('update', onUpdate)
  rooms.receive(connection, step1Frame(doc))
  await until(() => synced)

  return {
    doc,
    saved: () => until(() => acknowledged >= sent),
    leave() {
      doc.off('update', onUpdate)
      rooms.leave(connection)
    },
    closed: () => reason,
  }
}

/** Types `words` at the end of a field's first paragraph. */
export function typeInto(doc: Y.Doc, field: string, words: string): void {
  doc.transact(() => {
    const text = textOf(doc, field)
    text.insert(text.length, words)
  })
}

/** Adds a paragraph at the end of a field. */
export function addParagraph(doc: Y.Doc, field: string, words: string): void {
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [new Y.XmlText(words)])
  doc.transact(() => doc.getXmlFragment(field).push([paragraph]))
}
