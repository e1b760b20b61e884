// @vitest-environment jsdom
import { fieldExtensions } from '@cabildo/schema/document'
import { Editor } from '@tiptap/core'
import { Collaboration } from '@tiptap/extension-collaboration'
import { DecorationSet } from '@tiptap/pm/view'
import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { idsBetween, piecesOf } from '../../sync/anchors.ts'
import { Layered } from '../editor/text-layer.ts'
import { createThreadLayer, type ThreadLayer } from './layer.ts'
import { draftId } from './use-layer.ts'

const field = 'problem'
const open: { destroy(): void }[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.destroy()
})

/** Somebody's editor of a field that several share, with a layer over it. */
function writer(doc: Y.Doc) {
  let doubts = 0
  const layer: ThreadLayer = createThreadLayer({
    doc,
    onPress: () => undefined,
    onDoubt: () => doubts++,
    isDrawn: () => true,
  })
  const editor = new Editor({
    element: document.createElement('div'),
    extensions: [
      ...fieldExtensions('rich'),
      Collaboration.configure({ document: doc, field }),
      Layered.configure({ field, layers: [() => layer] }),
    ],
  })
  open.push({
    destroy() {
      editor.destroy()
      layer.destroy()
    },
  })
  const redraw = () => editor.view.dispatch(editor.state.tr.setMeta('layer', true))
  const pieces = () => piecesOf(doc.getXmlFragment(field), (name) => editor.schema.nodes[name]?.isLeaf ?? false)
  return {
    editor,
    layer,
    redraw,
    doubts: () => doubts,
    /** Points at words, as somebody who opens a thread on them. */
    point(words: string) {
      const from = positionOf(editor, words)
      const ids = idsBetween(pieces(), { from, to: from + words.length })
      layer.show([{ id: 'one', kind: 'comment', units: words.length, places: [{ field, ids }] }], undefined)
      redraw()
    },
    /** Begins to say something about words, in place of whatever was begun before. */
    begin(words: string, key: string) {
      const from = positionOf(editor, words)
      const ids = idsBetween(pieces(), { from, to: from + words.length })
      layer.show([{ id: draftId(key), kind: 'draft', units: 0, places: [{ field, ids }] }], undefined)
      redraw()
    },
    /** The words that are drawn, stretch by stretch. */
    drawn: () => [...editor.view.dom.querySelectorAll('[data-thread]')].map(({ textContent }) => textContent),
    select(words: string) {
      const from = positionOf(editor, words)
      editor.commands.setTextSelection({ from, to: from + words.length })
    },
  }
}

function positionOf(editor: Editor, words: string): number {
  let found = -1
  editor.state.doc.descendants((node, position) => {
    const at = node.isText ? (node.text ?? '').indexOf(words) : -1
    if (at >= 0 && found < 0) found = position + at
  })
  if (found < 0) throw new Error(`the text does not say ${words}`)
  return found
}

/** Two documents that hear of each other at once. */
function pair(): [Y.Doc, Y.Doc] {
  const docs: [Y.Doc, Y.Doc] = [new Y.Doc(), new Y.Doc()]
  for (const [from, to] of [docs, [docs[1], docs[0]] as const])
    from.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'other') Y.applyUpdate(to, update, 'other')
    })
  return docs
}

function scene() {
  const [here, there] = pair()
  const [ana, ben] = [writer(here), writer(there)]
  ana.editor.commands.setContent(
    '<p>Se publica cada mes lo que se gasta.</p><ul><li><p>uno<br>dos</p></li><li><p>tres cada día</p></li></ul>',
  )
  return { ana, ben }
}

test('[TH24] what another layer has drawn anew is left as it is, until threads or their places change', () => {
  const doc = new Y.Doc()
  const { editor, layer, point, redraw, drawn } = writer(doc)
  editor.commands.setContent('<p>Se publica cada mes.</p><p>Fin.</p>')
  point('cada mes')
  const marks = () => layer.draw(field, editor.state, before, editor.state.tr.setMeta('layer', true))
  const before = layer.draw(field, editor.state, DecorationSet.empty)
  expect(marks()).toBe(before)
  const ids = idsBetween(
    piecesOf(doc.getXmlFragment(field), () => false),
    { from: 1, to: 3 },
  )
  layer.move([{ id: 'one', places: [{ field, ids }] }])
  redraw()
  expect(drawn()).toEqual(['Se'])
  layer.show([], undefined)
  redraw()
  expect(drawn()).toEqual([])
})

