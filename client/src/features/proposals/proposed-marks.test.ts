// @vitest-environment jsdom
import type { JsonNode } from '@cabildo/schema/content'
import { fieldExtensions } from '@cabildo/schema/document'
import { hunksOfField } from '@cabildo/schema/hunks/compare'
import { Editor } from '@tiptap/core'
import { Collaboration } from '@tiptap/extension-collaboration'
import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { proposedMarks, standingOf, type TextHunk } from './proposed-marks.ts'

let editor: Editor | undefined
afterEach(() => editor?.destroy())

const milestone = (title: string, outputs: string, due: string, lead = ''): JsonNode => ({
  type: 'milestone',
  attrs: { due, lead },
  content: [title, outputs].map((text, at) => ({
    type: at === 0 ? 'milestoneTitle' : 'milestoneOutputs',
    content: [{ type: 'text', text }],
  })),
})

/** The marks of what makes one list of milestones of another, with the words that they stand on. */
function marksOf(before: JsonNode[], after: JsonNode[]) {
  const doc = new Y.Doc()
  const field = 'milestones'
  editor = new Editor({
    element: document.createElement('div'),
    extensions: [...fieldExtensions('milestones'), Collaboration.configure({ document: doc, field })],
  })
  editor.commands.setContent({ type: 'doc', content: before })
  const { doc: node } = editor.state
  const standing = standingOf(doc, field, node, 'es')
  return hunksOfField(doc, field, { type: 'doc', content: after }).flatMap((hunk) =>
    (proposedMarks(standing, hunk as TextHunk) ?? []).map((mark) =>
      mark.kind === 'comes' ? [mark.kind, mark.words] : [mark.kind, node.textBetween(mark.from, mark.to, '|')],
    ),
  )
}

const first = milestone('Asamblea', 'Acta publicada', '2027-07-15')

test('[PC13] of a milestone what changes is drawn, words in their place, dates and actors below it', () => {
  expect(marksOf([first], [milestone('Asamblea', 'Acta publicada', '2027-07-30', 'Alcaldía')])).toEqual([
    ['comes', 'Se cumple: 30 de julio de 2027\nResponsable: Alcaldía'],
  ])
  expect(marksOf([first], [milestone('Asamblea', 'Acta enviada', '2027-07-30')])).toEqual([
    ['goes', 'publicada'],
    ['comes', 'enviada'],
    ['comes', 'Se cumple: 30 de julio de 2027'],
  ])
})

test('[PC13] a milestone that comes, or stands for another one, is drawn whole and without a number', () => {
  const other = milestone('Visita', 'Fotos', '2027-09-01')
  const told = 'Visita\n   Productos: Fotos\n   Se cumple: 1 de septiembre de 2027'
  expect(marksOf([first], [first, other])).toEqual([['comes', told]])
  expect(marksOf([first], [other])).toEqual([
    ['goes', 'Asamblea|Acta publicada'],
    ['comes', told],
  ])
})
