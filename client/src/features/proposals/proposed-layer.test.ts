// @vitest-environment jsdom
import type { JsonNode } from '@cabildo/schema/content'
import { fieldExtensions } from '@cabildo/schema/document'
import { applyHunks } from '@cabildo/schema/hunks/apply'
import { hunksOfField } from '@cabildo/schema/hunks/compare'
import { Editor } from '@tiptap/core'
import { Collaboration } from '@tiptap/extension-collaboration'
import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { Layered } from '../editor/text-layer.ts'
import { createProposedLayer, type DrawnHunk } from './proposed-layer.ts'
import type { TextHunk } from './proposed-marks.ts'

const field = 'problem'
const open: { destroy(): void }[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.destroy()
  vi.useRealTimers()
})

const words = (text: string, ...marks: string[]): JsonNode => ({
  ...{ type: 'text', text },
  ...(marks.length > 0 && { marks: marks.map((type) => ({ type })) }),
})
const paragraph = (...content: JsonNode[]): JsonNode => ({ type: 'paragraph', content })
const list = (...items: string[]): JsonNode => ({
  type: 'bulletList',
  content: items.map((item) => ({ type: 'listItem', content: [paragraph(words(item))] })),
})

/** Somebody's editor of a field, with proposals over it. */
function reader(before: JsonNode[]) {
  const doc = new Y.Doc()
  let doubts = 0
  const layer = createProposedLayer({
    doc,
    language: 'es',
    told: (kind, name) => `${kind} ${name}`,
    onPress: () => undefined,
    redraw: () => redraw(),
    onDoubt: () => doubts++,
  })
  const editor = new Editor({
    element: document.createElement('div'),
    extensions: [
      ...fieldExtensions('rich'),
      Collaboration.configure({ document: doc, field }),
      Layered.configure({ field, layers: [() => layer] }),
    ],
  })
  // While an input method composes nothing is drawn, as in the page.
  const composing = { value: false }
  const redraw = () => {
    if (!composing.value) editor.view.dispatch(editor.state.tr.setMeta('layer', true))
  }
  editor.commands.setContent({ type: 'doc', content: before })
  open.push(editor, layer)
  const hunksOf = (after: JsonNode[], name: string): DrawnHunk[] =>
    hunksOfField(doc, field, { type: 'doc', content: after }).map((hunk, at) => ({
      ...{ proposalId: name, number: at + 1, hunk: hunk as TextHunk, name, sector: 'community', line: 'dotted' },
    }))
  const said = (selector: string, by?: string) =>
    [...editor.view.dom.querySelectorAll(`${selector}[data-proposal${by ? `="${by}"` : ''}]`)].map((mark) => {
      const copy = mark.cloneNode(true) as Element
      for (const label of copy.querySelectorAll('span')) label.remove()
      return copy.textContent
    })
  return {
    ...{ doc, editor, layer, redraw, hunksOf, composing },
    doubts: () => doubts,
    show(...hunks: DrawnHunk[]) {
      layer.show(hunks, undefined)
      redraw()
    },
    goes: (by?: string) => said('del', by),
    comes: (by?: string) => said('ins', by),
  }
}

test('[PC13] what several people propose is drawn in one text, each with what goes, what comes and whose it is', () => {
  const { editor, show, hunksOf, goes, comes } = reader([paragraph(words('Se publica cada mes en la puerta.'))])
  const ana = hunksOf([paragraph(words('Se publica cada semana en la puerta.'))], 'Ana')
  const luis = hunksOf([paragraph(words('Se publica cada mes en la puerta y en papel.'))], 'Luis')
  show(...ana, ...luis)
  expect([goes('Ana'), comes('Ana')]).toEqual([['mes'], ['semana']])
  expect([goes('Luis'), comes('Luis')]).toEqual([[], [' y en papel']])
  expect(editor.view.dom.textContent).toContain('Ana')
  // Only over the text: it says what it said.
  expect(editor.getText()).toBe('Se publica cada mes en la puerta.')
  show(...luis)
  expect([goes(), comes()]).toEqual([[], [' y en papel']])
  show()
  expect(editor.view.dom.querySelectorAll('[data-proposal]')).toHaveLength(0)
})

