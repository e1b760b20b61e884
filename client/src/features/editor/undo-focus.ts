import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, TextSelection } from '@tiptap/pm/state'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import type { FieldHandle } from './hub.ts'

/**
 * After an undo or redo the cursor stands behind what it changed. y-tiptap would bring back the selection of then, but of a
 * redo it reckons that with the text as it is when the step is undone: it selects other words, which the next letter replaces.
 */
export const CursorToUndone = Extension.create({
  name: 'cursorToUndone',
  addProseMirrorPlugins: () => [
    new Plugin({
      appendTransaction(transactions, { doc: before }, { doc, tr }) {
        if (!transactions.some((one) => one.getMeta(ySyncPluginKey)?.isUndoRedoOperation)) return null
        const at = endOfChange(before, doc)
        return at === undefined ? null : tr.setSelection(TextSelection.near(doc.resolve(at), -1))
      },
    }),
  ],
})

/** Where in a document ends what differs from one before; undefined when they are the same. */
function endOfChange(before: Node, now: Node): number | undefined {
  const start = before.content.findDiffStart(now.content)
  const end = before.content.findDiffEnd(now.content)
  if (start === null || !end) return undefined
  // Where letters repeat, what both have in common at the end begins before what they have in common at the beginning ends.
  return end.b + Math.max(0, start - Math.min(end.a, end.b))
}

/**
 * Goes to the field that an undo or redo changed. y-tiptap leaves in every editor the selection that it would restore with the
 * next change from elsewhere; it is thrown away, so that nobody's cursor jumps later.
 */
export function goToUndone(changed: FieldHandle | undefined, all: readonly FieldHandle[]): void {
  for (const { editor } of all) {
    const binding = ySyncPluginKey.getState(editor.state)?.binding
    if (binding) binding.beforeTransactionSelection = null
  }
  changed?.editor.commands.focus(null, { scrollIntoView: true })
}
