import { type Editor, Extension } from '@tiptap/core'
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state'
import { createStore, type WritableStore } from '../../sync/store.ts'

/** An open slash menu: where it was typed, and what was typed after the slash. */
export interface OpenSlash {
  editor: Editor
  /** The slash and the words after it. */
  from: number
  to: number
  query: string
}

/** The one slash menu of a document, and who takes its keys while it is open. */
export interface SlashStore {
  readonly open: WritableStore<OpenSlash | null>
  /** Set by the menu that is shown; answers whether it took the key. */
  onKey: ((key: string) => boolean) | undefined
}

/** Makes a closed menu. */
export const createSlashStore = (): SlashStore => ({ open: createStore<OpenSlash | null>(null), onKey: undefined })

/** `/` and up to twenty letters, at the start of a block or after a space, up to the cursor. */
const pattern = /(?:^|\s)(\/[\p{L}\p{N} ]{0,20})$/u

/** Where in a state a slash menu could be open; undefined when the cursor is not after a slash. */
export function slashAt(state: EditorState): { from: number; to: number; query: string } | undefined {
  const { $from, empty } = state.selection
  if (!empty || $from.parent.type.name !== 'paragraph') return undefined
  const before = $from.parent.textBetween(0, $from.parentOffset, undefined, '\ufffc')
  const typed = pattern.exec(before)?.[1]
  if (typed === undefined) return undefined
  return { from: $from.pos - typed.length, to: $from.pos, query: typed.slice(1) }
}

interface SlashState {
  /** Where the slash stands that was typed here; a slash that was in the text before opens nothing. */
  typedAt: number | null
}

const key = new PluginKey<SlashState>('slash')

/** Opens a menu of blocks when `/` is typed. What is in the menu and how it looks is the page's. */
export const Slash = Extension.create<{ store: SlashStore | null }>({
  name: 'slash',
  addOptions: () => ({ store: null }),
  addProseMirrorPlugins() {
    const { editor } = this
    const { store } = this.options
    if (!store) return []
    return [
      new Plugin<SlashState>({
        key,
        state: {
          init: () => ({ typedAt: null }),
          apply(transaction, value, _before, after) {
            const told: SlashState | undefined = transaction.getMeta(key)
            if (told) return told
            if (value.typedAt === null) return value
            const typedAt = transaction.mapping.map(value.typedAt, -1)
            // A cursor that has left the words after the slash closes the menu for good.
            return { typedAt: slashAt(after)?.from === typedAt ? typedAt : null }
          },
        },
        props: {
          handleTextInput(view, from, to, text) {
            if (text !== '/' || from !== to) return false
            // The letter itself is entered by ProseMirror, after this transaction.
            view.dispatch(view.state.tr.setMeta(key, { typedAt: from } satisfies SlashState))
            return false
          },
          handleKeyDown(view, event) {
            if (store.open.get()?.editor !== editor || event.isComposing) return false
            if (event.key === 'Escape') {
              view.dispatch(view.state.tr.setMeta(key, { typedAt: null } satisfies SlashState))
              return true
            }
            return store.onKey?.(event.key) ?? false
          },
          handleDOMEvents: {
            blur() {
              if (store.open.get()?.editor === editor) store.open.set(null)
              return false
            },
          },
        },
        view: () => ({
          update({ state }) {
            const typedAt = key.getState(state)?.typedAt ?? null
            const found = typedAt === null ? undefined : slashAt(state)
            const open = store.open.get()
            if (found && found.from === typedAt) store.open.set({ editor, ...found })
            else if (open?.editor === editor) store.open.set(null)
          },
          destroy() {
            if (store.open.get()?.editor === editor) store.open.set(null)
          },
        }),
      }),
    ]
  },
})
