// @vitest-environment jsdom
import { fieldExtensions } from '@cabildo/schema/document'
import { Editor } from '@tiptap/core'
import { afterEach, expect, test, vi } from 'vitest'
import { createHub } from './hub.ts'

afterEach(() => void vi.useRealTimers())

test('[PC14] [TH15] while an input method is composing nothing is drawn anew; it is once that is done, and in no other field', () => {
  vi.useFakeTimers()
  const hub = createHub(['title', 'problem'])
  const drawn: string[] = []
  const fields = ['title', 'problem'].map((name) => {
    const editor = new Editor({ element: document.createElement('div'), extensions: fieldExtensions('rich') })
    editor.on('transaction', ({ transaction }) => {
      if (transaction.getMeta('layer')) drawn.push(name)
    })
    hub.add({ name, kind: 'rich', editor })
    return editor
  })
  const [title, problem] = fields as [Editor, Editor]
  problem.view.dom.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }))
  hub.redraw()
  vi.advanceTimersByTime(1000)
  expect(drawn).toEqual(['title'])
  problem.view.dom.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }))
  vi.advanceTimersByTime(1000)
  expect(drawn).toEqual(['title', 'problem'])
  hub.redraw('title')
  expect(drawn).toEqual(['title', 'problem', 'title'])
  for (const editor of [title, problem]) editor.destroy()
})

test('an editor is made when it is needed, once, and Enter in a line goes on to a field that has none yet', () => {
  const hub = createHub(['title', 'summary', 'problem'])
  const made: string[] = []
  const editors: Editor[] = []
  for (const name of ['problem', 'summary'])
    hub.wait(name, () => {
      made.push(name)
      const editor = new Editor({ element: document.createElement('div'), extensions: fieldExtensions('rich') })
      editors.push(editor)
      hub.add({ name, kind: 'rich', editor })
    })
  expect(hub.all()).toEqual([])
  expect(hub.need('facts')).toBeUndefined()
  hub.need('problem')
  hub.need('problem')
  expect(hub.focusNext('title')).toBe(true)
  expect(made).toEqual(['problem', 'summary'])
  expect(hub.all().map(({ name }) => name)).toEqual(['summary', 'problem'])
  expect(hub.focusNext('problem')).toBe(false)
  for (const editor of editors) editor.destroy()
})
