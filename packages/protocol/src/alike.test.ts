import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAlike, likeness, wordSet } from './alike.ts'

const like = (one: string, other: string) => likeness(wordSet(one), wordSet(other))

test('[IN13] words are the same whatever their accents, capitals and order, and short ones say nothing', () => {
  expect([...wordSet('El AGUA, del Río Bayano; ¡el agua!')]).toEqual(['agua', 'del', 'rio', 'bayano'])
  expect(like('Más luz en el parque', 'EN EL PARQUE, MAS LUZ')).toBe(1)
  expect([...wordSet('Sí, no')]).toEqual(['si', 'no'])
  expect([...wordSet('Ruta 4')]).toEqual(['ruta', '4'])
})

test('[IN13] likeness is what both have by what either has', () => {
  expect(like('luz parque calle', 'luz parque escuela')).toBe(0.5)
  expect(like('luz', 'agua')).toBe(0)
  expect(like('', '')).toBe(0)
  expect(like('¿?', 'luz')).toBe(0)
})

test('[IN13] of many texts those alike are found, the most alike first, as one by one', () => {
  const texts = ['Más luz en el parque', 'Luz en el parque central de Chepo', 'Agua para la escuela', '']
  const alike = createAlike(texts.map((words, id) => ({ id, words })))
  const text = 'Luz, mas luz en el parque central'
  const expected = texts
    .map((words, id) => ({ id, share: like(words, text) }))
    .filter(({ share }) => share >= 0.5)
    .sort((one, other) => other.share - one.share)
  expect(alike(text)).toEqual(expected)
  expect(alike(text).map(({ id }) => id)).toEqual([0, 1])
  expect(alike('Un puente')).toEqual([])
})

test('[IN13] [IN47] whatever the texts, those are found that comparing them one by one finds', () => {
  const text = fc.array(fc.constantFrom('luz', 'parque', 'agua', 'calle', 'escuela', 'puente', 'río'), { maxLength: 9 })
  fc.assert(
    fc.property(fc.array(text, { maxLength: 30 }), text, (all, one) => {
      const texts = all.map((words) => words.join(' '))
      const expected = texts
        .map((words, id) => ({ id, share: like(words, one.join(' ')) }))
        .filter(({ share }) => share >= 0.5)
        .sort((one, other) => other.share - one.share)
      expect(createAlike(texts.map((words, id) => ({ id, words })))(one.join(' '))).toEqual(expected)
    }),
  )
})
