import { fieldExtensions } from '@cabildo/schema/document'
import { Editor } from '@tiptap/core'
import { Collaboration } from '@tiptap/extension-collaboration'
import { Slice } from '@tiptap/pm/model'
import { TextSelection } from '@tiptap/pm/state'
import { yUndoPluginKey } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import type { LogRow, Via } from '../row.ts'

/** Tests only: people with real editors at one document, and the log of what they sent. */
export interface Room {
  rows: LogRow[]
  /** Sits somebody down. The same name twice is one person with two devices. */
  sit(author: string, clientId: number): Desk
  /** The document as the log has it. */
  doc: Y.Doc
  /** Changes the document as the server. */
  edit(author: string, via: Via, change: (doc: Y.Doc) => void): void
}

/** One device of one person, with an editor on the field `problem`. */
export interface Desk {
  author: string
  doc: Y.Doc
  editor: Editor
  /** Types at a position of the editor, one letter after another. */
  type(position: number, text: string): void
  /** Puts the caret or a selection. */
  select(from: number, to?: number): void
  /** Cuts the selection and answers it. */
  cut(): Slice
  paste(position: number, slice: Slice): void
  /** Takes a top-level block and puts it before another, in one step. */
  move(from: number, to: number): void
  /** What follows is undone by itself, however soon it comes. */
  pause(): void
  undo(): void
  redo(): void
  /** While away nothing is sent or heard; coming back sends everything at once, and then hears. */
  leave(): void
  comeBack(): void
  close(): void
}

/** What jsdom lacks and ProseMirror asks for. */
export function preparePage(): void {
  const nothing = { left: 0, right: 0, top: 0, bottom: 0, width: 0, height: 0, x: 0, y: 0, toJSON: () => ({}) }
  const list = Object.assign([], { item: () => null }) as unknown as DOMRectList
  Range.prototype.getClientRects = () => list
  Range.prototype.getBoundingClientRect = () => nothing
  document.elementFromPoint = () => null
}

/** Opens a room with an empty document. */
export function openRoom(): Room {
  const rows: LogRow[] = []
  const doc = new Y.Doc()
  const desks = new Set<{ doc: Y.Doc; away: boolean }>()
  let serverClient = 1
  /** What the others have yet to hear of an act that is going on. */
  let act: Map<Y.Doc, Uint8Array[]> | undefined
  const store = (author: string, via: Via, bytes: Uint8Array, from: Y.Doc): void => {
    rows.push({ seq: rows.length + 1, author, via, bytes })
    hear(doc, [bytes])
    for (const other of desks) {
      if (other.away || other.doc === from) continue
      const waiting = act?.get(other.doc)
      if (waiting) waiting.push(bytes)
      else if (act) act.set(other.doc, [bytes])
      else hear(other.doc, [bytes])
    }
  }
  return {
    rows,
    doc,
    edit(author, via, change) {
      const copy = new Y.Doc()
      copy.clientID = serverClient++
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
      copy.on('update', (bytes: Uint8Array) => store(author, via, bytes, copy))
      copy.transact(() => change(copy))
    },
    sit(author, clientId) {
      const own = new Y.Doc()
      own.clientID = clientId
      Y.applyUpdate(own, Y.encodeStateAsUpdate(doc), 'log')
      const desk = { doc: own, away: false }
      desks.add(desk)
      own.on('update', (bytes: Uint8Array, origin: unknown) => {
        if (origin !== 'log' && !desk.away) store(author, 'edit', bytes, own)
      })
      return createDesk(author, own, {
        leave: () => {
          desk.away = true
        },
        comeBack: () => {
          desk.away = false
          const missing = Y.encodeStateAsUpdate(own, Y.encodeStateVector(doc))
          store(author, 'edit', missing, own)
          hear(own, [Y.encodeStateAsUpdate(doc)])
        },
        act(run) {
          const heard = new Map<Y.Doc, Uint8Array[]>()
          act = heard
          try {
            run()
          } finally {
            act = undefined
          }
          for (const [other, waiting] of heard) hear(other, waiting)
        },
      })
    },
  }
}

/** y-tiptap may not find the caret again after others' changes, and throws; the document has them by then. */
function hear(doc: Y.Doc, updates: readonly Uint8Array[]): void {
  try {
    doc.transact(() => {
      for (const bytes of updates) Y.applyUpdate(doc, bytes, 'log')
    }, 'log')
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
}

/** `wire.act`: what is done within it is stored letter by letter, and the others hear of it at its end, as of one message. */
function createDesk(
  author: string,
  doc: Y.Doc,
  { act: together, ...wire }: Pick<Desk, 'leave' | 'comeBack'> & { act: (run: () => void) => void },
): Desk {
  const editor = new Editor({
    element: document.createElement('div'),
    extensions: [...fieldExtensions('rich'), Collaboration.configure({ document: doc, field: 'problem' })],
  })
  const pause = (): void => yUndoPluginKey.getState(editor.state)?.undoManager.stopCapturing()
  /** Each act is undone by itself, however soon the next follows. */
  const act = (run: () => void): void => {
    pause()
    together(run)
  }
  const select = (from: number, to = from): void => {
    editor.view.dispatch(editor.state.tr.setSelection(TextSelection.create(editor.state.doc, from, to)))
  }
  return {
    author,
    doc,
    editor,
    ...wire,
    select,
    pause,
    type(position, text) {
      act(() => {
        let at = position
        for (const letter of text) {
          editor.view.dispatch(editor.state.tr.insertText(letter, at))
          at += letter.length
        }
      })
    },
    cut() {
      const slice = editor.state.selection.content()
      act(() => editor.view.dispatch(editor.state.tr.deleteSelection()))
      return slice
    },
    paste(position, slice) {
      // Another device has a schema object of its own.
      const own = Slice.fromJSON(editor.schema, slice.toJSON())
      act(() => editor.view.dispatch(editor.state.tr.replaceRange(position, position, own)))
    },
    move(from, to) {
      act(() => {
        const { doc: document, tr } = editor.state
        const block = document.child(from)
        let start = 0
        for (let i = 0; i < from; i++) start += document.child(i).nodeSize
        let target = 0
        for (let i = 0; i < to; i++) target += document.child(i).nodeSize
        tr.delete(start, start + block.nodeSize)
        editor.view.dispatch(tr.insert(tr.mapping.map(target), block))
      })
    },
    undo() {
      act(() => editor.commands.undo())
    },
    redo() {
      act(() => editor.commands.redo())
    },
    close: () => editor.destroy(),
  }
}
