// @vitest-environment jsdom
import { fieldExtensions } from '@cabildo/schema/document'
import { Editor } from '@tiptap/core'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import {
  addMilestone,
  enterInMilestone,
  indexAt,
  moveMilestone,
  nameOf,
  positionOf,
  removeMilestone,
} from './milestone-commands.ts'

const editors: Editor[] = []
afterEach(() => {
  for (const editor of editors.splice(0)) editor.destroy()
})

const milestone = (name: string, outputs = '') => ({
  type: 'milestone',
  content: [
    { type: 'milestoneTitle', ...(name ? { content: [{ type: 'text', text: name }] } : {}) },
    { type: 'milestoneOutputs', ...(outputs ? { content: [{ type: 'text', text: outputs }] } : {}) },
  ],
})

function editorWith(...names: string[]): Editor {
  const editor = new Editor({
    extensions: fieldExtensions('milestones'),
    content: { type: 'doc', content: names.map((name) => milestone(name)) },
  })
  editors.push(editor)
  return editor
}
const names = (editor: Editor) => editor.state.doc.children.map(nameOf)

test('a new milestone comes last, empty, with the cursor in its name', () => {
  const editor = editorWith('uno')
  addMilestone(editor)
  editor.commands.insertContent('dos')
  expect(names(editor)).toEqual(['uno', 'dos'])
  editor.state.doc.check()
})

test('a milestone moves by one place and stops at the edges', () => {
  const editor = editorWith('uno', 'dos', 'tres')
  expect(moveMilestone(editor, 0, 1)).toBe(true)
  expect(names(editor)).toEqual(['dos', 'uno', 'tres'])
  expect(moveMilestone(editor, 2, -1)).toBe(true)
  expect(names(editor)).toEqual(['dos', 'tres', 'uno'])
  expect(moveMilestone(editor, 0, -1)).toBe(false)
  expect(moveMilestone(editor, 2, 1)).toBe(false)
})

test('the cursor stays in the milestone that is moved', () => {
  const editor = editorWith('uno', 'dos', 'tres')
  editor.commands.setTextSelection(positionOf(editor.state.doc, 1) + 3)
  moveMilestone(editor, 1, -1)
  editor.commands.insertContent('X')
  expect(names(editor)).toEqual(['dXos', 'uno', 'tres'])
})

test('a milestone is removed whole', () => {
  const editor = editorWith('uno', 'dos')
  expect(removeMilestone(editor, 0)).toBe(true)
  expect(names(editor)).toEqual(['dos'])
  expect(removeMilestone(editor, 5)).toBe(false)
})

test('Enter goes from the name to the outputs, and there to a new line', () => {
  const editor = editorWith('uno', 'dos')
  editor.commands.setTextSelection(positionOf(editor.state.doc, 1) + 5)
  expect(enterInMilestone(editor)).toBe(true)
  editor.commands.insertContent('a')
  enterInMilestone(editor)
  editor.commands.insertContent('b')
  const outputs = editor.state.doc.child(1).child(1)
  expect(outputs.childCount).toBe(3)
  expect(outputs.textBetween(0, outputs.content.size, '', '|')).toBe('a|b')
})

test('positions and numbers agree, and moving there and back changes nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 4 }), { minLength: 1, maxLength: 6 }), fc.nat(5), (words, at) => {
      const editor = editorWith(...words.map((word, place) => `${place}${word.trim()}`))
      const index = at % editor.state.doc.childCount
      expect(indexAt(editor.state.doc, positionOf(editor.state.doc, index))).toBe(index)
      const before = editor.getJSON()
      if (moveMilestone(editor, index, 1)) moveMilestone(editor, index + 1, -1)
      expect(editor.getJSON()).toEqual(before)
    }),
    { numRuns: 30 },
  )
})
