import type { Editor } from '@tiptap/core'

/**
 * Reads the cursor where the browser has it. A key that moves it is told to ProseMirror only a moment later; a change of
 * somebody else that comes in between would put the cursor back to where it was before.
 */
export function readSelection(editor: Editor): void {
  if (!editor.isEditable || !editor.view.hasFocus()) return
  // What ProseMirror itself does when the browser tells it; not among its public types.
  const { domObserver } = editor.view as unknown as { domObserver?: { onSelectionChange?(): void } }
  domObserver?.onSelectionChange?.()
}
