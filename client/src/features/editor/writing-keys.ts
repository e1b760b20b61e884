import { Extension } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'

/** What keys ask of the page. Each answers whether it took the key. */
export interface KeyRequests {
  undo(): void
  redo(): void
  link(): boolean
  shortcuts(): boolean
  toolbar(): boolean
  /** Enter in a line. */
  next(): boolean
}

/**
 * The keys people know, beyond those that TipTap brings. Above every other extension, so that undo is the document's and
 * a line takes no emphasis.
 */
export const WritingKeys = Extension.create<{ kind: 'line' | 'rich' | 'milestones'; requests: KeyRequests | null }>({
  name: 'writingKeys',
  priority: 2000,
  addOptions: () => ({ kind: 'rich', requests: null }),
  addKeyboardShortcuts() {
    const { kind, requests } = this.options
    if (!requests) return {}
    const undo = () => {
      requests.undo()
      return true
    }
    const redo = () => {
      requests.redo()
      return true
    }
    const every = {
      'Mod-z': undo,
      'Mod-y': redo,
      'Shift-Mod-z': redo,
      'Mod-/': requests.shortcuts,
      'Alt-F10': requests.toolbar,
    }
    const nothing = () => true
    if (kind === 'line') {
      const next = () => requests.next()
      const plain = ['Mod-b', 'Mod-B', 'Mod-i', 'Mod-I', 'Mod-u', 'Mod-U', 'Mod-e', 'Mod-Shift-s', 'Mod-k']
      return {
        ...every,
        ...Object.fromEntries(plain.map((key) => [key, nothing])),
        Enter: next,
        'Mod-Enter': next,
        'Shift-Enter': next,
      }
    }
    const heading = (level: 2 | 3 | 4) => () => this.editor.commands.toggleHeading({ level })
    if (kind === 'milestones') return { ...every, 'Mod-k': requests.link }
    return {
      ...every,
      'Mod-k': requests.link,
      'Mod-Alt-1': heading(2),
      'Mod-Alt-2': heading(3),
      'Mod-Alt-3': heading(4),
      // TipTap's bold takes the capital letter too, which is what comes with Shift.
      'Mod-Shift-b': () => this.editor.commands.toggleBlockquote(),
    }
  },
  addProseMirrorPlugins() {
    return [escapeThenTab()]
  },
})

/** Tab moves in lists and tables. Escape, then Tab, leaves the text: nobody is held in it. */
function escapeThenTab(): Plugin {
  let leaving = false
  return new Plugin({
    props: {
      handleDOMEvents: {
        keydown(_view, event) {
          if (event.key === 'Tab' && leaving) {
            leaving = false
            // Ours no longer: the browser moves the focus.
            return true
          }
          leaving = event.key === 'Escape' || (leaving && event.key === 'Shift')
          return false
        },
        blur() {
          leaving = false
          return false
        },
      },
    },
  })
}