test('[PC13] blocks, items and formatting are drawn where they would change, and nothing beside them', () => {
  const [one, two] = [paragraph(words('Uno')), paragraph(words('Dos'))]
  const { show, hunksOf, goes, comes, editor } = reader([one, list('a', 'b'), two])
  show(...hunksOf([one, list('a', 'b', 'c'), two], 'Ana'))
  expect([goes(), comes()]).toEqual([[], ['c']])
  show(...hunksOf([one, list('a', 'b')], 'Ana'))
  const gone = editor.view.dom.querySelector('p[data-proposal]')
  expect(gone?.textContent).toMatch(/^Dos/)
  show(...hunksOf([paragraph(words('Uno', 'bold')), list('a', 'b'), two], 'Ana'))
  expect(editor.view.dom.querySelector('span[title="looks Ana"]')?.textContent).toBe('Uno')
  expect([goes(), comes()]).toEqual([[], []])
})

test('[PC14] what is drawn moves with own typing, and is drawn no more once its place says something else', () => {
  vi.useFakeTimers()
  const { editor, show, hunksOf, goes, comes, doubts } = reader([paragraph(words('Se publica cada mes.'))])
  show(...hunksOf([paragraph(words('Se publica cada semana.'))], 'Ana'))
  editor.commands.insertContentAt(1, 'Hoy: ')
  expect([goes(), comes()]).toEqual([['mes'], ['semana']])
  vi.advanceTimersByTime(1000)
  expect([goes(), comes(), doubts()]).toEqual([['mes'], ['semana'], 0])
  const at = editor.state.doc.textBetween(0, editor.state.doc.content.size).indexOf('mes') + 1
  editor.commands.insertContentAt(at + 1, 'X')
  vi.advanceTimersByTime(1000)
  expect([goes(), comes()]).toEqual([[], []])
  expect(doubts()).toBeGreaterThan(0)
})

test('[PC14] what is drawn stays in the page while letters are typed right after it, and is looked at anew', async () => {
  const { editor, redraw, show, hunksOf, comes } = reader([paragraph(words('Se publica cada mes.'))])
  const [drawn] = hunksOf([paragraph(words('Se publica cada semana.'))], 'Ana')
  if (!drawn) throw new Error('nothing is proposed')
  show(drawn)
  const element = () => editor.view.dom.querySelector('ins')
  const first = element()
  const moved: Node[] = []
  const watch = new MutationObserver(() => {})
  watch.observe(editor.view.dom, { childList: true, subtree: true })
  const note = (changes: MutationRecord[]) => {
    for (const { addedNodes, removedNodes } of changes) moved.push(...addedNodes, ...removedNodes)
  }
  // As the browser does it: the editor reads from the page what was typed.
  const type = async (text: string) => {
    ;(first?.nextSibling as Text).data = text
    await vi.waitFor(() => expect(editor.getText()).toBe(`Se publica cada mes${text}`))
    note(watch.takeRecords())
  }
  await type('. ')
  await type('. Y')
  // Another text is drawn anew from the ids of the letters.
  redraw()
  await type('. Ya')
  expect(element()).toBe(first)
  expect(moved).toEqual([])
  // What is said otherwise is another element.
  show({ ...drawn, sector: 'academia' })
  expect(element()).not.toBe(first)
  expect(element()?.dataset.sector).toBe('academia')
  expect(comes()).toEqual(['semana'])
})

test('[PC14] what is drawn stands once, in its place, when its paragraph is split, joined and brought back', () => {
  const { editor, show, hunksOf, goes, comes } = reader([paragraph(words('Se publica cada mes. Fin.'))])
  show(...hunksOf([paragraph(words('Se publica cada semana. Fin.'))], 'Ana'))
  const at = 'Se publica cada '.length + 1
  for (const place of [at - 3, at + 'mes.'.length]) {
    editor.chain().setTextSelection(place).splitBlock().run()
    expect([goes(), comes()]).toEqual([['mes'], ['semana']])
    editor.commands.joinBackward()
    expect([goes(), comes()]).toEqual([['mes'], ['semana']])
  }
  expect(editor.view.dom.querySelectorAll('ins')).toHaveLength(1)
  expect(editor.view.dom.querySelector('ins')?.previousSibling?.textContent).toBe('mes')
})

test('[PC14] the next editor of a field takes nothing from the page of the one before', () => {
  const { doc, editor, layer, show, hunksOf } = reader([paragraph(words('Se publica cada mes.'))])
  show(...hunksOf([paragraph(words('Se publica cada semana.'))], 'Ana'))
  const first = editor.view.dom.querySelector('ins')
  const next = new Editor({
    element: document.createElement('div'),
    extensions: [
      ...fieldExtensions('rich'),
      Collaboration.configure({ document: doc, field }),
      Layered.configure({ field, layers: [() => layer] }),
    ],
  })
  open.push(next)
  next.view.dispatch(next.state.tr.setMeta('layer', true))
  expect(next.view.dom.querySelector('ins')?.textContent).toContain('semana')
  expect(editor.view.dom.querySelector('ins')).toBe(first)
})

