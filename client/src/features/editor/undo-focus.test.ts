// @vitest-environment jsdom
import { fieldExtensions } from '@cabildo/schema/document'
import { Editor } from '@tiptap/core'
import { Collaboration } from '@tiptap/extension-collaboration'
import { yUndoPluginKey } from '@tiptap/y-tiptap'
import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { FieldHandle } from './hub.ts'
import { CursorToUndone, goToUndone } from './undo-focus.ts'

let editor: Editor | undefined
afterEach(() => editor?.destroy())

test('after an undo and after a redo the cursor stands behind what it changed, and selects nothing', () => {
  editor = new Editor({
    element: document.createElement('div'),
    extensions: [
      ...fieldExtensions('rich'),
      Collaboration.configure({ document: new Y.Doc(), field: 'problem' }),
      CursorToUndone,
    ],
  })
  const { view } = editor
  // Commands are of the state in which they are asked for.
  const step = (name: 'undo' | 'redo') => {
    editor?.commands[name]()
    goToUndone(undefined, [{ editor } as FieldHandle])
  }
  const [undo, redo] = [() => step('undo'), () => step('redo')]
  const act = (change: () => void) => {
    yUndoPluginKey.getState(view.state)?.undoManager.stopCapturing()
    change()
  }
  /** What stands before it; of two spaces nobody can say which one was deleted. */
  const cursor = () => {
    const { from, to, $head } = view.state.selection
    expect(from).toBe(to)
    return $head.parent.textContent.slice(0, $head.parentOffset).trimEnd()
  }
  act(() => view.dispatch(view.state.tr.insertText('La gente propone 22 obras y ve los resultados. Eso no basta', 1)))
  act(() => view.dispatch(view.state.tr.insertText(' y todos', 9)))
  const at = 1 + view.state.doc.textContent.indexOf('resultados')
  act(() => view.dispatch(view.state.tr.delete(at, at + 'resultados'.length)))

  undo()
  expect(cursor()).toBe('La gente y todos propone 22 obras y ve los resultados')
  undo()
  expect(cursor()).toBe('La gente')
  redo()
  expect(cursor()).toBe('La gente y todos')
  redo()
  expect(cursor()).toBe('La gente y todos propone 22 obras y ve los')
  undo()
  expect(cursor()).toBe('La gente y todos propone 22 obras y ve los resultados')
  // One of two letters that are the same.
  act(() => view.dispatch(view.state.tr.insertText('o', 1 + 'La gente y todo'.length)))
  undo()
  expect(cursor()).toMatch(/^La gente y todo?$/)
})
