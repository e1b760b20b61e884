/**
 * One open document in this page: its Y.Doc, the copy on this device, the connection to its room, who is here, undo.
 *
 *   load the local copy -> connect -> meet the server -> every edit: keep here, send, hear that it is committed
 *   refused for good -> hand in what the server may lack -> clear the local copy -> open anew from the server
 */
import type { DocumentOpening } from '@cabildo/protocol/http/api'
import { factAllowed, factsRoot } from '@cabildo/schema/rules'
import { shapeSaid } from '@cabildo/schema/templates/shapes'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { type AfterDrawing, createAfterDrawing, type OwnState, ownStateAfterDrawing } from './after-drawing.ts'
import {
  type ConnectionEffect,
  type ConnectionEvent,
  newConnection,
  next,
  type SaveStatus,
  sameStatus,
  statusOf,
} from './connection.ts'
import { type KeptIndex, type LocalName, sumOf } from './kept-index.ts'
import { clearLocal, isEmpty, openLocal, openNothing, readLocal } from './offline.ts'
import { type Present, presentPeople, samePeople } from './presence.ts'
import { connectRoom, type RoomConnection } from './provider.ts'
import { type DraftReason, type Ending, settle, startOf } from './settle.ts'
import { createStore, type Store, type WritableStore } from './store.ts'
import { createUndo, type DocumentUndo, type UndoRoot } from './undo.ts'

/** What of a document's description an open document needs; the last known one does when there is no network. */
export type OpenedDocument = Pick<DocumentOpening, 'id' | 'epoch' | 'status' | 'may' | 'me'> &
  Partial<Pick<DocumentOpening, 'template' | 'templateVersion'>>

/** Somebody for whom whoever runs a workshop types, by the name they gave there. */
export interface Behalf {
  id: string
  name: string
}

/** A document that is open in this page. Everything of it ends with `destroy`. */
export interface DocumentSession {
  readonly documentId: string
  readonly me: DocumentOpening['me']
  /** The person may write, as far as this page knows. The room asks again at every write. */
  readonly canEdit: boolean
  /** Whom everything here is typed for, when it is not for oneself. */
  readonly behalf: Behalf | undefined
  readonly doc: Y.Doc
  readonly awareness: Awareness
  /** What of `awareness` is this person's own, told a moment later: for what changes with every letter. */
  readonly ownState: OwnState
  /** For what need not be done before a letter that was typed is seen. */
  readonly afterDrawing: AfterDrawing
  /** The text is here, from this device or from the server: only now may it be shown and edited. */
  readonly ready: Store<boolean>
  readonly status: Store<SaveStatus>
  readonly people: Store<readonly Present[]>
  /** Set once the room has refused this page for good. */
  readonly ending: Store<Ending | null>
  /** Drafts that were kept from copies of an earlier epoch, found on this device. */
  readonly recovered: Store<readonly string[]>
  /** An earlier version became the text while it was open here; `restored.set(false)` once the person knows. */
  readonly restored: WritableStore<boolean>
  readonly undo: DocumentUndo
  /** The scalars of the document by key. Write with `setFact`. */
  readonly facts: Y.Map<unknown>
  /**
   * Writes one fact as an edit that can be undone; `null`, empty text and the empty list clear it. A value that the room
   * would refuse is not written: a half-typed date must not put anybody out.
   */
  setFact(key: string, value: unknown): void
  /** Tells the others which field (or fact) this person is in; null for none. */
  setField(field: string | null): void
  /** Calls back right before something of others is put into the document; answers how to stop. */
  onIncoming(listener: () => void): () => void
  /**
   * Calls back when something beside the text changed, with its topic (`threads`, …), and with null when anything may
   * have, since this page was away; answers how to stop.
   */
  onNews(listener: (topic: string | null) => void): () => void
  /** Tries again what ended as `stuck`. */
  settleAgain(): void
  destroy(): void
}

/** What the session needs from the world. */
export interface SessionOptions {
  document: OpenedDocument
  /**
   * Whom everything is typed for. The server asks whether that may be, again with every edit. Nothing of it is kept on this
   * device: it would be handed in under the typist's own name.
   */
  behalf?: Behalf | undefined
  /** Address of the rooms, `wss://host/rooms`. */
  roomsUrl: string
  /** Hash of the schema that this program speaks. */
  schema: string
  index: KeptIndex
  /** Hands a state in as a draft; answers its id, or null when the document already holds all of it. */
  handIn(state: Uint8Array, reason: DraftReason): Promise<string | null>
  /** The page, for its network and its coming back to view; undefined where there is none. */
  page: (EventTarget & { document?: EventTarget; navigator?: { onLine: boolean } }) | undefined
  random(): number
}

/** The local counts are written at once when the first edit is made, and at most this often after it. Milliseconds. */
const countEvery = 1000

