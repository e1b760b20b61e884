/** SHA-256 as the record writes it, synchronous and the same everywhere. */
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 as portable } from '@noble/hashes/sha2.js'
import { concat, toBase64Url, toHex, utf8 } from './bytes.ts'

/** The SHA-256 of bytes: 32 bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return portable(bytes)
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

/** Bytes of the random salt that a payload is hidden behind. */
export const saltLength = 32

/**
 * What a leaf says of a payload that it does not hold: `sha256:` of 0x02, the salt and the payload's canonical text.
 * Without the salt nobody can try out guesses, so deleting salt and payload leaves nothing behind. The salt is 32 random
 * bytes of this payload's own; throws for another length. `digest` may be a faster SHA-256.
 */
export function payloadCommitment(salt: Uint8Array, payload: string, digest: typeof sha256 = sha256): string {
  if (salt.length !== saltLength) throw new RangeError('a salt has 32 bytes')
  return `sha256:${toHex(digest(concat(Uint8Array.of(2), salt, utf8(payload))))}`
}
