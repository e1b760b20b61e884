/** SHA-256 as the record writes it, synchronous and the same everywhere. */
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 as portable } from '@noble/hashes/sha2.js'
import { toBase64Url, toHex, utf8 } from './bytes.ts'

/** The SHA-256 of bytes: 32 bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return portable(bytes)
}

/** Where short inputs are put together: bytes of their own for each would take longer than hashing them. */
const desk = new Uint8Array(64 * 1024)
const encoder = new TextEncoder()

const lengthOf = (parts: readonly Uint8Array[]) => parts.reduce((length, part) => length + part.length, 0)

/** Lays parts down one after another; gives where they end. */
function lay(parts: readonly Uint8Array[], into: Uint8Array): number {
  let at = 0
  for (const part of parts) {
    into.set(part, at)
    at += part.length
  }
  return at
}

/** The hash of parts one after another. `digest` must not keep what it is given. */
export function hashJoined(parts: readonly Uint8Array[], digest: typeof sha256 = sha256): Uint8Array {
  const length = lengthOf(parts)
  const joined = length > desk.length ? new Uint8Array(length) : desk
  return digest(joined.subarray(0, lay(parts, joined)))
}

/** The hash of a text's UTF-8, with parts before it. `digest` must not keep what it is given. */
export function hashText(before: readonly Uint8Array[], text: string, digest: typeof sha256 = sha256): Uint8Array {
  // A UTF-16 unit takes three bytes at most.
  if (lengthOf(before) + text.length * 3 > desk.length) return hashJoined([...before, utf8(text)], digest)
  const at = lay(before, desk)
  const { written } = encoder.encodeInto(text, desk.subarray(at))
  return digest(desk.subarray(0, at + written))
}

/** `sha256:` and 64 lower-case hexadecimal digits. `digest` may be a faster SHA-256. */
export function sha256Name(bytes: Uint8Array, digest: typeof sha256 = sha256): string {
  return `sha256:${toHex(digest(bytes))}`
}

/**
 * A person's name inside one plan's record: the first 16 characters of base64url(HMAC-SHA-256(secret, plan id)), 96 bits.
 * The same person has unrelated names in two plans, and none once the secret is deleted.
 */
export function personId(secret: Uint8Array, plan: string): string {
  return opaqueId(secret, plan)
}

/** As {@link personId}, for anything else that must be told apart without being named, such as a session. */
export function opaqueId(secret: Uint8Array, text: string): string {
  return toBase64Url(hmac(portable, secret, utf8(text))).slice(0, 16)
}

const payloadPrefix = Uint8Array.of(2)

/** Bytes of the random salt that a payload is hidden behind. */
export const saltLength = 32

/**
 * What a leaf says of a payload that it does not hold: `sha256:` of 0x02, the salt and the payload's canonical text.
 * Without the salt nobody can try out guesses, so deleting salt and payload leaves nothing behind. The salt is 32 random
 * bytes of this payload's own; throws for another length. `digest` may be a faster SHA-256.
 */
export function payloadCommitment(salt: Uint8Array, payload: string, digest: typeof sha256 = sha256): string {
  if (salt.length !== saltLength) throw new RangeError('a salt has 32 bytes')
  return `sha256:${toHex(hashText([payloadPrefix, salt], payload, digest))}`
}
