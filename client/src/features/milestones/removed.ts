import type { Editor } from '@tiptap/core'
import { createStore, type WritableStore } from '../../sync/store.ts'

/** A milestone that was just removed, told until something else is done. */
export interface Removed {
  name: string
  /** Where it stood, from 0. */
  index: number
}

const stores = new WeakMap<Editor, WritableStore<Removed | null>>()

/** What was last removed in an editor. */
export function removedIn(editor: Editor): WritableStore<Removed | null> {
  const known = stores.get(editor)
  if (known) return known
  const store = createStore<Removed | null>(null)
  stores.set(editor, store)
  return store
}

/** Tells that a milestone was removed. */
export const tellRemoved = (editor: Editor, removed: Removed): void => removedIn(editor).set(removed)
