import type { TextSpan } from '@cabildo/protocol/http/threads'
import type { Editor } from '@tiptap/core'
import type * as Y from 'yjs'
import type { Store, WritableStore } from '../../sync/store.ts'
import { idsBetween, piecesOf } from '../../sync/text-ids.ts'
import type { ThreadLayer } from './layer.ts'

/** The editor of one field. */
export interface FieldEditor {
  name: string
  editor: Editor
}

/** The editors of the document, as far as threads need them. */
export interface Editors {
  readonly active: Store<FieldEditor | null>
  readonly asking: Store<string | null>
  readonly layer: WritableStore<Pick<ThreadLayer, 'draw' | 'press'> | null>
  all(): readonly FieldEditor[]
  ask(asking: null): void
  /** Has the layer drawn anew. */
  redraw(): void
}

/** Words that somebody points at. */
export interface PointedAt {
  field: string
  words: string
  ids: TextSpan[]
}

/**
 * What is selected in the text: words, or the field alone where the cursor only stands. Read from the page, since a text
 * that is only read has no cursor of its own; where nothing of the page is selected, from the editor used last.
 */
export function selected(editors: Editors, doc: Y.Doc): PointedAt | undefined {
  const range = pageRange()
  const on = range && editors.all().find(({ editor }) => holds(editor, range))
  const handle = on ?? editors.active.get()
  if (!handle) return undefined
  const { name, editor } = handle
  const { view, state } = editor
  const { from, to } =
    on && range
      ? {
          from: view.posAtDOM(range.startContainer, range.startOffset),
          to: view.posAtDOM(range.endContainer, range.endOffset),
        }
      : state.selection
  const pieces = piecesOf(doc.getXmlFragment(name), (node) => state.schema.nodes[node]?.isLeaf ?? false)
  const trimmed = withoutEdges(from, to, (at) => state.doc.textBetween(at, at + 1, ' ', ' '))
  const ids = idsBetween(pieces, trimmed)
  return { field: name, ids, words: ids.length > 0 ? state.doc.textBetween(trimmed.from, trimmed.to, ' ', ' ') : '' }
}

/** Words that somebody names instead of selecting them: where they first stand in a field, letter by letter. */
export function findWords(editors: Editors, doc: Y.Doc, field: string, words: string): PointedAt | undefined {
  const editor = editors.all().find(({ name }) => name === field)?.editor
  if (!editor) return undefined
  const { state } = editor
  const pieces = piecesOf(doc.getXmlFragment(field), (node) => state.schema.nodes[node]?.isLeaf ?? false)
  let ids: TextSpan[] = []
  state.doc.descendants((node, position) => {
    if (ids.length > 0 || !node.isTextblock) return ids.length === 0
    // Each position is one letter here, whatever stands there.
    const at = node.textBetween(0, node.content.size, '', '\ufffc').indexOf(words)
    if (at >= 0) ids = idsBetween(pieces, { from: position + 1 + at, to: position + 1 + at + words.length })
    return false
  })
  return ids.length > 0 ? { field, words, ids } : undefined
}

/** The range that is selected on the page, if there is one. */
export function pageRange(): Range | undefined {
  const selection = window.getSelection()
  return selection && selection.rangeCount > 0 ? selection.getRangeAt(0) : undefined
}

/** Whether a range lies in an editor. */
export const holds = ({ view, isDestroyed }: Editor, range: Range): boolean =>
  !isDestroyed && view.dom.contains(range.startContainer) && view.dom.contains(range.endContainer)

/** Leaves out the spaces at the edges, which a double press takes with a word. */
function withoutEdges(start: number, end: number, letterAt: (at: number) => string) {
  let [from, to] = [start, end]
  while (from < to && letterAt(from).trim() === '') from += 1
  while (to > from && letterAt(to - 1).trim() === '') to -= 1
  return { from, to }
}

/** Brings the words of a thread into view; false when they are not drawn. */
export function goToWords(id: string): boolean {
  const mark = document.querySelector(`[data-thread="${CSS.escape(id)}"]`)
  mark?.scrollIntoView({ block: 'center' })
  return mark !== null
}
