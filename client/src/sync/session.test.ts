import { once } from 'node:events'
import type { CloseReason } from '@cabildo/protocol/room/close'
import { closeCodes } from '@cabildo/protocol/room/close'
import { messageType, syncType } from '@cabildo/protocol/room/messages'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { afterEach, expect, test, vi } from 'vitest'
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws'
import { readSyncMessage, writeSyncStep1 } from 'y-protocols/sync'
import * as Y from 'yjs'
import { createKeptIndex } from './kept-index.ts'
import { type DocumentSession, openDocument } from './session.ts'
import type { DraftReason } from './settle.ts'
import type { Store } from './store.ts'

/**
 * A room as a client sees it, over a real socket: it takes every edit, and tells that it is committed only while
 * `commits` is on. Nothing else of the real one is here.
 */
async function createRoom() {
  const doc = new Y.Doc()
  const addresses: URL[] = []
  const connections = new Set<{ socket: ServerSocket; handled: number }>()
  let commits = true

  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [new Y.XmlText('')])
  doc.getXmlFragment('problem').insert(0, [paragraph])

  /** Tells every connection how much of it is committed. */
  const tell = () => {
    if (!commits) return
    for (const { socket, handled } of connections)
      socket.send(message(messageType.saved, (encoder) => encoding.writeVarUint(encoder, handled)))
  }
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  server.on('connection', (socket, request) => {
    addresses.push(new URL(request.url ?? '', 'http://room'))
    const connection = { socket, handled: 0 }
    connections.add(connection)
    socket.on('close', () => connections.delete(connection))
    socket.on('message', (data: Buffer) => {
      const decoder = decoding.createDecoder(new Uint8Array(data))
      if (decoding.readVarUint(decoder) !== messageType.sync) return
      const kind = data[1]
      const answer = message(messageType.sync, (encoder) => {
        readSyncMessage(decoder, encoder, doc, socket)
      })
      if (answer.length > 1) socket.send(answer)
      if (kind === syncType.step1) return
      connection.handled += 1
      tell()
    })
    socket.send(message(messageType.sync, (encoder) => writeSyncStep1(encoder, doc)))
  })
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('not listening')

  return {
    doc,
    addresses,
    url: `ws://127.0.0.1:${address.port}/rooms`,
    /** From now on nothing is told to be committed; the answer tells all of it. */
    hold() {
      commits = false
      return () => {
        commits = true
        tell()
      }
    },
    say(type: number, value: number) {
      for (const { socket } of connections)
        socket.send(message(type, (encoder) => encoding.writeVarUint(encoder, value)))
    },
    tellNews(topic: string) {
      for (const { socket } of connections)
        socket.send(message(messageType.news, (encoder) => encoding.writeVarString(encoder, topic)))
    },
    cut() {
      for (const { socket } of connections) socket.terminate()
    },
    close(reason: CloseReason) {
      for (const { socket } of connections) socket.close(closeCodes[reason], reason)
    },
    stop() {
      for (const { socket } of connections) socket.terminate()
      server.close()
    },
  }
}

function message(type: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, type)
  write(encoder)
  return encoding.toUint8Array(encoder)
}

const cleanUps: (() => void)[] = []
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp()
})

/** A room and one person in it. */
async function world(page: NonNullable<Parameters<typeof openDocument>[0]['page']> = new EventTarget()) {
  const room = await createRoom()
  const drafts: { text: string; reason: DraftReason }[] = []
  const data = new Map<string, string>()
  const index = createKeptIndex(
    {
      getItem: (key) => data.get(key) ?? null,
      setItem: (key, value) => void data.set(key, value),
      removeItem: (key) => void data.delete(key),
      key: (at) => [...data.keys()][at] ?? null,
      get length() {
        return data.size
      },
    },
    Date.now,
  )
  const me = { id: 'ana', name: 'Ana', group: null }
  const document = {
    id: 'document',
    epoch: 1,
    status: 'open',
    may: { edit: true, saveVersion: true, restore: true, writeFor: false, propose: true },
    me,
  }
  const session = openDocument({
    // The ids are brands of plain text, which nothing here looks into.
    document: document as unknown as Parameters<typeof openDocument>[0]['document'],
    roomsUrl: room.url,
    schema: 'sha256:x',
    index,
    handIn: async (state, reason) => {
      const doc = new Y.Doc()
      Y.applyUpdate(doc, state)
      drafts.push({ text: textOf(doc).toString(), reason })
      return 'draft'
    },
    page,
    random: () => 0,
  })
  cleanUps.push(() => {
    session.destroy()
    room.stop()
  })
  const waiting = () => index.pending({ documentId: document.id, userId: me.id, epoch: document.epoch })
  return { room, session, drafts, waiting, page }
}

