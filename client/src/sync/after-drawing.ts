/**
 * Work for which the picture of a letter must not wait: keeping it on this device, sending it, telling the others where
 * the cursor is. Each takes as long as the letter itself, and a cheap phone draws the letter a picture later for it.
 */
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'

/** The work of one page that waits for its pictures. */
export interface AfterDrawing {
  /** Does `work` once the page is drawn as it is now, in the order it was asked for; at once where nothing is drawn. */
  take(work: () => void): void
  /** Does at once what waits. */
  flush(): void
}

/** Before whoever writes something more at that moment: what is sent must not be taken to carry that too. */
const early = { capture: true }

/** What of a page this needs to know. */
type Page = EventTarget & { document?: EventTarget & { visibilityState?: DocumentVisibilityState } }

/** A browser that draws nothing, as of a window under another one, asks for no picture. Milliseconds. */
const patience = 100

/**
 * Work of one page. Nothing waits while the page is out of sight, nor when it is left. `page` undefined: where nothing is
 * drawn. The caller ends it with `flush`, after which nothing is held.
 */
export function createAfterDrawing(
  page: Page | undefined,
  later: { drawn: (callback: () => void) => void; soon: (callback: () => void) => void } = browser,
): AfterDrawing {
  const waiting: (() => void)[] = []
  const flush = () => {
    page?.removeEventListener('pagehide', flush, early)
    page?.document?.removeEventListener('visibilitychange', flush, early)
    try {
      waiting.shift()?.()
    } finally {
      // What one piece throws keeps no other back.
      if (waiting.length > 0) flush()
    }
  }
  // Each in a task of its own: the next picture may come between them.
  const step = () => {
    if (waiting.length <= 1) return flush()
    try {
      waiting.shift()?.()
    } finally {
      later.soon(step)
    }
  }
  return {
    take(work) {
      waiting.push(work)
      if (page?.document?.visibilityState !== 'visible') return flush()
      if (waiting.length > 1) return
      page.addEventListener('pagehide', flush, early)
      page.document.addEventListener('visibilitychange', flush, early)
      later.drawn(step)
    },
    flush,
  }
}

/**
 * Hands what changes a document on to `take` after drawing, as one update whatever came meanwhile; what `owner` itself put
 * into the document is not for it. Answers how to stop, which hands the rest on.
 */
export function updatesAfterDrawing(
  doc: Y.Doc,
  { take: takeTurn }: AfterDrawing,
  owner: unknown,
  take: (update: Uint8Array) => void,
): () => void {
  let waiting: Uint8Array[] = []
  const hand = () => {
    const [first, ...more] = waiting
    waiting = []
    if (first) take(more.length > 0 ? Y.mergeUpdates([first, ...more]) : first)
  }
  const hear = (update: Uint8Array, origin: unknown) => {
    if (origin === owner) return
    waiting.push(update)
    if (waiting.length === 1) takeTurn(hand)
  }
  doc.on('update', hear)
  return () => {
    doc.off('update', hear)
    hand()
  }
}

/** What one tells the others of oneself. */
export type OwnState = Pick<Awareness, 'getLocalState' | 'setLocalStateField'>

/** Tells the others after drawing, of each thing the last word; whoever asks meanwhile hears what will be told. */
export function ownStateAfterDrawing(awareness: OwnState, { take: takeTurn }: AfterDrawing): OwnState {
  const waiting = new Map<string, unknown>()
  const tell = () => {
    const now = [...waiting]
    waiting.clear()
    for (const [key, value] of now) awareness.setLocalStateField(key, value)
  }
  return {
    getLocalState() {
      const state = awareness.getLocalState()
      return state && waiting.size > 0 ? { ...state, ...Object.fromEntries(waiting) } : state
    },
    setLocalStateField(key, value) {
      waiting.set(key, value)
      if (waiting.size === 1) takeTurn(tell)
    },
  }
}

const browser = {
  /** Calls back in the first task after the next picture. */
  drawn(callback: () => void) {
    const timer = setTimeout(() => {
      cancelAnimationFrame(picture)
      callback()
    }, patience)
    const picture = requestAnimationFrame(() => {
      clearTimeout(timer)
      setTimeout(callback)
    })
  },
  soon: (callback: () => void) => void setTimeout(callback),
}
