import { finding } from '@cabildo/record/findings'
import { expect, test } from 'vitest'
import { gravestFirst, verdictOf } from './model.ts'

test('[RC136] a file that is sound by its own keys alone is not called sound', () => {
  expect(verdictOf({ exitCode: 0 }, undefined)).toBe('ownKey')
  expect(verdictOf({ exitCode: 0 }, 'key')).toBe('sound')
  expect([1, 2, 3].map((code) => verdictOf({ exitCode: code as 1 | 2 | 3 }, undefined))).toEqual([
    'damaged',
    'incomplete',
    'unknownKey',
  ])
})

test('the gravest findings come first, and keep their order', () => {
  const found = [
    finding('more'),
    finding('file-missing'),
    finding('leaf-differs', { seq: 9 }),
    finding('leaf-differs', { seq: 2 }),
  ]
  expect(gravestFirst(found).map(({ code, seq }) => [code, seq])).toEqual([
    ['leaf-differs', 9],
    ['leaf-differs', 2],
    ['file-missing', undefined],
    ['more', undefined],
  ])
})
