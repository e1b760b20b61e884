import type { TextSpan } from '@cabildo/protocol/http/threads'
import type { Editor } from '@tiptap/core'
import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import type * as Y from 'yjs'
import { fieldPlace } from '../../lib/field-place.ts'
import { idsBetween, piecesOf } from '../../sync/anchors.ts'
import type { Store, WritableStore } from '../../sync/store.ts'
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
  /** Those that there are now: fields far from what is in sight have none. */
  all(): readonly FieldEditor[]
  /** The editor of a field, made now where there is none yet. */
  need(field: string): FieldEditor | undefined
  ask(asking: null): void
  /** Has the layer drawn anew, in all fields or in one. */
  redraw(field?: string): void
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
  const on = selectedOnPage(editors)
  const handle = on?.handle ?? editors.active.get()
  if (!handle) return undefined
  const { name, editor } = handle
  const { state } = editor
  const { from, to } = on ?? state.selection
  const pieces = piecesOf(doc.getXmlFragment(name), (node) => state.schema.nodes[node]?.isLeaf ?? false)
  const trimmed = withoutEdges(from, to, (at) => state.doc.textBetween(at, at + 1, ' ', ' '))
  const ids = idsBetween(pieces, trimmed)
  return { field: name, ids, words: ids.length > 0 ? state.doc.textBetween(trimmed.from, trimmed.to, ' ', ' ') : '' }
}

/** The words of the text that are selected on the page now; undefined where something else is, or nothing. */
export function selectedNow(editors: Editors, doc: Y.Doc): PointedAt | undefined {
  const range = pageRange()
  if (!range || range.collapsed || !fieldOf(editors, range)) return undefined
  const at = selected(editors, doc)
  return at?.words ? at : undefined
}

/**
 * Words that somebody names instead of selecting them: everywhere they stand in a field, letter by letter, in order. None
 * in a field that has no editor: it is needed first.
 */
export function findWords(editors: Pick<Editors, 'all'>, doc: Y.Doc, field: string, words: string): Found[] {
  const editor = editors.all().find(({ name }) => name === field)?.editor
  if (!editor || words === '') return []
  const { state } = editor
  const pieces = piecesOf(doc.getXmlFragment(field), (node) => state.schema.nodes[node]?.isLeaf ?? false)
  const found: Found[] = []
  state.doc.descendants((node, position) => {
    if (!node.isTextblock) return found.length < mostFound
    // Each position is one letter here, whatever stands there.
    const text = node.textBetween(0, node.content.size, '', '\ufffc')
    for (
      let at = text.indexOf(words);
      at >= 0 && found.length < mostFound;
      at = text.indexOf(words, at + words.length)
    ) {
      const end = at + words.length
      const ids = idsBetween(pieces, { from: position + 1 + at, to: position + 1 + end })
      const [before, after] = [text.slice(Math.max(0, at - around), at), text.slice(end, end + around)]
      if (ids.length > 0) found.push({ field, words, ids, around: `${before}${words}${after}`.trim() })
    }
    return false
  })
  return found
}

/** Words that were found, with what stands around them. */
export interface Found extends PointedAt {
  around: string
}

/** Of words that stand everywhere so many places are told; and so many letters of what stands before and after each. */
const mostFound = 50
const around = 24

/** The range that is selected on the page, if there is one. */
export function pageRange(): Range | undefined {
  const selection = window.getSelection()
  return selection && selection.rangeCount > 0 ? selection.getRangeAt(0) : undefined
}

/** The field that a range lies in, and whether one may write there: with its editor, or still without. */
export function fieldOf(editors: Pick<Editors, 'all'>, range: Range): { mayWrite: boolean } | undefined {
  const on = editors.all().find(({ editor }) => holds(editor, range))
  if (on) return { mayWrite: on.editor.isEditable }
  const still = stillOf(editors, range)
  return still && { mayWrite: still.text.tabIndex >= 0 }
}

/**
 * What is selected on the page, as places of an editor. A field that was far off when the words were selected keeps them
 * and has no editor for as long: it gets one here, in which the same words are selected.
 */
function selectedOnPage(editors: Editors): { handle: FieldEditor; from: number; to: number } | undefined {
  const range = pageRange()
  if (!range) return undefined
  const on = editors.all().find(({ editor }) => holds(editor, range))
  if (on) {
    const { view } = on.editor
    const from = view.posAtDOM(range.startContainer, range.startOffset)
    return { handle: on, from, to: view.posAtDOM(range.endContainer, range.endOffset) }
  }
  const still = stillOf(editors, range)
  if (!still) return undefined
  const lettersTo = (node: Node, offset: number) => {
    const before = document.createRange()
    before.setStart(still.text, 0)
    before.setEnd(node, offset)
    return before.toString().length
  }
  const start = lettersTo(range.startContainer, range.startOffset)
  const end = lettersTo(range.endContainer, range.endOffset)
  const handle = editors.need(still.field)
  if (!handle) return undefined
  const { state, view } = handle.editor
  const [from, to] = [placeAt(state.doc, start, 'after'), placeAt(state.doc, end, 'before')]
  const [anchor, head] = [view.domAtPos(from), view.domAtPos(to)]
  document.getSelection()?.setBaseAndExtent(anchor.node, anchor.offset, head.node, head.offset)
  return { handle, from, to }
}

/** The field without an editor that a range lies in, and its text. */
function stillOf(editors: Pick<Editors, 'all'>, range: Range): { field: string; text: HTMLElement } | undefined {
  const around = range.commonAncestorContainer
  const text = (around instanceof Element ? around : around.parentElement)?.closest<HTMLElement>('.ProseMirror')
  const field = text?.closest('[id^="field-"]')?.id.slice('field-'.length)
  if (!text || field === undefined || editors.all().some(({ name }) => name === field)) return undefined
  return { field, text }
}

/** The place that so many letters of a text lead to: of an end of one block and the start of the next, one of the two. */
function placeAt(doc: ProseMirrorNode, letters: number, side: 'before' | 'after'): number {
  let left = letters
  let found: number | undefined
  doc.descendants((node, position) => {
    if (found !== undefined || !node.isText) return found === undefined
    const isHere = side === 'before' ? left <= node.nodeSize : left < node.nodeSize
    if (isHere) found = position + left
    left -= node.nodeSize
    return false
  })
  return found ?? doc.content.size
}

/** Whether a range lies in an editor. */
const holds = ({ view, isDestroyed }: Editor, range: Range): boolean =>
  !isDestroyed && view.dom.contains(range.startContainer) && view.dom.contains(range.endContainer)

/** Leaves out the spaces at the edges, which a double press takes with a word. */
function withoutEdges(start: number, end: number, letterAt: (at: number) => string) {
  let [from, to] = [start, end]
  while (from < to && letterAt(from).trim() === '') from += 1
  while (to > from && letterAt(to - 1).trim() === '') to -= 1
  return { from, to }
}

/**
 * Brings the words of a thread, which stand in this field, into view; where they are not drawn, or it is on a fact, the field
 * or fact itself, answering false.
 */
export function goToWords(editors: Editors, { id, field }: { id: string; field: string | undefined }): boolean {
  if (field !== undefined) editors.need(field)
  const mark = document.querySelector(`[data-thread="${CSS.escape(id)}"]`)
  if (mark) mark.scrollIntoView({ block: 'center' })
  else if (field !== undefined) {
    const place = fieldPlace(field)
    // The name of a fact stands above it.
    place?.scrollIntoView({ block: place.matches('[data-fact]') ? 'center' : 'start' })
  }
  return mark !== null
}
