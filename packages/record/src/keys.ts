/**
 * Keys of signed notes (c2sp.org/signed-note) and of cosignatures (c2sp.org/tlog-cosignature), and their text, the
 * *vkey*: `<name>+<8 hex digits of the id>+<base64 of type and public key>`.
 */
import { concat, fromBase64, toBase64, toHex, utf8 } from './bytes.ts'
import { sha256 } from './hash.ts'

/** Kinds of signature, by the byte that C2SP gives them: a log's Ed25519, and a witness's with its time. */
export const keyTypes = { ed25519: 0x01, cosignature: 0x04, mldsa44: 0x06 } as const

/** One of {@link keyTypes}. */
export type KeyType = (typeof keyTypes)[keyof typeof keyTypes]

/** Lengths in bytes of each kind: public key, and what stands after the key id in a signature line. */
const lengths: { readonly [type in KeyType]: { readonly key: number; readonly signature: number } } = {
  [keyTypes.ed25519]: { key: 32, signature: 64 },
  [keyTypes.cosignature]: { key: 32, signature: 8 + 64 },
  [keyTypes.mldsa44]: { key: 1312, signature: 8 + 2420 },
}

/** A public key under a name. */
export interface NoteKey {
  readonly name: string
  /** Four bytes as 8 lower-case hexadecimal digits. With the name it says which key signed; it protects nothing. */
  readonly id: string
  readonly type: KeyType
  readonly publicKey: Uint8Array
}

/** Whether a key may be called so: not empty, no white space, no plus, no control character, well formed. */
export function isKeyName(name: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  return /^[^\s+\u0000-\u001f\u0085]+$/u.test(name) && name.isWellFormed()
}

/** How many bytes stand after the key id in a signature line of this kind of key. */
export function signatureLength(type: KeyType): number {
  return lengths[type].signature
}

/** A key with the id that C2SP derives from name, kind and bytes. Throws RangeError for a name or length that cannot be. */
export function makeKey(name: string, type: KeyType, publicKey: Uint8Array): NoteKey {
  if (!isKeyName(name)) throw new RangeError('not a name for a key')
  if (publicKey.length !== lengths[type].key) throw new RangeError('not the length of such a key')
  const id = toHex(sha256(concat(utf8(name), Uint8Array.of(0x0a, type), publicKey)).subarray(0, 4))
  return { name, id, type, publicKey }
}

/** The key's text. */
export function formatVkey(key: NoteKey): string {
  return `${key.name}+${key.id}+${toBase64(concat(Uint8Array.of(key.type), key.publicKey))}`
}

/**
 * A verifier key as people compare it: whole where that is a line, else by the SHA-256 of its text, since keys of ML-DSA
 * fill a screen. A part of it would not do: whoever forges one chooses its beginning.
 */
export function shortVkey(key: NoteKey): string {
  const vkey = formatVkey(key)
  const { length } = key.publicKey
  return length > longestShown ? `${key.name}+${key.id}+sha256:${toHex(sha256(utf8(vkey)))}` : vkey
}

/** Bytes: those of a key of Ed25519. */
const longestShown = 32

/** The key of a text, or `undefined` where it is none, its id is not its own, or its kind is not one we know. */
export function parseVkey(text: string): NoteKey | undefined {
  const [name, id, encoded, ...rest] = text.split('+')
  // Base64 may itself hold pluses: what follows the second one is the key.
  if (name === undefined || id === undefined || encoded === undefined) return undefined
  const bytes = fromBase64([encoded, ...rest].join('+'))
  const type = Object.values(keyTypes).find((value) => value === bytes?.[0])
  if (!bytes || type === undefined || !isKeyName(name) || bytes.length !== 1 + lengths[type].key) return undefined
  const key = makeKey(name, type, bytes.subarray(1))
  return key.id === id ? key : undefined
}
