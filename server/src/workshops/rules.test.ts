import { expect, test } from 'vitest'
import { createKeys } from '../keys.ts'
import { codeOf, readCode, showCode } from './rules.ts'
import { createWaysIn } from './ways-in.ts'

const ways = createWaysIn(createKeys('a'.repeat(43)))

test('[WS2] five bytes are eight signs of Crockford, each of five bits', () => {
  expect(codeOf(Uint8Array.of(0, 0, 0, 0, 0))).toBe('00000000')
  expect(codeOf(Uint8Array.of(255, 255, 255, 255, 255))).toBe('ZZZZZZZZ')
  expect(codeOf(Uint8Array.of(0, 68, 50, 20, 199))).toBe('01234567')
  expect(showCode('7QKX2M4T')).toBe('7QKX-2M4T')
})

test.each(['7QKX-0M1T', '7qkxom1t', ' 7 q k x – O m l T ', '７ＱＫＸ-0MIT'])(
  '[WS2] %s is heard as the same code',
  (typed) => {
    expect(readCode(typed)).toBe('7QKX0M1T')
  },
)

test.each(['', '7QKX-0M1', '7QKX-0M1TT', '7QKX-UM1T', '7QKX/0M1T', 'ñQKX-0M1T'])('[WS2] "%s" is no code', (typed) => {
  expect(readCode(typed)).toBeUndefined()
})

test('[WS2] a token has 128 bits, a code 40; they follow from workshop, version and key, and from nothing else', () => {
  const way = ways.of('w5Rt8mQ2xV0k4n6sY1p7bA', 1)
  const another = createWaysIn(createKeys('b'.repeat(43))).of('w5Rt8mQ2xV0k4n6sY1p7bA', 1)

  expect(way.token).toMatch(/^[\w-]{22}$/)
  expect(way.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/)
  expect(ways.of('w5Rt8mQ2xV0k4n6sY1p7bA', 1)).toEqual(way)
  const others = [ways.of('w5Rt8mQ2xV0k4n6sY1p7bA', 2), ways.of('x5Rt8mQ2xV0k4n6sY1p7bA', 1), another]
  for (const other of others) {
    expect(other.token).not.toBe(way.token)
    expect(other.code).not.toBe(way.code)
  }
})

test('[WS2] what is stored finds the workshop by what is shown, and is neither token nor code', () => {
  const way = ways.of('w5Rt8mQ2xV0k4n6sY1p7bA', 1)
  const { linkHash, codeHash } = ways.hashesOf(way)

  expect(ways.hashOf({ token: way.token })).toEqual({ linkHash })
  expect(ways.hashOf({ code: showCode(way.code).toLowerCase() })).toEqual({ codeHash })
  expect(linkHash).toMatch(/^[0-9a-f]{64}$/)
  expect(codeHash).toMatch(/^[0-9a-f]{64}$/)
  expect(ways.hashOf({ token: 'short' })).toBeUndefined()
  expect(ways.hashOf({ code: 'short' })).toBeUndefined()
})
