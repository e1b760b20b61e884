// @vitest-environment jsdom
import { buildField, type JsonNode } from '@cabildo/schema/content'
import { fieldExtensions } from '@cabildo/schema/document'
import { childrenOf } from '@cabildo/schema/text'
import { Editor } from '@tiptap/core'
import { Collaboration } from '@tiptap/extension-collaboration'
import { afterEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { ChangeMarks, changeMarks } from './change-marks.ts'

afterEach(() => void vi.useRealTimers())

const words = (text: string): JsonNode => ({ type: 'text', text })
const paragraph = (...content: JsonNode[]): JsonNode => ({ type: 'paragraph', content })
const item = (text: string): JsonNode => ({ type: 'listItem', content: [paragraph(words(text))] })

const marksOf = (before: JsonNode[], after: JsonNode[]) => {
  const doc = buildField({ content: after }, 'rich')
  return changeMarks(before, doc).map((mark) =>
    mark.kind === 'went' ? ['went', mark.at, mark.words] : [mark.kind, doc.textBetween(mark.from, mark.to, '|')],
  )
}

test('[PC1] words that came are marked where they stand, words that went where they stood', () => {
  const before = [paragraph(words('Se publica cada mes.'))]
  expect(marksOf(before, [paragraph(words('Se publica cada dos semanas.'))])).toEqual([
    ['went', 17, 'mes'],
    ['came', 'dos semanas'],
  ])
  expect(marksOf(before, before)).toEqual([])
  const broken = [paragraph(words('Uno'), { type: 'hardBreak' }, words('dos'))]
  expect(marksOf(broken, [paragraph(words('Uno'), { type: 'hardBreak' }, words('dos tres'))])).toEqual([
    ['came', ' tres'],
  ])
})

test('[PC1] blocks that came are marked whole, also inside a list, and of those that went the words', () => {
  const one = paragraph(words('Uno'))
  const two = paragraph(words('Dos'))
  expect(marksOf([one], [one, two])).toEqual([['block', 'Dos']])
  expect(marksOf([one, two], [two])).toEqual([['went', 0, 'Uno']])
  const list = (...items: string[]): JsonNode => ({ type: 'bulletList', content: items.map(item) })
  expect(marksOf([list('a', 'b')], [list('a', 'b', 'c')])).toEqual([['block', 'c']])
  expect(marksOf([one], [{ ...one, type: 'heading', attrs: { level: 2 } }])).toEqual([
    ['went', 0, 'Uno'],
    ['block', 'Uno'],
  ])
})

test('[PC1] of a milestone whose date is another one it is told what it was; a milestone in place of another is marked whole', () => {
  const milestone = (title: string, due: string): JsonNode => ({
    type: 'milestone',
    attrs: { due },
    content: [
      { type: 'milestoneTitle', content: [words(title)] },
      { type: 'milestoneOutputs', content: [words(`Acta: ${title}`)] },
    ],
  })
  const marks = (was: JsonNode, is: JsonNode) => {
    const doc = buildField({ content: [is] }, 'milestones')
    return changeMarks(childrenOf(buildField({ content: [was] }, 'milestones').toJSON() as JsonNode), doc)
  }
  const was = milestone('Asamblea', '2027-07-15')
  expect(marks(was, milestone('Asamblea', '2027-07-30'))).toEqual([
    { kind: 'went', at: expect.any(Number), words: 'Se cumple: 15 de julio de 2027', block: true },
  ])
  expect(marks(was, milestone('Visita', '2027-07-30')).map(({ kind }) => kind)).toEqual(['went', 'block'])
})

test('[PC1] while an input method is composing no mark is drawn anew, which would end it; once it is done they are', () => {
  vi.useFakeTimers()
  const [live, copy] = [new Y.Doc(), new Y.Doc()]
  const field = 'problem'
  const editor = new Editor({
    element: document.createElement('div'),
    extensions: [
      ...fieldExtensions('rich'),
      Collaboration.configure({ document: copy, field }),
      ChangeMarks.configure({ live, field }),
    ],
  })
  const marked = () => [...editor.view.dom.querySelectorAll('[class*="came"], [class*="block"]')].length
  editor.view.dom.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }))
  editor.commands.insertContent('agua')
  vi.advanceTimersByTime(2000)
  expect(marked()).toBe(0)
  editor.view.dom.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }))
  vi.advanceTimersByTime(2000)
  expect(marked()).toBe(1)
  editor.destroy()
})
