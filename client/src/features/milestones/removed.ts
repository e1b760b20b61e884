import type { Editor } from '@tiptap/core'
import { createStore, type WritableStore } from '../../sync/store.ts'

/** A milestone that was just removed, told below the table until something else is done. */
export interface Removed {
  name: string
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

/** Tells that a milestone of that name was removed. */
export const tellRemoved = (editor: Editor, name: string): void => removedIn(editor).set({ name })