function textOf(doc: Y.Doc): Y.XmlText {
  const paragraph = doc.getXmlFragment('problem').get(0)
  const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : undefined
  if (!(text instanceof Y.XmlText)) throw new Error('no text yet')
  return text
}
const type = (session: DocumentSession, words: string) => textOf(session.doc).insert(textOf(session.doc).length, words)

/** Resolves when a store's value is as wanted. */
function until<Value>(store: Store<Value>, wanted: (value: Value) => boolean): Promise<Value> {
  return new Promise((resolve) => {
    const look = () => {
      if (!wanted(store.get())) return
      stop()
      resolve(store.get())
    }
    const stop = store.subscribe(look)
    look()
  })
}
const saved = (session: DocumentSession) => until(session.status, ({ state }) => state === 'saved')

test('saved is said when the room has told that it is committed, not when it was sent', async () => {
  const { room, session } = await world()
  await saved(session)
  expect(session.ready.get()).toBe(true)

  const letGo = room.hold()
  type(session, 'Hay baches.')
  expect(session.status.get()).toMatchObject({ state: 'saving', pending: 1 })
  await new Promise<void>((resolve) => room.doc.once('update', () => resolve()))
  expect(session.status.get().state).toBe('saving')
  letGo()
  await saved(session)
  expect(textOf(room.doc).toString()).toBe('Hay baches.')
})

test('where letters are drawn, those before one picture are sent as one after it, and are pending from the key on', async () => {
  const pictures: FrameRequestCallback[] = []
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => pictures.push(callback))
  const givenUp = vi.fn()
  vi.stubGlobal('cancelAnimationFrame', givenUp)
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' as const })
  const { room, session, page } = await world(Object.assign(new EventTarget(), { document }))
  const updates: Uint8Array[] = []
  const reach = (count: number) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (updates.length >= count) resolve()
      }
      room.doc.on('update', look)
      look()
    })
  try {
    await saved(session)
    room.doc.on('update', (update: Uint8Array) => updates.push(update))
    type(session, 'Hay ')
    type(session, 'baches')
    expect(session.status.get()).toMatchObject({ state: 'saving', pending: 2, guard: true })
    expect(pictures).toHaveLength(1)
    pictures[0]?.(0)
    await saved(session)
    expect([updates.length, textOf(room.doc).toString()]).toEqual([1, 'Hay baches'])

    // Left before it is drawn.
    type(session, '.')
    page.dispatchEvent(new Event('pagehide'))
    await reach(2)
    expect(textOf(room.doc).toString()).toBe('Hay baches.')

    // A connection that is made meanwhile carries it, too.
    await saved(session)
    room.cut()
    await until(session.status, ({ state }) => state === 'reconnecting')
    type(session, ' Muchos.')
    await saved(session)
    expect(textOf(room.doc).toString()).toBe('Hay baches. Muchos.')
  } finally {
    // All but the first picture never come, and are waited for no longer.
    await vi.waitFor(() => expect(givenUp).toHaveBeenCalledTimes(pictures.length - 1))
    vi.unstubAllGlobals()
  }
})

test('what is written without a connection is handed in with the next one, whole', async () => {
  const { room, session } = await world()
  await saved(session)
  room.cut()
  await until(session.status, ({ state }) => state === 'reconnecting')
  type(session, 'Sin ')
  type(session, 'conexión.')
  expect(session.status.get()).toMatchObject({ pending: 2, guard: true })
  await saved(session)
  expect(textOf(room.doc).toString()).toBe('Sin conexión.')
  expect(room.addresses).toHaveLength(2)
})

