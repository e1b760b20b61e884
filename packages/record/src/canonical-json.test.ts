import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CanonicalJsonError, canonicalText, maxDepth, parseCanonical } from './canonical-json.ts'
import { anyCharacter } from './testing/any-text.ts'

const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger().map((number) => number + 0),
    fc.string({ unit: anyCharacter }),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(fc.string({ unit: anyCharacter }), tie('value'), { maxKeys: 5 }),
  ),
})).value

describe('canonical JSON on the profile of the record (RFC 8785)', () => {
  test('RC1: writes strings and literals as in section 3.2.2', () => {
    const value: unknown = JSON.parse(
      '{"s":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","l":[null,true,false]}',
    )
    expect(canonicalText(value)).toBe('{"l":[null,true,false],"s":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}')
  })

  test('RC1: sorts keys by UTF-16 units, as in section 3.2.3', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }
    expect(canonicalText(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}')
  })

  test.each([
    1.5,
    -0,
    2 ** 53,
    Number.NaN,
    '\ud800',
    { '\udc00': 1 },
    undefined,
    { a: undefined },
    new Array(1),
    new Date(0),
    1n,
  ])('RC1: refuses %o', (value) => {
    expect(() => canonicalText(value)).toThrow(CanonicalJsonError)
  })

  test.each([
    '{"a":1,"a":1}',
    '{"a":1,"a":2}',
    '{"b":1,"a":2}',
    ' 1',
    '1\n',
    '01',
    '1.0',
    '1e3',
    '-0',
    '"\\u0041"',
    '"\\/"',
    '"é',
    '[1,]',
    '"\\ud800"',
    '',
  ])('RC1: reads no other text than the canonical one: %j', (text) => {
    expect(() => parseCanonical(text)).toThrow(CanonicalJsonError)
  })

  test('RC1: has a limit to levels, well before the stack has', () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)
    expect(parseCanonical(nested(maxDepth))).toBeDefined()
    expect(() => parseCanonical(nested(maxDepth + 1))).toThrow(CanonicalJsonError)
    expect(() => parseCanonical(nested(100_000))).toThrow(CanonicalJsonError)
  })

  test('RC1: keeps a key that is named like the prototype', () => {
    const text = '{"__proto__":{"a":1}}'
    expect(canonicalText(parseCanonical(text))).toBe(text)
  })

  test('RC1: reading gives back what was written, and one value has one text', () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalText(value)
        expect(canonicalText(parseCanonical(text))).toBe(text)
        expect(canonicalText(JSON.parse(JSON.stringify(value)))).toBe(text)
      }),
    )
  })
})

test('strings of any characters have the names among them that JavaScript keeps for itself', () => {
  const some = fc.sample(fc.string({ unit: anyCharacter }), { numRuns: 20_000, seed: 1 })
  expect(some).toEqual(expect.arrayContaining(['__proto__', 'toString', 'valueOf']))
})
