import type { Editor } from '@tiptap/core'
import { useEffect, useState } from 'react'

/** How many milestones an editor holds now. */
export function useCount(editor: Editor | null): number {
  const [count, setCount] = useState(editor?.state.doc.childCount ?? 0)
  useEffect(() => {
    if (!editor) return undefined
    const look = () => setCount(editor.state.doc.childCount)
    look()
    editor.on('transaction', look)
    return () => {
      editor.off('transaction', look)
    }
  }, [editor])
  return editor ? count : 0
}