/** Opens a document. The caller destroys the session. */
export function openDocument(options: SessionOptions): DocumentSession {
  const { document, index, page, behalf } = options
  const openCopy = behalf ? openNothing : openLocal
  const userId = document.me.id
  const doc = new Y.Doc()
  const awareness = new Awareness(doc)
  const facts = doc.getMap<unknown>(factsRoot)
  const roots = new Map<string, UndoRoot>([
    ...shapeSaid(document.template, document.templateVersion).fields.map(
      ({ name }) => [name, doc.getXmlFragment(name)] as const,
    ),
    [factsRoot, facts],
  ])
  const origin = Symbol('cabildo')
  const undo = createUndo(doc, roots, origin)
  const afterDrawing = createAfterDrawing(page)

  let destroyed = false
  let connection = newConnection({ online: page?.navigator?.onLine ?? true })
  const status = createStore<SaveStatus>(statusOf(connection), sameStatus)
  const ready = createStore(false)
  const ending = createStore<Ending | null>(null)
  const recovered = createStore<readonly string[]>([])
  const restored = createStore(false)
  const self = { clientId: doc.clientID, person: document.me }
  const people = createStore<readonly Present[]>(presentPeople(new Map(), self), samePeople)

  const incoming = new Set<() => void>()
  const news = new Set<(topic: string | null) => void>()
  const spread = (topic: string | null) => {
    for (const listener of news) listener(topic)
  }
  let name: LocalName = { documentId: document.id, userId, epoch: document.epoch }
  let room: RoomConnection | undefined
  let graceTimer: ReturnType<typeof setTimeout> | undefined

  const tell = (event: ConnectionEvent) => {
    if (destroyed) return
    const [after, effects] = next(connection, event)
    connection = after
    status.set(statusOf(connection))
    for (const effect of effects) carryOut(effect)
  }
  const carryOut = (effect: ConnectionEffect) => {
    if (effect.type === 'settle') return void end(effect.reason)
    clearTimeout(graceTimer)
    if (effect.type === 'wait') graceTimer = setTimeout(() => tell({ type: 'waited' }), effect.ms)
  }

  // Watched before y-websocket and y-indexeddb do, so that an edit is counted before anything is done with it.
  doc.on('update', (_update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
    if (!transaction.local) return
    tell({ type: 'edited' })
    counts.look()
    void keep()
  })
  const counts = countPending(index, () => name, doc.clientID, status)
  let local = openCopy(doc, name, index, afterDrawing)
  const known = index.pending(name)

  // One look at the database at a time; what came meanwhile needs one more.
  let keeping = false
  const keep = async () => {
    if (keeping) return
    keeping = true
    try {
      while (!destroyed && connection.kept < connection.edits) {
        const { edits } = connection
        await local.flushed()
        tell({ type: 'kept', edits })
      }
    } catch {
      // Not kept: the status keeps saying so, and the page warns before it closes.
    } finally {
      keeping = false
    }
  }

  const end = async (reason: NonNullable<SaveStatus['final']>) => {
    ending.set(startOf(reason) ?? null)
    room?.destroy()
    const result = await settle(reason, {
      pending: () => connection.edits - connection.committed,
      state: () => Y.encodeStateAsUpdate(doc),
      handIn: options.handIn,
      clearLocal: async () => {
        await local.clear()
        counts.forget()
      },
    })
    if (!destroyed) ending.set(result)
  }

  /** The room goes on under another epoch: this device's copy moves along, under its new name. */
  const moveTo = async (epoch: number) => {
    const before = local
    name = { ...name, epoch }
    local = openCopy(doc, name, index, afterDrawing)
    counts.startAnew()
    if (await local.loaded) await before.clear()
    else await before.close()
  }

  const show = () => people.set(presentPeople(awareness.getStates(), self))
  awareness.on('change', show)

  const stopListening = listen(page, {
    online: () => {
      tell({ type: 'network', online: true })
      room?.retryNow()
    },
    offline: () => {
      tell({ type: 'network', online: false })
      room?.probe()
    },
    seen: () => room?.retryNow(),
    // Otherwise the next page would believe that something still waits here.
    left: () => counts.now(),
  })

  const start = async () => {
    const had = await local.loaded
    if (destroyed) return
    if (sumOf(known) > 0) {
      // From now on they are this page's to hand in, and are counted under its name alone.
      tell({ type: 'found', edits: sumOf(known) })
      counts.look()
      index.settle(known)
    }
    if (had) ready.set(true)
    tell({ type: 'started' })
    room = connectRoom({
      url: options.roomsUrl,
      documentId: document.id,
      userId: document.me.id,
      behalfId: behalf?.id,
      doc,
      awareness,
      afterDrawing,
      schema: options.schema,
      epoch: name.epoch,
      writes: document.may.edit || sumOf(known) > 0,
      random: options.random,
      onEvent: (event) => {
        if (event.type === 'synced' && !isEmpty(doc)) ready.set(true)
        tell(event)
        if (event.type === 'synced') spread(null)
      },
      onIncoming: () => {
        for (const listener of incoming) listener()
      },
      onNews: spread,
      onEpoch: (epoch) => {
        if (epoch === name.epoch) return
        restored.set(true)
        void moveTo(epoch)
      },
    })
  }
  void start()
  void recover(options, (draftId) => recovered.set([...recovered.get(), draftId]))

  return {
    documentId: document.id,
    me: document.me,
    canEdit: document.may.edit && document.status === 'open',
    behalf,
    doc,
    awareness,
    ownState: ownStateAfterDrawing(awareness, afterDrawing),
    afterDrawing,
    ready,
    status,
    people,
    ending,
    recovered,
    restored,
    undo,
    facts,
    setFact(key, value) {
      if (!factAllowed(key, value ?? null)) return
      const now = facts.get(key)
      const empty =
        value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
      if (empty ? now === undefined : JSON.stringify(now) === JSON.stringify(value)) return
      doc.transact(() => (empty ? facts.delete(key) : facts.set(key, value)), origin)
    },
    setField(field) {
      if (awareness.getLocalState()?.field === field) return
      // Going to another field ends a step: what is undone is what one thinks of as one thing.
      undo.startStep()
      awareness.setLocalStateField('field', field)
    },
    onIncoming(listener) {
      incoming.add(listener)
      return () => {
        incoming.delete(listener)
      }
    },
    onNews(listener) {
      news.add(listener)
      return () => {
        news.delete(listener)
      }
    },
    settleAgain() {
      if (connection.final && ending.get()?.kind === 'stuck') void end(connection.final)
    },
    destroy() {
      if (destroyed) return
      try {
        afterDrawing.flush()
      } catch {
        // What this device could not keep is pending still, and was never told as kept.
      }
      counts.stop()
      destroyed = true
      clearTimeout(graceTimer)
      stopListening()
      room?.destroy()
      awareness.off('change', show)
      awareness.destroy()
      undo.destroy()
      void local.close()
      doc.destroy()
    },
  }
}

