import { expect, test } from 'vitest'
import { codesText, exportName, hostOf, inFours, isTooShort, looksLikeEmail, readToken } from './model.ts'

test('a new password is counted in letters as people see them', () => {
  expect(isTooShort('once letras')).toBe(true)
  expect(isTooShort('doce letras,')).toBe(false)
  // Six pairs of surrogates are six letters.
  expect(isTooShort('🌱🌱🌱🌱🌱🌱')).toBe(true)
})

test('the secret of a link is taken whole or not at all', () => {
  expect(readToken('#Zk4v0QbT2xR8m6nW1sY5pA')).toBe('Zk4v0QbT2xR8m6nW1sY5pA')
  for (const hash of ['', '#', '#Zk4v0QbT2xR8m6nW1sY5p', '#Zk4v0QbT2xR8m6nW1sY5pAA', '#Zk4v0QbT2xR8m6nW1sY5p/'])
    expect(readToken(hash)).toBeUndefined()
})

test('secrets and codes are written so that they can be copied by hand', () => {
  expect(inFours('JBSWY3DPEHPK3PXPJB')).toBe('JBSW Y3DP EHPK 3PXP JB')
  expect(codesText('Códigos', ['a', 'b'])).toBe('Códigos\n\na\nb')
})

test('another sign-on is known by its host, and a file by its day', () => {
  expect(hostOf('https://login.gob.example/realm')).toBe('login.gob.example')
  expect(hostOf('no es una dirección')).toBe('no es una dirección')
  expect(exportName('mis-datos', new Date('2026-11-28T23:00:00Z'))).toBe('cabildo-mis-datos-2026-11-28.json')
})

test('what cannot be an address is told before it is sent', () => {
  expect(['ana@municipio.gob.pa', 'ana', 'ana@', 'a b@c.d', ''].map(looksLikeEmail)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ])
})
