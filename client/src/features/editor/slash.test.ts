// @vitest-environment jsdom
import { fieldExtensions } from '@cabildo/schema/document'
import { Editor } from '@tiptap/core'
import { afterEach, expect, test } from 'vitest'
import { createSlashStore, Slash, slashAt } from './slash.ts'
import { matches } from './slash-words.ts'

const editors: Editor[] = []
afterEach(() => {
  for (const editor of editors.splice(0)) editor.destroy()
})

function editorWith(content: string) {
  const store = createSlashStore()
  const editor = new Editor({ extensions: [...fieldExtensions('rich'), Slash.configure({ store })], content })
  editors.push(editor)
  editor.commands.focus('end')
  /** As the browser tells it: each letter is offered to the plugins, then entered. */
  const type = (text: string) => {
    for (const letter of text) {
      const { from, to } = editor.state.selection
      const taken = editor.view.someProp('handleTextInput', (handle) =>
        handle(editor.view, from, to, letter, () => editor.state.tr.insertText(letter, from, to)),
      )
      if (!taken) editor.view.dispatch(editor.state.tr.insertText(letter, from, to))
    }
  }
  const query = () => store.open.get()?.query
  return { store, editor, type, query }
}

test('a slash at the start of a block or after a space opens the menu, and what follows narrows it', () => {
  const { type, query } = editorWith('<p>Pasos:</p>')
  type(' /')
  expect(query()).toBe('')
  type('ta')
  expect(query()).toBe('ta')
})

test.each([
  ['within a word', '<p>y</p>', '/o'],
  ['in a heading', '<h2></h2>', '/'],
])('a slash %s opens nothing', (_, content, typed) => {
  const { type, query } = editorWith(content)
  type(typed)
  expect(query()).toBeUndefined()
})

test('a slash that was there before opens nothing when the cursor comes by', () => {
  const { editor, query } = editorWith('<p>1 /2</p>')
  editor.commands.setTextSelection(4)
  editor.commands.focus('end')
  expect(slashAt(editor.state)).toBeDefined()
  expect(query()).toBeUndefined()
})

test('leaving the words closes the menu for good, and Escape too', () => {
  const { editor, type, query } = editorWith('<p></p>')
  type('/lista')
  editor.commands.setTextSelection(1)
  expect(query()).toBeUndefined()
  editor.commands.focus('end')
  expect(query()).toBeUndefined()

  const other = editorWith('<p></p>')
  other.type('/')
  other.editor.view.someProp('handleKeyDown', (handle) =>
    handle(other.editor.view, new KeyboardEvent('keydown', { key: 'Escape' })),
  )
  expect(other.query()).toBeUndefined()
})

test.each([
  ['', 'Tabla', true],
  ['tit', 'Título encabezado', true],
  ['ENC', 'Título encabezado', true],
  ['abla', 'Tabla', false],
  ['lista n', 'Lista numerada 1.', true],
])('%j finds %j: %j', (typed, words, found) => {
  expect(matches(typed, words)).toBe(found)
})
