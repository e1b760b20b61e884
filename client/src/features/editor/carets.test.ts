// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { type CaretUser, caretPerson, createCaretDrawer } from './carets.ts'

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
