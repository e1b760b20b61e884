// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest'
import { type CaretUser, caretPerson, createCaretDrawer } from './carets.ts'

afterEach(() => void vi.unstubAllGlobals())

test('[PR11] the stamp of somebody without a name is told from a name that says the same', () => {
  expect(caretPerson({ name: 'Vecindad de Tortí', unnamed: true, group: 'Vecindad de Tortí' })).toEqual({
    name: '',
    group: { name: 'Vecindad de Tortí' },
  })
  expect(caretPerson({ name: 'Persona sin nombre', unnamed: true, group: null })).toEqual({ name: '', group: null })
  expect(caretPerson({ name: 'Persona sin nombre', group: null })).toEqual({ name: 'Persona sin nombre', group: null })
})

test('[PE12] a caret knows that nobody verified a guest', () => {
  expect(caretPerson({ name: 'Rosa', unverified: true, group: null }).unverified).toBe(true)
  expect(caretPerson({ name: 'Rosa', group: null }).unverified).toBeUndefined()
})

test('[PR2] a caret that is drawn already is written anew when its person is shown otherwise', () => {
  const { cursorBuilder, selectionBuilder } = createCaretDrawer(({ name }) => name)
  const ana: CaretUser = { name: 'Ana Batista', color: '#a9500b' }
  const caret = cursorBuilder(ana, 1)
  const other = cursorBuilder({ ...ana, name: 'Ben' }, 2)
  selectionBuilder(ana, 1)
  expect(caret.textContent).toContain('Ana Batista')

  selectionBuilder({ name: 'Persona sin nombre', unnamed: true, color: '#095a5a' }, 1)
  expect(caret.textContent).not.toContain('Ana')
  expect(caret.textContent).toContain('Persona sin nombre')
  expect(caret.style.getPropertyValue('--caret')).toBe('#095a5a')
  expect(other.textContent).toContain('Ben')
})

test('a name goes to the left where it would stand out of the text, and back when its caret moves', () => {
  const frames: FrameRequestCallback[] = []
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => frames.push(callback))
  const draw = () => {
    for (const frame of frames.splice(0)) frame(0)
  }
  const { cursorBuilder, selectionBuilder, turn } = createCaretDrawer(({ name }) => name)
  turn()
  expect(frames).toEqual([])
  const ana: CaretUser = { name: 'Ana Batista', color: '#a9500b' }
  const caret = cursorBuilder(ana, 1)
  // jsdom lays out nothing: a text of 300 pixels, a name of 100, and a caret that is moved.
  const text = document.createElement('div')
  text.className = 'ProseMirror'
  text.append(caret)
  document.body.append(text)
  text.getBoundingClientRect = () => new DOMRect(0, 0, 300, 100)
  let at = 250
  caret.getBoundingClientRect = () => new DOMRect(at, 0, 2, 20)
  for (const label of caret.children) Object.defineProperty(label, 'offsetWidth', { value: 100 })
  draw()
  expect(caret.hasAttribute('data-left')).toBe(true)
  at = 20
  selectionBuilder(ana, 1)
  draw()
  expect(caret.hasAttribute('data-left')).toBe(false)
  at = 290
  turn()
  turn()
  expect(frames).toHaveLength(1)
  draw()
  expect(caret.hasAttribute('data-left')).toBe(true)
  // One that is not in the page stands nowhere.
  text.remove()
  caret.getBoundingClientRect = () => expect.unreachable()
  turn()
  draw()
})
