/**
 * Bytes as decimal digits, for a QR code: its numeric mode holds ten bits in three digits, so that this is the densest
 * text of an address that it can hold. Seven bytes become seventeen digits.
 */

const blockBytes = 7
/** Digits that a block of so many bytes takes; no two are alike, so that the last block tells its length. */
const digitsOf = [0, 3, 5, 8, 10, 13, 15, 17] as const
const blockDigits = digitsOf[blockBytes]

/** Digits of bytes; {@link fromDigits} gives them back. */
export function toDigits(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += blockBytes) {
    const block = bytes.subarray(at, at + blockBytes)
    const value = block.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
    text += value.toString().padStart(digitsOf[block.length] ?? 0, '0')
  }
  return text
}

/** The bytes of digits, or `undefined` for anything that {@link toDigits} would not have written. */
export function fromDigits(text: string): Uint8Array | undefined {
  if (!/^[0-9]*$/.test(text)) return undefined
  const lastBytes = digitsOf.findIndex((digits) => digits === text.length % blockDigits)
  if (lastBytes < 0) return undefined
  const bytes = new Uint8Array(Math.floor(text.length / blockDigits) * blockBytes + lastBytes)
  for (let at = 0, from = 0; from < bytes.length; at += blockDigits, from += blockBytes) {
    const block = bytes.subarray(from, from + blockBytes)
    let value = BigInt(text.slice(at, at + blockDigits))
    if (value >= 1n << BigInt(8 * block.length)) return undefined
    for (let place = block.length - 1; place >= 0; place -= 1) {
      block[place] = Number(value & 255n)
      value >>= 8n
    }
  }
  return bytes
}
