/**
 * What a key of each kind signs, and how that is checked. Ed25519 comes from @noble/curves, so that it is the same in
 * Node and in a browser; whoever has a faster one, or ML-DSA-44, gives it as {@link Verifiers}.
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import { concat, uint64, utf8 } from './bytes.ts'
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts'
import { keyTypes, makeKey, type NoteKey } from './keys.ts'

/** Checks one raw signature. Never throws: what is malformed does not verify. */
export type VerifyRaw = (signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array) => boolean

/** Algorithms at hand. Without ML-DSA-44 those signatures are passed over, and reported as not checked. */
export interface Verifiers {
  readonly ed25519: VerifyRaw
  readonly mldsa44?: VerifyRaw
  /** Ed25519 that answers later, in any order, beside this thread. Never rejects. */
  readonly ed25519Later?: (...check: Parameters<VerifyRaw>) => Promise<boolean>
  /** A faster SHA-256, for what there is most of. */
  readonly sha256?: (bytes: Uint8Array) => Uint8Array
}

/** Ed25519 (RFC 8032), strict about encodings, and nothing else. */
export const portableVerifiers: Verifiers = {
  ed25519: (signature, message, publicKey) => {
    try {
      return ed25519.verify(signature, message, publicKey, { zip215: false })
    } catch {
      return false
    }
  },
}

/** Signs the text of a note under one key; `sign` gives what follows the key id. */
export interface NoteSigner {
  readonly key: NoteKey
  readonly sign: (text: string) => Uint8Array
}

/** Seconds since 1970 that stand before a cosignature. */
export function cosignatureTime(signature: Uint8Array): number {
  return Number(new DataView(signature.buffer, signature.byteOffset).getBigUint64(0))
}

function opaque(text: string): Uint8Array {
  const bytes = utf8(text)
  if (bytes.length < 1 || bytes.length > 255) throw new RangeError('a name of a cosigned log has 1 to 255 bytes')
  return concat(Uint8Array.of(bytes.length), bytes)
}

function subtreeMessage(name: string, time: number, checkpoint: Checkpoint): Uint8Array {
  return concat(
    utf8('subtree/v1\n\0'),
    opaque(name),
    uint64(time),
    opaque(checkpoint.origin),
    uint64(0),
    uint64(checkpoint.size),
    checkpoint.root,
  )
}

/** The bytes that a key signs for a note's text, or `undefined` where a key of its kind cannot sign such a text. */
export function signedMessage(key: NoteKey, text: string, time: number): Uint8Array | undefined {
  if (key.type === keyTypes.ed25519) return utf8(text)
  const checkpoint = parseCheckpoint(text)
  if (!checkpoint || !Number.isSafeInteger(time)) return undefined
  if (key.type === keyTypes.cosignature) return utf8(`cosignature/v1\ntime ${time}\n${text}`)
  if (utf8(key.name).length > 255 || utf8(checkpoint.origin).length > 255) return undefined
  return subtreeMessage(key.name, time, checkpoint)
}

/** Signs bytes with a key of Ed25519. */
export interface RawSigner {
  readonly publicKey: Uint8Array
  readonly sign: (message: Uint8Array) => Uint8Array
}

const portableSigner = (secret: Uint8Array): RawSigner => ({
  publicKey: ed25519.getPublicKey(secret),
  sign: (message) => ed25519.sign(message, secret),
})

/** Signs with a raw key of Ed25519: 32 secret bytes. `raw` may be a faster way to sign with that very key. */
export function ed25519Signer(name: string, secret: Uint8Array, raw = portableSigner(secret)): NoteSigner {
  return { key: makeKey(name, keyTypes.ed25519, raw.publicKey), sign: (text) => raw.sign(utf8(text)) }
}

/**
 * A witness, or a log's ML-DSA-44 key: signs checkpoints with the time, in whole seconds, that `now` gives. `signRaw`
 * signs bytes with the secret half of `key`. Throws for a note that is no checkpoint.
 */
export function cosigner(key: NoteKey, signRaw: (message: Uint8Array) => Uint8Array, now: () => number): NoteSigner {
  return {
    key,
    sign: (text) => {
      const time = now()
      const message = signedMessage(key, text, time)
      if (!message) throw new RangeError('only a checkpoint can be cosigned')
      return concat(uint64(time), signRaw(message))
    },
  }
}

/** A witness with a raw key of Ed25519; `raw` as above. */
export function ed25519Cosigner(
  name: string,
  secret: Uint8Array,
  now: () => number,
  raw = portableSigner(secret),
): NoteSigner {
  return cosigner(makeKey(name, keyTypes.cosignature, raw.publicKey), raw.sign, now)
}

/** Whether the bytes after the key id are this key's signature of the text; `undefined` where no algorithm is at hand. */
export function verifySignature(
  key: NoteKey,
  text: string,
  signature: Uint8Array,
  verifiers: Verifiers = portableVerifiers,
): boolean | undefined {
  const verify = key.type === keyTypes.mldsa44 ? verifiers.mldsa44 : verifiers.ed25519
  if (!verify) return undefined
  const timed = key.type !== keyTypes.ed25519
  const message = signedMessage(key, text, timed ? cosignatureTime(signature) : 0)
  return message !== undefined && verify(timed ? signature.subarray(8) : signature, message, key.publicKey)
}
