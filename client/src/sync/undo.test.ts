import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createUndo } from './undo.ts'

const origin = Symbol('test')

/** A document with two fields of one paragraph and the facts, and its undo. */
function world() {
  const doc = new Y.Doc()
  const roots = new Map([
    ['problem', doc.getXmlFragment('problem')],
    ['causes', doc.getXmlFragment('causes')],
  ])
  const facts = doc.getMap<unknown>('facts')
  const text = (root: string) => {
    const paragraph = roots.get(root)?.get(0)
    const child = paragraph instanceof Y.XmlElement ? paragraph.get(0) : undefined
    if (!(child instanceof Y.XmlText)) throw new Error(`no text in ${root}`)
    return child
  }
  for (const fragment of roots.values()) {
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText()])
    fragment.insert(0, [paragraph])
  }
  const undo = createUndo(doc, new Map<string, Y.XmlFragment | Y.Map<unknown>>([...roots, ['facts', facts]]), origin)
  const type = (root: string, words: string, by: unknown = ySyncPluginKey) =>
    doc.transact(() => text(root).insert(text(root).length, words), by)
  return { doc, undo, facts, text, type, read: (root: string) => text(root).toString() }
}

test("one takes back one's own edits only, in the order they were made, whatever the field", () => {
  const { doc, undo, facts, type, read } = world()
  const moves: string[] = []
  undo.onMoved((root) => moves.push(root))
  type('problem', 'Hay baches. ')
  undo.startStep()
  type('problem', 'Alguien más. ', 'the network')
  doc.transact(() => facts.set('ogpId', 'PA0043'), origin)
  undo.startStep()
  type('causes', 'Llueve. ')
  expect(undo.state.get()).toEqual({ canUndo: true, canRedo: false })

  undo.undo()
  undo.undo()
  undo.undo()
  expect([read('problem'), read('causes'), facts.get('ogpId')]).toEqual(['Alguien más. ', '', undefined])
  expect(moves).toEqual(['causes', 'facts', 'problem'])
  expect(undo.state.get()).toEqual({ canUndo: false, canRedo: true })

  undo.redo()
  expect(read('problem')).toBe('Hay baches. Alguien más. ')
})

test('an editor that is drawn anew ends no step', () => {
  const { undo, type, read } = world()
  type('problem', 'Hay ')
  undo.manager.stopCapturing()
  type('problem', 'baches.')
  undo.undo()
  expect(read('problem')).toBe('')
})

test('an editor that goes away leaves the steps behind', () => {
  const { undo, type, read } = world()
  type('problem', 'Hay baches. ')
  undo.manager.destroy()
  undo.undo()
  expect(read('problem')).toBe('')
})

test('undoing a new paragraph keeps what somebody else wrote into it', () => {
  const { doc, undo } = world()
  const fragment = doc.getXmlFragment('problem')
  const mine = new Y.XmlText()
  doc.transact(() => {
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [mine])
    fragment.insert(1, [paragraph])
  }, ySyncPluginKey)
  doc.transact(() => mine.insert(0, 'de otra persona'), 'the network')
  undo.undo()
  expect(fragment.toString()).toContain('de otra persona')
})
