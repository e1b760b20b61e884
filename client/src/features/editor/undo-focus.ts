import { relativePositionToAbsolutePosition, ySyncPluginKey } from '@tiptap/y-tiptap'
import type { RelativePosition } from 'yjs'
import type { FieldHandle } from './hub.ts'

/** What is used here of y-tiptap's binding, which has no types of its own. */
interface Binding {
  doc: Parameters<typeof relativePositionToAbsolutePosition>[0]
  type: Parameters<typeof relativePositionToAbsolutePosition>[1]
  mapping: Parameters<typeof relativePositionToAbsolutePosition>[3]
  beforeTransactionSelection: { anchor: RelativePosition; head: RelativePosition } | null
}

const bindingOf = (handle: FieldHandle): Binding | undefined => ySyncPluginKey.getState(handle.editor.state)?.binding

/**
 * After an undo or redo: the cursor goes to where the change was, in the field that changed. y-tiptap leaves in every
 * editor the selection that it would restore with the next change from elsewhere; it is used now or thrown away, so that
 * nobody's cursor jumps later.
 */
export function goToUndone(changed: FieldHandle | undefined, all: readonly FieldHandle[]): void {
  for (const handle of all) {
    const binding = bindingOf(handle)
    const wanted = binding?.beforeTransactionSelection
    if (!binding || !wanted) continue
    binding.beforeTransactionSelection = null
    if (handle !== changed) continue
    const at = (position: RelativePosition) =>
      relativePositionToAbsolutePosition(binding.doc, binding.type, position, binding.mapping)
    const anchor = at(wanted.anchor)
    const head = at(wanted.head)
    const size = handle.editor.state.doc.content.size
    if (anchor !== null && head !== null && Math.max(anchor, head) <= size)
      handle.editor.commands.setTextSelection({ from: Math.min(anchor, head), to: Math.max(anchor, head) })
  }
  changed?.editor.commands.focus(null, { scrollIntoView: true })
}
