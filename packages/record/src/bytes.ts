/**
 * Bytes and their texts. Plain functions over `Uint8Array`, the same in Node and in a browser; every decoder accepts the
 * one spelling its encoder writes and answers `undefined` for any other.
 */

const encoder = new TextEncoder()
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The UTF-8 bytes of a text. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text)
}

/** The text of UTF-8 bytes, or `undefined` where they are not UTF-8. A byte order mark stays in the text. */
export function fromUtf8(bytes: Uint8Array): string | undefined {
  try {
    return strictDecoder.decode(bytes)
  } catch {
    return undefined
  }
}

/** One array holding all parts, in order. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return concatAll(parts)
}

/** The same of more parts than a call may have arguments. */
export function concatAll(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  let length = 0
  for (const part of parts) length += part.length
  const joined = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/** Whether both hold the same bytes. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return false
  return true
}

const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Lower-case hexadecimal digits, two for a byte. */
export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += hexOfByte[byte]
  return text
}

/** The bytes of lower-case hexadecimal digits, or `undefined` for any other text. */
export function fromHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) return undefined
  return Uint8Array.from({ length: text.length / 2 }, (_, at) => Number.parseInt(text.slice(at * 2, at * 2 + 2), 16))
}

const standard = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Standard base64 with padding (RFC 4648, section 4). */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.subarray(at, at + 3)
    text += standard.charAt(a >> 2) + standard.charAt(((a & 3) << 4) | ((b ?? 0) >> 4))
    text += b === undefined ? '=' : standard.charAt(((b & 15) << 2) | ((c ?? 0) >> 6))
    text += c === undefined ? '=' : standard.charAt(c & 63)
  }
  return text
}

/** The value of each digit by its character code; 64 where there is none. */
const valueOfDigit = new Uint8Array(128).fill(64)
for (let value = 0; value < 64; value += 1) valueOfDigit[standard.charCodeAt(value)] = value

/**
 * The bytes of standard base64, or `undefined` for anything that {@link toBase64} would not have written: no white
 * space, padding in full, unused bits zero.
 */
export function fromBase64(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(lengthOfBase64(text))
  return decodeBase64(text, bytes, 0) < 0 ? undefined : bytes
}

/** How many bytes a text of base64 holds; for any other text a number that says nothing. */
export function lengthOfBase64(text: string): number {
  return Math.floor((digitsOfBase64(text) * 3) / 4)
}

const digitsOfBase64 = (text: string) => text.length - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0)

/**
 * Writes what {@link fromBase64} would answer into bytes that are there, from a place on; gives the place after it, or -1
 * where that would answer nothing. There must be room for {@link lengthOfBase64}.
 */
export function decodeBase64(text: string, into: Uint8Array, from: number): number {
  if (text.length % 4 !== 0) return -1
  const digits = digitsOfBase64(text)
  let held = 0
  let bits = 0
  let at = from
  for (let place = 0; place < digits; place += 1) {
    const value = valueOfDigit[text.charCodeAt(place)] ?? 64
    if (value === 64) return -1
    held = ((held << 6) | value) & 0xfff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      into[at] = (held >> bits) & 255
      at += 1
    }
  }
  return (held & ((1 << bits) - 1)) === 0 ? at : -1
}

/** Whether {@link fromBase64} answers for this text. */
export function isBase64(text: string): boolean {
  if (text.length % 4 !== 0) return false
  const digits = digitsOfBase64(text)
  let value = 0
  for (let place = 0; place < digits; place += 1) {
    value = valueOfDigit[text.charCodeAt(place)] ?? 64
    if (value === 64) return false
  }
  const unused = [0, 63, 15, 3][digits % 4] ?? 0
  return (value & unused) === 0
}

/** Base64 for addresses, without padding (RFC 4648, section 5). */
export function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Eight bytes, big-endian, of an integer from 0 to 2^53 - 1. */
export function uint64(value: number): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value))
  return bytes
}
