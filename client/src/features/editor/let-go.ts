/**
 * Does `task` once the reader's selection lets an element go: at once where nothing is selected in it. A cursor alone holds
 * nothing where nobody may write: it is where somebody pressed last, and may stay there for as long as they read. Answers
 * how to call it off.
 */
export function onceLetGo(element: Element, mayWrite: () => boolean, task: () => void): () => void {
  const isHeld = () => {
    const selection = getSelection()
    if (!selection?.rangeCount || !selection.getRangeAt(0).intersectsNode(element)) return false
    return mayWrite() || !selection.isCollapsed
  }
  const stop = () => document.removeEventListener('selectionchange', look)
  const look = () => {
    if (isHeld()) return
    stop()
    task()
  }
  document.addEventListener('selectionchange', look)
  look()
  return stop
}
