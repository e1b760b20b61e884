import { expect, test } from 'vitest'
import { Refusal, refusalCode } from './refusal.ts'

test.each([
  ['Chromium', new TypeError('Failed to fetch dynamically imported module: https://chepo.test/assets/a.js')],
  ['Firefox', new TypeError('error loading dynamically imported module: https://chepo.test/assets/a.js')],
  ['Safari', new TypeError('Importing a module script failed.')],
  ['a style sheet of Vite', new Error('Unable to preload CSS for https://chepo.test/assets/a.css')],
])('a part of the program that could not be fetched means that there is no network: %s', (_, error) => {
  expect(refusalCode(error)).toBe('offline')
})

test('a refusal keeps its code; anything else is a defect', () => {
  expect(refusalCode(new Refusal('frozen', 409))).toBe('frozen')
  expect([new TypeError('x is not a function'), 'words', undefined].map(refusalCode)).toEqual(Array(3).fill('internal'))
})