test('[TH15] the mark stays on the words through own splits, bold, and what others write around it', () => {
  const { ana, ben } = scene()
  ana.point('cada mes')
  ben.point('cada mes')
  ana.editor.commands.setTextSelection(positionOf(ana.editor, 'cada mes'))
  ana.editor.commands.splitBlock()
  expect([ana.drawn(), ana.doubts() > 0]).toEqual([['cada mes'], true])
  // Only the server traces what somebody else split, and it is asked.
  expect([ben.drawn(), ben.doubts() > 0]).toEqual([[], true])
  const traced = ana.layer.idsOf('one')
  expect(traced).toBeDefined()
  ben.layer.move([{ id: 'one', places: traced ? [traced] : [] }])
  ben.redraw()
  expect(ben.drawn()).toEqual(['cada mes'])

  ana.select('cada')
  ana.editor.commands.toggleBold()
  expect(ana.drawn().join('')).toBe('cada mes')
  expect(ben.drawn().join('')).toBe('cada mes')
  ben.editor.commands.insertContentAt(1, 'Hoy: ')
  expect(ana.drawn().join('')).toBe('cada mes')
  expect(ana.editor.getJSON()).toEqual(ben.editor.getJSON())
  expect(JSON.stringify(ana.editor.getJSON())).not.toContain('thread')
})

test('[TH15] it moves with what is typed before it, is nowhere once the words are deleted, and never on others', () => {
  const { ana } = scene()
  ana.point('tres')
  ana.editor.commands.insertContentAt(positionOf(ana.editor, 'uno'), 'cero, ')
  expect(ana.drawn()).toEqual(['tres'])
  const before = ana.doubts()
  ana.select('tres')
  ana.editor.commands.deleteSelection()
  expect([ana.drawn(), ana.doubts() > before, ana.layer.idsOf('one')]).toEqual([[], true, undefined])
  ana.editor.commands.insertContentAt(positionOf(ana.editor, ' cada día'), 'tres')
  expect(ana.drawn()).toEqual([])
})

test('[TH15] when others write, the mark is still on words that one has just split off', () => {
  const { ana, ben } = scene()
  ana.point('cada mes')
  ana.editor.commands.setTextSelection(positionOf(ana.editor, 'cada mes'))
  ana.editor.commands.splitBlock()
  ben.editor.commands.insertContentAt(1, 'Hoy: ')
  expect(ana.drawn()).toEqual(['cada mes'])
})

test('the words of a draft that is being written are known by their ids after own edits, too', () => {
  const { ana } = scene()
  ana.point('lo que')
  ana.editor.commands.setTextSelection(positionOf(ana.editor, 'lo que'))
  ana.editor.commands.splitBlock()
  const ids = ana.layer.idsOf('one')?.ids ?? []
  expect(ids.reduce((sum, [, , length]) => sum + length, 0)).toBe('lo que'.length)
})

test('[TH15] what is begun in place of something else that was begun is on its own words', () => {
  const doc = new Y.Doc()
  const { editor, layer, begin, drawn } = writer(doc)
  editor.commands.setContent('<p>Se publica cada mes lo que se gasta.</p>')
  begin('cada mes', 'first')
  expect(drawn()).toEqual(['cada mes'])
  begin('se gasta', 'second')
  expect(drawn()).toEqual(['se gasta'])
  expect(layer.idsOf(draftId('second'))?.ids.reduce((sum, [, , length]) => sum + length, 0)).toBe('se gasta'.length)
  expect(layer.idsOf(draftId('first'))).toBeUndefined()
})

test('[TH15] of words that may have come back to a field without an editor the server is asked', () => {
  const doc = new Y.Doc()
  let doubts = 0
  const layer = createThreadLayer({ doc, onPress: () => undefined, onDoubt: () => doubts++, isDrawn: () => false })
  open.push(layer)
  doc.getXmlFragment(field)
  const other = new Y.Doc()
  const write = (text: string) => {
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText(text)])
    other.getXmlFragment(field).insert(0, [paragraph])
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
  }
  layer.show([{ id: 'one', kind: 'comment', units: 4, places: [] }], undefined)
  write('Agua')
  expect(doubts).toBe(1)
  layer.show([{ id: 'two', kind: 'comment', units: 4, places: [{ field: 'causes', ids: [] }] }], undefined)
  write('Luz')
  expect(doubts).toBe(1)
})

test('[TH15] where others split or moved words in a field without an editor, the server is asked where they stand', () => {
  const doc = new Y.Doc()
  let doubts = 0
  const layer = createThreadLayer({ doc, onPress: () => undefined, onDoubt: () => doubts++, isDrawn: () => false })
  open.push(layer)
  const other = new Y.Doc()
  const text = new Y.XmlText('Agua y luz')
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [text])
  other.getXmlFragment(field).insert(0, [paragraph])
  const bring = () => Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
  doc.getXmlFragment(field)
  bring()
  const ids = idsBetween(
    piecesOf(doc.getXmlFragment(field), () => false),
    { from: 1, to: 5 },
  )
  layer.show([{ id: 'one', kind: 'comment', units: 4, places: [{ field, ids }] }], undefined)
  text.insert(text.length, ' y camino')
  bring()
  expect(doubts, 'what is written beside them moves nothing').toBe(0)
  text.delete(0, 4)
  const next = new Y.XmlElement('paragraph')
  next.insert(0, [new Y.XmlText('Agua')])
  other.getXmlFragment(field).insert(1, [next])
  bring()
  expect(doubts).toBe(1)
})