/**
 * Copies of other epochs on this device: the document was brought back from elsewhere while they were away. What of them
 * the server may lack becomes a kept draft; the rest is cleared. What fails stays and is tried when the document is
 * opened again.
 */
async function recover({ document, index, handIn }: SessionOptions, onDraft: (draftId: string) => void): Promise<void> {
  for (const held of index.held(document.me.id, document.id)) {
    if (held.epoch >= document.epoch) continue
    try {
      const draftId = held.pending > 0 ? await handIn(await readLocal(held, index), 'restored') : null
      await clearLocal(held, index)
      if (draftId) onDraft(draftId)
    } catch {
      // Kept as it is, see above.
    }
  }
}

/** Writes how many edits are pending into the index: the first at once, later counts and the way back to none calmly. */
function countPending(index: KeptIndex, name: () => LocalName, clientId: number, status: Store<SaveStatus>) {
  let written = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const write = () => {
    clearTimeout(timer)
    timer = undefined
    const { pending } = status.get()
    if (pending === written) return
    written = pending
    index.setPending(name(), clientId, pending)
  }
  const look = () => {
    if (status.get().pending === written) return
    if (written === 0) write()
    else timer ??= setTimeout(write, countEvery)
  }
  const unsubscribe = status.subscribe(look)
  return {
    look,
    now: write,
    /** The copy has another name from now on, and nothing is written under it yet. */
    startAnew() {
      written = 0
      look()
    },
    /** The copy is gone, and what was written in it is answered for: nothing waits here, whatever this page remembers. */
    forget() {
      unsubscribe()
      clearTimeout(timer)
      written = status.get().pending
      index.setPending(name(), clientId, 0)
    },
    stop() {
      unsubscribe()
      write()
    },
  }
}

/** Hears the page's network, its coming back to view, and its end. Answers how to stop. */
function listen(
  page: SessionOptions['page'],
  on: { online: () => void; offline: () => void; seen: () => void; left: () => void },
): () => void {
  const seen = () => {
    if (globalThis.document?.visibilityState !== 'hidden') on.seen()
  }
  page?.addEventListener('online', on.online)
  page?.addEventListener('offline', on.offline)
  page?.addEventListener('pageshow', on.seen)
  page?.addEventListener('pagehide', on.left)
  page?.document?.addEventListener('visibilitychange', seen)
  return () => {
    page?.removeEventListener('online', on.online)
    page?.removeEventListener('offline', on.offline)
    page?.removeEventListener('pageshow', on.seen)
    page?.removeEventListener('pagehide', on.left)
    page?.document?.removeEventListener('visibilitychange', seen)
  }
}
