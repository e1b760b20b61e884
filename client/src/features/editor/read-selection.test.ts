// @vitest-environment jsdom
import { fieldExtensions } from '@cabildo/schema/document'
import { Editor } from '@tiptap/core'
import { expect, test } from 'vitest'
import { readSelection } from './read-selection.ts'

test('a cursor that the browser has moved, and told nobody of yet, is read', () => {
  const place = document.createElement('div')
  document.body.append(place)
  const editor = new Editor({ element: place, extensions: fieldExtensions('rich'), content: '<p>El agua llega.</p>' })
  editor.view.focus()
  const text = editor.view.dom.querySelector('p')?.firstChild
  if (!text) throw new Error('no text')
  document.getSelection()?.collapse(text, 7)
  expect(editor.state.selection.from).toBe(1)
  readSelection(editor)
  expect(editor.state.selection.from).toBe(8)
  editor.destroy()
})
