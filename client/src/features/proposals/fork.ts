import type { Proposal } from '@cabildo/protocol/http/proposals'
import { factOf, fieldOf } from '@cabildo/schema/content'
import { applyHunks } from '@cabildo/schema/hunks/apply'
import { hunksOfField } from '@cabildo/schema/hunks/compare'
import { type Hunk, saysSame } from '@cabildo/schema/hunks/hunk'
import { factAllowed, factsRoot } from '@cabildo/schema/rules'
import { shapeOf } from '@cabildo/schema/templates/shapes'
import { fromBase64, toBase64 } from 'lib0/buffer'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { DocumentSession } from '../../sync/session.ts'
import { createUndo, type UndoRoot } from '../../sync/undo.ts'
import { openHunk } from './open-hunk.ts'

/** A copy of an open document to write proposals on. Nothing of it is ever sent; the document's edits come into it. */
export interface Fork {
  /** What the form is drawn with in the document's place. */
  session: DocumentSession
  /** What makes of the document what the copy says now. */
  hunks(): Hunk[]
  /** Puts what one proposed before on a copy that says nothing else yet; what does not fit any more is left out. */
  begin(proposal: Pick<Proposal, 'hunks'>): void
  /** Calls back after the copy changed; answers how to stop. */
  onChange(listener: () => void): () => void
  /** These hunks, as JSON, were sent: forgets what was kept, unless something else was written since; says whether it did. */
  sent(hunks: string): boolean
  /** Forgets what was kept of it in this tab. */
  forget(): void
  destroy(): void
}

/**
 * Copies what is open. What was written on such a copy before in this tab, under `name`, is on it again: a page that is
 * loaded anew loses nothing, and a closed tab leaves nothing on a shared device.
 */
export function createFork(live: DocumentSession, name: string, storage: Storage = sessionStorage): Fork {
  const doc = new Y.Doc()
  const shape = shapeOf(live.doc)
  const roots = new Map<string, UndoRoot>([
    ...shape.fields.map((field) => [field.name, doc.getXmlFragment(field.name)] as const),
    [factsRoot, doc.getMap(factsRoot)],
  ])
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(live.doc), live)
  recall(doc, storage.getItem(name))
  const origin = Symbol('proposal')
  const undo = createUndo(doc, roots, origin)
  const awareness = new Awareness(doc)
  awareness.setLocalState(null)
  const facts = doc.getMap<unknown>(factsRoot)
  const incoming = new Set<() => void>()

  const follow = (update: Uint8Array) => {
    for (const listener of incoming) listener()
    Y.applyUpdate(doc, update, live)
  }
  live.doc.on('update', follow)
  /** What the copy said when something was last put on it for its writer. */
  let begun = '[]'
  let isOwn = false
  const keep = (_update: Uint8Array, from: unknown) => {
    if (from === live) return
    isOwn = true
    const own = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(live.doc))
    try {
      storage.setItem(name, toBase64(own))
    } catch {
      // No room in this tab: it is kept in the page alone.
    }
  }
  doc.on('update', keep)

  const session: DocumentSession = {
    ...live,
    canEdit: true,
    doc,
    awareness,
    ownState: awareness,
    undo,
    facts,
    setFact(key, value) {
      if (!factAllowed(key, value ?? null)) return
      const empty =
        value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
      if (empty ? !facts.has(key) : saysSame(facts.get(key) ?? null, value)) return
      doc.transact(() => (empty ? facts.delete(key) : facts.set(key, value)), origin)
    },
    // Nobody is told where one is while one writes for oneself.
    setField: () => undo.startStep(),
    onIncoming(listener) {
      incoming.add(listener)
      return () => void incoming.delete(listener)
    },
  }
  const fork: Fork = {
    session,
    hunks: () => [
      ...shape.fields.flatMap((field) => hunksOfField(live.doc, field.name, fieldOf(doc, field.name, field.kind))),
      ...shape.facts.flatMap(({ key }): Hunk[] => {
        const [before, after] = [factOf(live.doc, key), factOf(doc, key)]
        return saysSame(before, after) ? [] : [{ target: 'fact', key, before, after }]
      }),
    ],
    begin({ hunks }) {
      if (storage.getItem(name) !== null) return
      doc.transact(() => {
        for (const hunk of hunks.flatMap(openHunk)) applyHunks(doc, [hunk])
      }, origin)
      begun = JSON.stringify(fork.hunks())
    },
    onChange(listener) {
      doc.on('update', listener)
      return () => doc.off('update', listener)
    },
    sent(hunks) {
      if (JSON.stringify(fork.hunks()) !== hunks) return false
      fork.forget()
      return true
    },
    forget: () => storage.removeItem(name),
    destroy() {
      live.doc.off('update', follow)
      // Nobody would miss what says no more than there was: it is not kept as something that is unsent.
      if (isOwn && doc.store.pendingStructs === null && JSON.stringify(fork.hunks()) === begun) fork.forget()
      awareness.destroy()
      undo.destroy()
      doc.destroy()
    },
  }
  return fork
}

function recall(doc: Y.Doc, kept: string | null): void {
  if (kept === null) return
  try {
    Y.applyUpdate(doc, fromBase64(kept), 'kept')
  } catch {
    // It was not written by this program; the copy is the text as it stands.
  }
}