test('text that a closed room has not taken becomes a draft, and the document may be opened anew', async () => {
  const { room, session, drafts } = await world()
  await saved(session)
  room.hold()
  type(session, 'Demasiado tarde.')
  room.close('frozen')
  expect(await until(session.ending, (ending) => ending?.kind === 'again')).toEqual({
    kind: 'again',
    reason: 'frozen',
    draftId: 'draft',
  })
  expect(drafts).toEqual([{ text: 'Demasiado tarde.', reason: 'frozen' }])
  expect(session.status.get().state).toBe('final')
})

test('what became a draft does not wait on this device any more', async () => {
  const { room, session, waiting } = await world()
  await saved(session)
  room.hold()
  // The first edit is counted at once, the second calmly: both counts must be gone, also the one that was to come.
  type(session, 'Demasiado')
  type(session, ' tarde.')
  expect(waiting().size).toBe(1)
  room.close('forbidden')
  await until(session.ending, (ending) => ending?.kind === 'again')
  session.destroy()
  expect([...waiting()]).toEqual([])
})

test('a page that is left right after everything was saved leaves no count behind', async () => {
  const { room, session, waiting, page } = await world()
  await saved(session)
  const release = room.hold()
  type(session, 'Un')
  type(session, ' momento.')
  expect(waiting().size).toBe(1)
  release()
  await saved(session)
  page.dispatchEvent(new Event('pagehide'))
  expect([...waiting()]).toEqual([])
  session.destroy()
})

test('nothing is handed in when the room has it all', async () => {
  const { room, session, drafts } = await world()
  await saved(session)
  room.close('forbidden')
  expect(await until(session.ending, (ending) => ending?.kind === 'again')).toMatchObject({ draftId: null })
  expect(drafts).toEqual([])
})

test('a session that ended, another program and a missing document are told apart', async () => {
  for (const [reason, kind] of [
    ['sign_in', 'signIn'],
    ['schema_mismatch', 'newProgram'],
    ['not_found', 'gone'],
  ] as const) {
    const { room, session } = await world()
    await saved(session)
    room.close(reason)
    expect((await until(session.ending, (ending) => ending !== null))?.kind).toBe(kind)
  }
})

test('a passing fault is no end', async () => {
  const { room, session } = await world()
  await saved(session)
  room.close('too_slow')
  await until(session.status, ({ state }) => state === 'reconnecting')
  await saved(session)
  expect(session.ending.get()).toBeNull()
})

test('a raised epoch goes along with the next connection', async () => {
  const { room, session } = await world()
  await saved(session)
  expect(session.restored.get()).toBe(false)
  room.say(messageType.epoch, 2)
  expect(await until(session.restored, (told) => told)).toBe(true)
  room.cut()
  await until(session.status, ({ state }) => state === 'reconnecting')
  await saved(session)
  const asked = room.addresses.map(({ pathname, searchParams }) => [pathname, ...searchParams.values()])
  expect(asked).toEqual([
    ['/rooms/document', 'ana', 'sha256:x', 'saved1,epoch1,news1', '1', 'edit'],
    ['/rooms/document', 'ana', 'sha256:x', 'saved1,epoch1,news1', '2', 'edit'],
  ])
})

test('what changed beside the text is told by its topic, and after every meeting that anything may have', async () => {
  const { room, session } = await world()
  const heard: (string | null)[] = []
  const stop = session.onNews((topic) => heard.push(topic))
  await saved(session)
  await vi.waitFor(() => expect(heard).toEqual([null]))
  room.tellNews('threads')
  await vi.waitFor(() => expect(heard).toEqual([null, 'threads']))
  room.cut()
  await until(session.status, ({ state }) => state === 'reconnecting')
  await saved(session)
  await vi.waitFor(() => expect(heard).toEqual([null, 'threads', null]))
  stop()
})

test('a fact is one edit, that can be undone; the same value is none', async () => {
  const { room, session } = await world()
  await saved(session)
  session.setFact('ogpId', 'PA0043')
  session.setFact('ogpId', 'PA0043')
  session.setFact('leadInstitution', '')
  session.setFact('periodStart', '0002-03-01')
  expect(session.status.get().pending).toBe(1)
  await saved(session)
  expect(room.doc.getMap('facts').toJSON()).toEqual({ ogpId: 'PA0043' })
  session.undo.undo()
  await saved(session)
  expect(room.doc.getMap('facts').toJSON()).toEqual({})
})
