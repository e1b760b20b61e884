import { crockford } from '@cabildo/protocol/crockford'

/** How long a workshop lasts: when nobody says, and at most. The database counts, against its own clock. */
export const duration = { usual: '6 hours', most: '24 hours' } as const

/** How many people may share one device. A table passes one phone round; beyond this something else is going on. */
export const mostOnDevice = 20

const codeLength = 8

/** How many random bytes a spoken code carries: 40 bits, five for each of its eight signs. */
export const codeBytes = 5

/** Five bytes as the eight signs of a spoken code. */
export function codeOf(bytes: Uint8Array): string {
  let number = 0n
  for (const byte of bytes.subarray(0, codeBytes)) number = (number << 8n) | BigInt(byte)
  let code = ''
  for (let place = codeLength - 1; place >= 0; place -= 1)
    code += crockford[Number((number >> BigInt(place * 5)) & 31n)]
  return code
}

/** A code as it is shown and read out: `7QKX-2M4T`. */
export function showCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`
}

/**
 * The code somebody meant: in any letters, with or without dashes and blanks, O for 0 and I or L for 1. Undefined when it
 * can be none.
 */
export function readCode(typed: string): string | undefined {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}.]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  return plain.length === codeLength && [...plain].every((sign) => crockford.includes(sign)) ? plain : undefined
}
