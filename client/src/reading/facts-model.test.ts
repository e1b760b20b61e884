import type { TemplateFact } from '@cabildo/schema/templates/template'
import { expect, test } from 'vitest'
import { factWords, listChange } from './facts-model.ts'

const base = { label: { es: 'x', en: 'x' }, help: { es: '', en: '' } }
const date: TemplateFact = { ...base, key: 'periodStart', kind: 'date' }
const names: TemplateFact = { ...base, key: 'supportOther', kind: 'list', maxItems: 9, maxLength: 99 }
const choices: TemplateFact = {
  ...base,
  key: 'policyAreas',
  kind: 'choices',
  maxItems: 3,
  options: [{ value: 'open_data', label: { es: 'Datos abiertos', en: 'Open data' } }],
}

test('a day reads as a day in every zone and language', () => {
  expect(factWords(date, '2026-03-01', 'es')).toEqual(['1 de marzo de 2026'])
  expect(factWords(date, '2026-03-01', 'en')).toEqual(['1 March 2026'])
  expect(factWords(date, 'mañana', 'es')).toEqual(['mañana'])
})

test('choices read by their label, unknown ones as stored', () => {
  expect(factWords(choices, ['open_data', 'other'], 'es')).toEqual(['Datos abiertos', 'other'])
  expect(factWords(choices, ['open_data'], 'en')).toEqual(['Open data'])
})

test('what is not set, or not a text, says nothing', () => {
  expect(factWords(names, undefined, 'es')).toEqual([])
  expect(factWords(names, ['Junta comunal', '', 7, null], 'es')).toEqual(['Junta comunal'])
  expect(factWords(undefined, 'algo', 'es')).toEqual(['algo'])
  expect(factWords(names, { a: 1 }, 'es')).toEqual([])
})

test('a list tells what came, what went and what stayed', () => {
  expect(listChange(['a', 'b'], ['c', 'b'])).toEqual({ added: ['c'], removed: ['a'], kept: ['b'] })
})
