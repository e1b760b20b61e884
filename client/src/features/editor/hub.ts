import type { FieldKind } from '@cabildo/schema/templates/template'
import type { Editor } from '@tiptap/core'
import { createStore, type Store, type WritableStore } from '../../sync/store.ts'
import { readSelection } from './read-selection.ts'
import type { TextLayer } from './text-layer.ts'

/** The editor of one field. */
export interface FieldHandle {
  name: string
  kind: FieldKind
  editor: Editor
}

/**
 * The editors of one document, which know nothing of each other. The toolbar acts on the one that was used last; Enter
 * in a line goes on to the next; undo goes to where it changed something. A field that is far from what is in sight has
 * none until it is needed.
 */
export interface EditorHub {
  /** The editor used last; its focus may be in the toolbar now. */
  readonly active: Store<FieldHandle | null>
  /** True while an editor, or something that acts on it, has the focus. */
  readonly writing: Store<boolean>
  /** A question to the page: an address for a link, the list of shortcuts. */
  readonly asking: Store<Asking>
  /** Whether one can comment on what is written here. */
  readonly comments: boolean
  /** What people say of the text, drawn over all of them. */
  readonly layer: WritableStore<TextLayer | null>
  /** What people propose for it, likewise. */
  readonly proposed: WritableStore<TextLayer | null>
  /** The names of the fields, as they stand in the document. */
  readonly order: readonly string[]
  /** Adds an editor; answers how to take it out. */
  add(handle: FieldHandle): () => void
  /** Notes how the editor of a field is made, which is done when it is needed; answers how to forget it. */
  wait(name: string, make: () => void): () => void
  /** The editor of a field, made now where there is none yet; undefined where the page has no such field. */
  need(name: string): FieldHandle | undefined
  /** The editors that there are now, in the order of the document. */
  all(): readonly FieldHandle[]
  focused(handle: FieldHandle): void
  setWriting(writing: boolean): void
  ask(asking: Asking): void
  /** Has the layers drawn anew, in all fields or in one; where an input method is composing, once it is done. */
  redraw(field?: string): void
  /** Puts the cursor at the start of the field after `name`; false when there is none. */
  focusNext(name: string): boolean
  /** Puts the cursor back where it was in the active editor. */
  focusActive(): void
}

/** What the page is asked for now. */
export type Asking = 'link' | 'shortcuts' | 'comment' | null

/** Makes the hub of a document whose fields stand in this order. */
export function createHub(order: readonly string[], comments = true): EditorHub {
  const handles = new Map<string, FieldHandle>()
  const makers = new Map<string, () => void>()
  const active = createStore<FieldHandle | null>(null)
  const writing = createStore(false)
  const asking = createStore<Asking>(null)
  const need = (name: string) => {
    if (!handles.has(name)) makers.get(name)?.()
    return handles.get(name)
  }
  return {
    order,
    active,
    writing,
    asking,
    comments,
    layer: createStore<TextLayer | null>(null),
    proposed: createStore<TextLayer | null>(null),
    add(handle) {
      handles.set(handle.name, handle)
      return () => {
        if (handles.get(handle.name) === handle) handles.delete(handle.name)
        if (active.get() === handle) active.set(null)
      }
    },
    wait(name, make) {
      makers.set(name, make)
      return () => {
        if (makers.get(name) === make) makers.delete(name)
      }
    },
    need,
    all: () => order.flatMap((name) => handles.get(name) ?? []),
    focused: (handle) => active.set(handle),
    setWriting: (value) => writing.set(value),
    ask: (value) => asking.set(value),
    redraw(field) {
      for (const { name, editor } of handles.values()) if (field === undefined || name === field) redrawn(editor)
    },
    focusNext(name) {
      const next = order.slice(order.indexOf(name) + 1).find((other) => handles.has(other) || makers.has(other))
      const handle = next && need(next)
      if (!handle) return false
      handle.editor.commands.focus('start')
      return true
    },
    focusActive: () => void active.get()?.editor.commands.focus(),
  }
}

/** What is drawn anew while an input method is composing would end that. Milliseconds. */
const calm = 120

function redrawn(editor: Editor): void {
  if (editor.isDestroyed) return
  if (editor.view.composing) return void setTimeout(redrawn, calm, editor)
  // The drawing must not put the cursor back to where it was.
  readSelection(editor)
  editor.view.dispatch(editor.state.tr.setMeta('layer', true))
}
