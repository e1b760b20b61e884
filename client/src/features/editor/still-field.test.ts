// @vitest-environment jsdom
import { applyField, type JsonNode } from '@cabildo/schema/content'
import { fieldJson } from '@cabildo/schema/content.arbitrary'
import { fieldExtensions } from '@cabildo/schema/document'
import { Editor } from '@tiptap/core'
import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { createStill, stillText } from './still-field.ts'

const name = 'problem'
const open = new Set<{ destroy(): void }>()
afterEach(() => {
  for (const one of open) one.destroy()
  open.clear()
  vi.useRealTimers()
})

const paragraph = (text: string): JsonNode => ({ type: 'paragraph', content: text ? [{ type: 'text', text }] : [] })

function saying(...content: JsonNode[]): Y.Doc {
  const doc = new Y.Doc()
  doc.transact(() => applyField(doc, name, 'rich', { type: 'doc', content }))
  return doc
}

/** A still field over a document, and what came of pressing it. */
function still(doc: Y.Doc, { editable = true } = {}) {
  const entered: unknown[] = []
  const made = createStill({
    field: doc.getXmlFragment(name),
    kind: 'rich',
    editable: () => editable,
    placeholder: () => 'Escriba aquí',
    attributes: () => ({ id: 'editor-problem', class: 'prose', role: 'textbox' }),
    onEnter: (pressed) => entered.push(pressed),
  })
  if (!made) throw new Error('the schema does not know it')
  document.body.append(made.element)
  open.add(made)
  const end = () => {
    open.delete(made)
    made.destroy()
  }
  return { element: made.element, entered, end }
}

/** How a browser writes what is drawn; the order of what a style says is nobody's business. */
const written = (element: Element) =>
  element.innerHTML.replace(
    / style="([^"]*)"/g,
    (_, style: string) => ` style="${style.split(/; */).sort().join(';')}"`,
  )

test.each(['line', 'rich'] as const)('a field is drawn as its editor draws it (%s)', (kind) => {
  const editor = new Editor({
    element: document.createElement('div'),
    extensions: fieldExtensions(kind),
    injectCSS: false,
  })
  open.add(editor)
  fc.assert(
    fc.property(fieldJson(kind), (json) => {
      const doc = new Y.Doc()
      doc.transact(() => applyField(doc, name, kind, json))
      // Drawn anew: a table that becomes another one keeps columns of the first.
      editor.commands.clearContent()
      editor.commands.setContent(json)
      // What an editor mends, rows without cells, comes from no editor.
      fc.pre(editor.state.doc.eq(editor.schema.nodeFromJSON(json)))
      const drawn = document.createElement('div')
      drawn.append(stillText(doc.getXmlFragment(name), kind) ?? 'nothing')
      const shown = editor.view.dom.cloneNode(true) as Element
      // An image without a size, by which ProseMirror holds the cursor of some browsers.
      for (const image of shown.querySelectorAll('img.ProseMirror-separator')) image.remove()
      expect(written(drawn)).toBe(written(shown))
    }),
    { numRuns: 60 },
  )
})

test('a field that nobody has begun says that one may write there, to who may', () => {
  for (const doc of [new Y.Doc(), saying(paragraph(''))]) {
    expect(still(doc).element.querySelector('p')?.dataset.placeholder).toBe('Escriba aquí')
    expect(still(doc, { editable: false }).element.querySelector('p')?.dataset.placeholder).toBeUndefined()
  }
  const { element } = still(saying(paragraph(''), paragraph('Agua')))
  expect(element.querySelector('[data-placeholder]')).toBeNull()
})

test('it follows what others write, until it is gone', () => {
  vi.useFakeTimers()
  const doc = saying(paragraph('Agua'))
  const { element, end } = still(doc)
  expect(element.textContent).toBe('Agua')
  const others = (text: string) =>
    doc.transact(() => applyField(doc, name, 'rich', { type: 'doc', content: [paragraph(text)] }))
  others('Agua limpia')
  vi.advanceTimersByTime(1000)
  expect(element.textContent).toBe('Agua limpia')
  expect(element.className).toBe('tiptap ProseMirror prose')
  end()
  others('Nada')
  vi.advanceTimersByTime(1000)
  expect([element.textContent, element.isConnected]).toEqual(['Agua limpia', false])
})

test('the focus and a press ask for the editor, where one may write', () => {
  const press = (element: Element) =>
    element.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true, clientX: 30, clientY: 40 }))
  const mine = still(saying(paragraph('Agua')))
  mine.element.focus()
  expect(press(mine.element)).toBe(false)
  expect(mine.entered).toEqual([undefined, { left: 30, top: 40 }])
  const theirs = still(saying(paragraph('Agua')), { editable: false })
  theirs.element.focus()
  expect(press(theirs.element)).toBe(true)
  expect(theirs.entered).toEqual([])
})

test('what the schema does not know is left to an editor', () => {
  const doc = new Y.Doc()
  doc.getXmlFragment(name).insert(0, [new Y.XmlElement('film')])
  expect(stillText(doc.getXmlFragment(name), 'rich')).toBeUndefined()
})
