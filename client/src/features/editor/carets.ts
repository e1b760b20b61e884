import { Extension } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import { yCursorPlugin } from '@tiptap/y-tiptap'
import type { Awareness } from 'y-protocols/awareness'
import type { Nameable } from '../../ui/person-words.ts'
import classes from './carets.module.css'

/** What the server wrote about the person of a caret; y-tiptap fills in what is missing. */
export interface CaretUser {
  name: string
  /** The name only stands for one: see `personWords`. */
  unnamed?: boolean
  /** A guest of a workshop. */
  unverified?: boolean
  group?: string | null
  /** Whom they type for, when not for themselves. */
  behalf?: { name: string; unnamed?: boolean }
  color: string
}

/**
 * The carets and selections of the others in one editor. Several editors share one awareness: y-tiptap shows a caret only
 * in the editor whose fragment it lies in, and takes back only a caret that is its own.
 */
export const Carets = Extension.create<{ awareness: Awareness | null; nameOf: (person: Nameable) => string }>({
  name: 'carets',
  addOptions: () => ({ awareness: null, nameOf: ({ name }) => name }),
  addProseMirrorPlugins() {
    const { awareness, nameOf } = this.options
    if (!awareness) return []
    const drawer = createCaretDrawer((user) => {
      const name = nameOf(caretPerson(user))
      return user.behalf ? `${name} → ${nameOf(caretPerson(user.behalf))}` : name
    })
    return [
      yCursorPlugin(awareness, drawer),
      // What one types oneself moves them along, and nobody tells of it.
      new Plugin({
        view: () => ({
          update: ({ state }, before) => {
            if (state.doc !== before.doc) drawer.turn()
          },
        }),
      }),
    ]
  },
})

/** The person of a caret, without a name where the stamp says that they have none. */
export function caretPerson({ name, unnamed, unverified, group }: Omit<CaretUser, 'color'>): Nameable {
  return {
    name: unnamed === true ? '' : name,
    group: typeof group === 'string' ? { name: group } : null,
    ...(unverified === true && { unverified }),
  }
}

/**
 * Draws the carets of one editor. A caret that is drawn already is kept by ProseMirror wherever it moves, so it is also
 * written anew here: whoever is shown otherwise from now on must not keep their old name at it. Selections are drawn
 * whenever anything of anybody changed, carets only once.
 */
export function createCaretDrawer(nameOf: (user: CaretUser) => string) {
  const drawn = new Map<number, HTMLElement>()
  let isAsked = false
  /** Turns the names that would stand out of the text now, when the page is drawn next. */
  const turn = () => {
    if (isAsked || drawn.size === 0) return
    isAsked = true
    requestAnimationFrame(() => {
      isAsked = false
      // Of whoever left the field, or the page, the caret is not in it any more.
      const shown = [...drawn.values()].filter(({ isConnected }) => isConnected)
      const sides = shown.map((caret) => ({ caret, isLeft: standsOut(caret) }))
      // Each that is turned has the browser lay out anew: all were looked at before.
      for (const { caret, isLeft } of sides) caret.toggleAttribute('data-left', isLeft)
    })
  }
  return {
    turn,
    cursorBuilder(user: CaretUser, client: number): HTMLElement {
      const caret = drawCaret(nameOf(user), user)
      drawn.set(client, caret)
      turn()
      return caret
    },
    selectionBuilder(user: CaretUser, client: number) {
      const caret = drawn.get(client)
      const label = caret?.querySelector(`.${classes.label}`)
      const name = nameOf(user)
      if (caret && label && label.textContent !== name) {
        label.textContent = name
        caret.style.setProperty('--caret', user.color)
      }
      turn()
      return drawSelection(user)
    },
  }
}

function drawCaret(name: string, { color }: CaretUser): HTMLElement {
  const caret = document.createElement('span')
  caret.className = classes.caret ?? ''
  caret.style.setProperty('--caret', color)
  // A screen reader that reads the text must not stumble over names in it; the list of people says who is where.
  caret.ariaHidden = 'true'
  const label = document.createElement('span')
  label.className = classes.label ?? ''
  label.textContent = name
  // The word joiners keep the caret on the line of the letter it stands at.
  caret.append('\u2060', label, '\u2060')
  return caret
}

/** Whether a name would stand out of the text at its right, and has more room at the left. */
function standsOut(caret: HTMLElement): boolean {
  const text = caret.closest('.ProseMirror')?.getBoundingClientRect()
  const label = caret.querySelector<HTMLElement>(`.${classes.label}`)
  if (!text || !label) return false
  const at = caret.getBoundingClientRect()
  const isOut = at.left + label.offsetWidth > text.right
  return isOut && at.left - text.left > text.right - at.left
}

function drawSelection({ color }: CaretUser) {
  return { class: classes.selection ?? '', style: `--caret: ${color}` }
}
