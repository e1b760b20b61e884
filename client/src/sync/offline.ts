/**
 * The copy of a document on this device: y-indexeddb under a name that carries user and epoch, so that nobody's edits
 * are handed in by another person, nor into a document that was brought back from elsewhere (editor.md 4).
 */
import { clearDocument, IndexeddbPersistence } from 'y-indexeddb'
import * as Y from 'yjs'
import { type AfterDrawing, createAfterDrawing, updatesAfterDrawing } from './after-drawing.ts'
import { databaseName, type Held, type KeptIndex, type LocalName } from './kept-index.ts'
import { writingOf } from './kept-writing.ts'

/** An open local copy. */
export interface LocalCopy {
  readonly name: LocalName
  /** Resolves when what was kept is in the document: true when there was something. False also when nothing can be kept. */
  readonly loaded: Promise<boolean>
  /** Resolves when everything written so far is stored; rejects when it could not be. */
  flushed(): Promise<void>
  /** Stops writing and lets go of the database; what is kept stays. */
  close(): Promise<void>
  /** Stops and deletes what is kept. */
  clear(): Promise<void>
}

/** A browser that never answers must not keep the document closed. Milliseconds. */
const patience = 3000

/** In place of a local copy where nothing is kept on this device: nothing is loaded, and nothing ever counts as kept. */
export function openNothing(_doc: Y.Doc, name: LocalName): LocalCopy {
  return {
    name,
    loaded: Promise.resolve(false),
    flushed: () => Promise.reject(new Error('nothing is kept on this device')),
    close: async () => {},
    clear: async () => {},
  }
}

/** Opens the local copy of a document: loads what is kept into `doc` and keeps every change of it from now on. */
export function openLocal(doc: Y.Doc, name: LocalName, index: KeptIndex, afterDrawing: AfterDrawing): LocalCopy {
  if (!('indexedDB' in globalThis)) return openNothing(doc, name)
  const persistence = new IndexeddbPersistence(databaseName(name), doc)
  let broken: unknown
  const database = persistence._db.then((db: IDBDatabase) => {
    // Errors of every request bubble up to the database: a full disk, a browser that cleans up.
    db.addEventListener('abort', (event) => {
      broken = event
    })
    // Another tab deletes this copy, or the browser closes it, as when its data is cleared. y-indexeddb would go on writing
    // into a closed database, and throw at every key.
    for (const gone of ['versionchange', 'close'] as const) {
      db.addEventListener(gone, (event) => {
        broken = event
        persistence.db = null
      })
    }
    return db
  })
  database.catch((error: unknown) => {
    broken = error ?? true
  })
  index.hold(name)
  doc.off('update', persistence._storeUpdate)
  const stop = updatesAfterDrawing(doc, afterDrawing, persistence, (update) => persistence._storeUpdate(update, null))
  const close = () => {
    stop()
    return persistence.destroy()
  }

  return {
    name,
    loaded: Promise.race([
      persistence.whenSynced.then(() => !isEmpty(doc)),
      database.then(
        () => new Promise<never>(() => {}),
        () => false,
      ),
      new Promise<boolean>((resolve) => setTimeout(resolve, patience, false)),
    ]),
    async flushed() {
      const db = await database
      await new Promise<void>((resolve) => afterDrawing.take(resolve))
      // A transaction on the same store begins when those before it have ended.
      await new Promise<void>((resolve, reject) => {
        const transaction = db.transaction('updates', 'readonly')
        const request = transaction.objectStore('updates').count()
        request.onsuccess = () => resolve()
        request.onerror = () => reject(request.error)
      })
      if (broken) throw new Error('the local copy cannot be written', { cause: broken })
    },
    close: async () => {
      await close()
    },
    clear: async () => {
      await close()
      await clearDocument(databaseName(name))
      index.release(name)
    },
  }
}

/** Says whether a document has nothing in it, as before its first meeting with the server. */
export const isEmpty = (doc: Y.Doc): boolean => doc.store.clients.size === 0

/** Reads a local copy without keeping it open: the whole state as one update. */
export async function readLocal(name: LocalName, index: KeptIndex): Promise<Uint8Array> {
  const doc = new Y.Doc()
  const copy = openLocal(doc, name, index, createAfterDrawing(undefined))
  await copy.loaded
  const state = Y.encodeStateAsUpdate(doc)
  await copy.close()
  doc.destroy()
  return state
}

/** Deletes a local copy that is not open. */
export async function clearLocal(name: LocalName, index: KeptIndex): Promise<void> {
  if ('indexedDB' in globalThis) await clearDocument(databaseName(name))
  index.release(name)
}

/**
 * Forgets what this device keeps of a user, for signing out: every local copy, what they were proposing, and every
 * remembered answer. Copies with
 * edits that the server is not known to have are answered and stay, unless `evenUnsent`.
 */
export async function forgetUser(
  userId: string,
  index: KeptIndex,
  { evenUnsent = false }: { evenUnsent?: boolean } = {},
): Promise<Held[]> {
  const held = index.held(userId)
  const staying = evenUnsent ? [] : held.filter(({ pending }) => pending > 0)
  index.forget(userId)
  for (const name of Object.keys(sessionStorage))
    if (name.startsWith(writingOf(userId))) sessionStorage.removeItem(name)
  await Promise.all(held.filter((copy) => !staying.includes(copy)).map((copy) => clearLocal(copy, index)))
  return staying
}

/** Asks the browser not to clear this device's copies when space runs short. Answers whether it agreed. */
export async function keepForGood(): Promise<boolean> {
  const storage = globalThis.navigator?.storage
  if (!storage?.persist) return false
  return (await storage.persisted()) || storage.persist()
}