test('[PC14] many proposals are drawn a few at a time, none of them twice, whatever is written meanwhile', () => {
  vi.useFakeTimers()
  const before = Array.from({ length: 40 }, (_, at) => paragraph(words(`Línea ${at}: cada mes.`)))
  const { editor, layer, hunksOf, goes, comes } = reader(before)
  const hunks = before.flatMap((_, at) =>
    hunksOf(before.with(at, paragraph(words(`Línea ${at}: cada semana.`))), `De ${at}`),
  )
  // The field asks for the drawing by itself.
  expect([...layer.show(hunks, undefined)]).toEqual([])
  expect(goes()).toEqual([])
  const counts: number[] = []
  while (goes().length < before.length) {
    vi.advanceTimersToNextTimer()
    counts.push(goes().length)
    if (counts.length === 2) editor.commands.insertContentAt(1, 'Hoy: ')
    if (counts.length > 20) throw new Error(`drawn: ${counts}`)
  }
  expect(counts.length).toBeGreaterThan(3)
  expect(counts).toEqual([...counts].sort((one, other) => one - other))
  const all = [before.map(() => 'mes'), before.map(() => 'semana')]
  expect([goes(), comes()]).toEqual(all)
  vi.runAllTimers()
  expect([goes(), comes()]).toEqual(all)
})

test('[PC14] whoever goes through proposals has them drawn at once', () => {
  vi.useFakeTimers()
  const before = Array.from({ length: 40 }, (_, at) => paragraph(words(`Línea ${at}: cada mes.`)))
  const { layer, hunksOf, goes, composing } = reader(before)
  const hunks = before.flatMap((_, at) => hunksOf(before.with(at, paragraph(words(`Línea ${at}.`))), `De ${at}`))
  layer.show(hunks, undefined)
  composing.value = true
  layer.finish(field)
  expect(goes()).toEqual([])
  // Its own go falls into that, too.
  vi.advanceTimersByTime(50)
  composing.value = false
  layer.finish(field)
  expect(goes()).toHaveLength(before.length)
  // All were there: all are, at once.
  expect([...layer.show(hunks.slice(1), undefined)]).toEqual([field])
})

test('[PC14] what others write is drawn around at once', () => {
  const { doc, show, hunksOf, goes } = reader([paragraph(words('Se publica cada mes.'))])
  show(...hunksOf([paragraph(words('Se publica cada semana.'))], 'Ana'))
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  const [hunk] = hunksOfField(other, field, {
    type: 'doc',
    content: [paragraph(words('Aquí se publica cada mes.'))],
  })
  other.transact(() => applyHunks(other, hunk ? [hunk] : []))
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
  expect(goes()).toEqual(['mes'])
})

test('[PC14] whatever others write, once they rest all is drawn where a new look at the text puts it', () => {
  vi.useFakeTimers()
  const edit = fc.record({ block: fc.nat(2), at: fc.nat(), letter: fc.constantFrom('a', 'b', undefined) })
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 6 }), (edits) => {
      const before = ['aa ab ba', 'aba bab aa', 'b a b a'].map((text) => paragraph(words(text)))
      const { doc, editor, show, hunksOf, goes, comes } = reader(before)
      let isAside = true
      const ana = hunksOf([paragraph(words('aa xx ba')), ...before.slice(1), paragraph(words('fin'))], 'Ana')
      show(...ana)
      const other = new Y.Doc()
      Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
      const texts = () =>
        other
          .getXmlFragment(field)
          .toArray()
          .map((one) => (one as Y.XmlElement).get(0) as Y.XmlText)
      for (const { block, at, letter } of edits) {
        const text = texts()[block]
        if (letter) text?.insert(at % (text.length + 1), letter)
        else if (text?.length) text.delete(at % text.length, 1)
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
        expect(editor.getText({ blockSeparator: ' ' })).toBe(texts().join(' '))
        // Beside its words it is where it was before anything is looked at anew.
        isAside &&= block !== 0
        if (isAside) expect([goes(), comes()]).toEqual([['ab'], ['xx', 'fin']])
      }
      vi.advanceTimersByTime(1000)
      const rested = editor.view.dom.innerHTML
      show()
      show(...ana)
      expect(editor.view.dom.innerHTML).toBe(rested)
    }),
    { numRuns: 40 },
  )
})

