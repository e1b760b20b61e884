import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decodeBase64,
  fromBase64,
  fromHex,
  fromUtf8,
  isBase64,
  lengthOfBase64,
  toBase64,
  toBase64Url,
  toHex,
  utf8,
} from './bytes.ts'

const bytes = fc.uint8Array({ maxLength: 100 })

describe('bytes and their texts', () => {
  test('are those of Node', () => {
    fc.assert(
      fc.property(bytes, (value) => {
        expect(toHex(value)).toBe(Buffer.from(value).toString('hex'))
        expect(toBase64(value)).toBe(Buffer.from(value).toString('base64'))
        expect(toBase64Url(value)).toBe(Buffer.from(value).toString('base64url'))
        expect(fromHex(toHex(value))).toEqual(value)
        expect(fromBase64(toBase64(value))).toEqual(value)
      }),
    )
  })

  test('are written behind others, which stay', () => {
    fc.assert(
      fc.property(bytes, bytes, (before, value) => {
        const text = toBase64(value)
        const into = new Uint8Array(before.length + lengthOfBase64(text) + 1)
        into.set(before)
        expect(decodeBase64(text, into, before.length)).toBe(before.length + value.length)
        expect([...into]).toEqual([...before, ...value, 0])
      }),
    )
    expect(decodeBase64('AB==', new Uint8Array(1), 0)).toBe(-1)
  })

  test('are read in one spelling only', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.base64String(), fc.string({ unit: fc.constantFrom(...'AQgw=+/-'), maxLength: 9 })),
        (text) => {
          const value = fromBase64(text)
          expect(isBase64(text)).toBe(value !== undefined)
          if (value) expect(toBase64(value)).toBe(text)
          else expect(Buffer.from(text, 'base64').toString('base64')).not.toBe(text)
        },
      ),
    )
    expect(fromHex('AB')).toBeUndefined()
    expect(fromHex('abc')).toBeUndefined()
    expect(fromUtf8(Uint8Array.of(0xc3))).toBeUndefined()
    expect(fromUtf8(utf8('\ufeffá'))).toBe('\ufeffá')
  })
})
