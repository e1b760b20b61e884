import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold } from './fold.ts'

test('letters are told apart by neither case nor marks, however these are written', () => {
  expect(fold('TÍTULO del Ñandú')).toBe('titulo del nandu')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(fold(text.normalize('NFD'))).toBe(fold(text.normalize('NFC')))
      expect(fold(fold(text))).toBe(fold(text))
    }),
    { seed: 58 },
  )
})