test('[PC14] whatever one writes oneself, once one rests all is drawn where a new look at the text puts it', () => {
  vi.useFakeTimers()
  const edit = fc.record({
    act: fc.constantFrom('type', 'delete', 'split', 'join', 'undo', 'rest' as const),
    at: fc.nat(),
    length: fc.integer({ min: 1, max: 6 }),
  })
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 8 }), (edits) => {
      const before = ['aa ab ba', 'aba bab aa', 'b a b a'].map((text) => paragraph(words(text)))
      const { editor, layer, show, hunksOf } = reader(before)
      const hunks = [
        ...hunksOf([paragraph(words('aa xx ba')), ...before.slice(1), paragraph(words('fin'))], 'Ana'),
        ...hunksOf([before[0] ?? {}, paragraph(words('aba bab')), before[2] ?? {}] as JsonNode[], 'Luis'),
        ...hunksOf([...before.slice(0, 2), paragraph(words('b a b a y más'))], 'Eva'),
      ]
      show(...hunks)
      for (const { act, at, length } of edits) {
        const { size } = editor.state.doc.content
        const from = 1 + (at % Math.max(1, size - 1))
        if (act === 'type') editor.commands.insertContentAt(from, 'a')
        else if (act === 'delete') editor.commands.deleteRange({ from, to: Math.min(size - 1, from + length) })
        else if (act === 'split') editor.chain().setTextSelection(from).splitBlock().run()
        else if (act === 'join') editor.chain().setTextSelection(from).joinBackward().run()
        else if (act === 'undo') editor.commands.undo()
        else vi.advanceTimersByTime(1000)
      }
      vi.advanceTimersByTime(1000)
      const rested = editor.view.dom.innerHTML
      layer.show([], undefined)
      show()
      show(...hunks)
      vi.advanceTimersByTime(1000)
      expect(editor.view.dom.innerHTML).toBe(rested)
    }),
    { numRuns: 60 },
  )
})

test('[PC14] what two people write around a place at one moment leaves it in sight', () => {
  vi.useFakeTimers()
  const before = ['Uno dos.', 'Se publica cada mes.', 'Fin.'].map((text) => paragraph(words(text)))
  const { doc, show, hunksOf, goes, comes } = reader(before)
  show(...hunksOf([before[0] ?? {}, paragraph(words('Se publica cada semana.')), before[2] ?? {}] as JsonNode[], 'Ana'))
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  const textAt = (at: number) => (other.getXmlFragment(field).get(at) as Y.XmlElement).get(0) as Y.XmlText
  other.transact(() => {
    textAt(0).insert(0, 'Hoy: ')
    textAt(2).insert(0, 'El ')
  })
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
  expect([goes(), comes()]).toEqual([['mes'], ['semana']])
})

test('[PC14] a field in which somebody always writes is looked at in the end', () => {
  vi.useFakeTimers()
  const { editor, show, hunksOf, goes } = reader([paragraph(words('Se publica cada mes.'))])
  show(...hunksOf([paragraph(words('Se publica cada semana.'))], 'Ana'))
  const at = editor.state.doc.textBetween(0, editor.state.doc.content.size).indexOf('mes') + 1
  editor.commands.insertContentAt(at + 1, 'X')
  for (let key = 0; key < 60; key += 1) {
    vi.advanceTimersByTime(100)
    editor.commands.insertContentAt(1, 'a')
  }
  expect(goes()).toEqual([])
})

test('[PC13] what a proposal is drawn as is what accepting it makes', () => {
  const before = [paragraph(words('Se publica cada mes.')), list('a', 'b'), paragraph(words('Fin.'))]
  const { doc, editor, show, hunksOf } = reader(before)
  const after = [
    paragraph(words('Se publica dos veces al mes.')),
    list('a', 'c', 'd'),
    paragraph(words('Fin de esto.')),
  ]
  const hunks = hunksOf(after, 'Ana')
  show(...hunks)
  const drawn = editor.view.dom.cloneNode(true) as Element
  for (const gone of drawn.querySelectorAll('[title^="goes"], [data-line]')) gone.remove()
  doc.transact(() =>
    applyHunks(
      doc,
      hunks.map(({ hunk }) => hunk),
    ),
  )
  show()
  expect(drawn.textContent?.replaceAll('\n', '')).toBe(editor.view.dom.textContent)
  expect(editor.getText()).toContain('dos veces')
})
