import { ySyncPluginKey } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { createStore, type Store } from './store.ts'

/** What can be taken back now. */
export interface UndoState {
  readonly canUndo: boolean
  readonly canRedo: boolean
}

/** A text field, or the facts. */
export type UndoRoot = Y.XmlFragment | Y.Map<unknown>

/** One undo for the whole document: of one's own edits alone, in the order they were made, whatever the field. */
export interface DocumentUndo {
  readonly state: Store<UndoState>
  undo(): void
  redo(): void
  /** What follows is a new step, however soon it comes. */
  startStep(): void
  /** Tells the root that an undo or redo has changed, so that the page can go there. */
  onMoved(listener: (root: string) => void): () => void
  /** For an editor's own undo plugin: the same steps, but an editor that goes away does not take them along. */
  readonly manager: Y.UndoManager
  destroy(): void
}

/**
 * Watches the edits that editors make (their origin is y-tiptap's plugin key) and those made with `origin`. The kinds
 * of `roots` must be known to the document already.
 */
export function createUndo(doc: Y.Doc, roots: ReadonlyMap<string, UndoRoot>, origin: unknown): DocumentUndo {
  const manager = new Y.UndoManager([...roots.values()], {
    doc,
    trackedOrigins: new Set([ySyncPluginKey, origin]),
    captureTimeout: 500,
    // A paragraph into which somebody else has written since stays when the paragraph's making is undone.
    deleteFilter: (item) => !holdsText(item),
    captureTransaction: (transaction) => transaction.meta.get('addToHistory') !== false,
  })
  const state = createStore<UndoState>(
    { canUndo: false, canRedo: false },
    (a, b) => a.canUndo === b.canUndo && a.canRedo === b.canRedo,
  )
  const listeners = new Set<(root: string) => void>()
  const look = () => state.set({ canUndo: manager.canUndo(), canRedo: manager.canRedo() })
  manager.on('stack-item-added', look)
  manager.on('stack-cleared', look)
  manager.on('stack-item-popped', ({ changedParentTypes }) => {
    look()
    const changed = new Set<unknown>(changedParentTypes.keys())
    for (const [name, root] of roots) {
      if (!changed.has(root)) continue
      for (const listener of [...listeners]) listener(name)
      return
    }
  })

  // Every editor's plugin takes the manager for its own: it destroys it when the editor goes, and ends a step when
  // anything was drawn anew from elsewhere, which with a dozen editors is at every key.
  const destroy = manager.destroy.bind(manager)
  const stopCapturing = manager.stopCapturing.bind(manager)
  manager.destroy = () => {}
  manager.stopCapturing = () => {}

  return {
    state,
    manager,
    undo: () => void manager.undo(),
    redo: () => void manager.redo(),
    startStep: stopCapturing,
    onMoved(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    destroy,
  }
}

/** A paragraph or a text that is not empty. */
function holdsText(item: Y.Item): boolean {
  if (!(item.content instanceof Y.ContentType)) return false
  const type = item.content.type
  const keeps = type instanceof Y.Text || (type instanceof Y.XmlElement && type.nodeName === 'paragraph')
  return keeps && type.length > 0
}
