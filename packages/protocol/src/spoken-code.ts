/** Codes that people read out, type and print: Crockford's 32 signs, five bits each. */

/** No I, L, O, U, so that nothing is read or heard as something else. */
const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const bits = 5

/** The first bits of `bytes` as a code of so many signs. Throws when they are too few. */
export function spokenCode(bytes: Uint8Array, length: number): string {
  if (bytes.length * 8 < length * bits) throw new RangeError('too few bytes for a code')
  let number = 0n
  for (const byte of bytes) number = (number << 8n) | BigInt(byte)
  const first = BigInt(bytes.length * 8 - bits)
  let code = ''
  for (let place = 0n; place < length; place += 1n) code += signs[Number((number >> (first - place * 5n)) & 31n)]
  return code
}

/**
 * The code somebody meant: in any letters, with or without dashes and blanks, O for 0 and I or L for 1. Undefined when it
 * can be none of this length.
 */
export function readSpokenCode(typed: string, length: number): string | undefined {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}.]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  return plain.length === length && [...plain].every((sign) => signs.includes(sign)) ? plain : undefined
}

/** A code as it is shown and read out, in fours: `7QKX-2M4T`. */
export function showSpokenCode(code: string): string {
  return code.replace(/.{4}(?=.)/g, '$&-')
}
