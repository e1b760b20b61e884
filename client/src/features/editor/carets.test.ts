import { expect, test } from 'vitest'
import { caretPerson } from './carets.ts'

test('[PR11] the stamp of somebody without a name is told from a name that says the same', () => {
  expect(caretPerson({ name: 'Vecindad de Tortí', unnamed: true, group: 'Vecindad de Tortí' })).toEqual({
    name: '',
    group: { name: 'Vecindad de Tortí' },
  })
  expect(caretPerson({ name: 'Persona sin nombre', unnamed: true, group: null })).toEqual({ name: '', group: null })
  expect(caretPerson({ name: 'Persona sin nombre', group: null })).toEqual({ name: 'Persona sin nombre', group: null })
})
