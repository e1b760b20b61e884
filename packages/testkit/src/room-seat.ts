import { randomUUID } from 'node:crypto'
import { Awareness, applyAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { AccessReader, Connection } from '../../../server/src/rooms/ports.ts'
import type { RoomServer } from '../../../server/src/rooms/registry.ts'
import type { Someone } from './factories.ts'
import { awarenessFrame, readFrame, step1Frame, step2Frame, updateFrame } from './room-clients.ts'

/** Somebody in a room of this process, as a client without a socket. */
export interface RoomSeat {
  doc: Y.Doc
  /** What the room stamped into the presence of the others, by client id. */
  readonly seen: ReadonlyMap<number, { user?: Record<string, unknown> }>
  /** What the room told to have changed beside the text. */
  readonly news: readonly string[]
  /** Why the room let them go; undefined while they are inside. */
  readonly dismissal: string | undefined
  /** Changes the document and sends it. */
  write(change: (doc: Y.Doc) => void): void
  /** Tells the others that one is here, `times` so far. */
  appear(): void
  leave(): void
}

/** Takes a seat by the rights of the moment; `edits`: to write, when these allow it. Throws when there are none. */
export async function takeSeat(
  rooms: RoomServer,
  access: AccessReader,
  { userId, sessionId }: Pick<Someone, 'userId' | 'sessionId'>,
  documentId: string,
  { edits = false }: { edits?: boolean } = {},
): Promise<RoomSeat> {
  const granted = await access.check({ userId, sessionId, documentId })
  if (granted.kind === 'refused') throw new Error(`no seat: ${granted.reason}`)
  const doc = new Y.Doc()
  const others = new Awareness(new Y.Doc())
  others.setLocalState(null)
  const news: string[] = []
  let dismissal: string | undefined
  let clock = 0
  const say = (frame: Uint8Array) => rooms.receive(connection, frame)

  function hear(message: Uint8Array): void {
    const frame = readFrame(message)
    if (frame.type === 'awareness') applyAwarenessUpdate(others, frame.payload, 'room')
    if (frame.type === 'news') news.push(frame.topic)
    if (frame.type === 'step1') say(step2Frame(doc, frame.stateVector))
    if (frame.type === 'step2' || frame.type === 'update') Y.applyUpdate(doc, frame.update, connection)
  }
  const connection: Connection = {
    id: randomUUID(),
    // Heard in a turn of its own, as over a socket.
    send: (message) => queueMicrotask(() => hear(message)),
    flush: () => undefined,
    close(reason) {
      dismissal ??= reason
    },
    get open() {
      return dismissal === undefined
    },
    pause: () => undefined,
    resume: () => undefined,
  }
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== connection) say(updateFrame(update))
  })
  const member = { userId, sessionId, person: granted.person, canWrite: granted.canWrite }
  await rooms.join(connection, {
    documentId,
    member: {
      ...member,
      expectsToWrite: edits && granted.canWrite,
      capabilities: new Set(['saved1', 'news1'] as const),
    },
  })
  say(step1Frame(doc))

  return {
    doc,
    news,
    seen: others.states as ReadonlyMap<number, { user?: Record<string, unknown> }>,
    get dismissal() {
      return dismissal
    },
    write: (change) => doc.transact(() => change(doc)),
    appear: () => say(awarenessFrame([{ client: doc.clientID, clock: ++clock, state: {} }])),
    leave() {
      rooms.leave(connection)
      others.destroy()
    },
  }
}
