/** For tests: the signers of signatures.ts by OpenSSL, with the same bytes in a twentieth of the time. */
import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { utf8 } from '../bytes.ts'
import { keyTypes, makeKey } from '../keys.ts'
import { cosigner, type NoteSigner } from '../signatures.ts'

/** PKCS #8 of an Ed25519 key (RFC 8410), to which its 32 bytes are appended. */
const prefix = Buffer.from('302e020100300506032b657004220420', 'hex')

function keyPair(secret: Uint8Array): { publicKey: Uint8Array; signRaw: (message: Uint8Array) => Uint8Array } {
  const key = createPrivateKey({ key: Buffer.concat([prefix, secret]), format: 'der', type: 'pkcs8' })
  // The raw key stands at the end of its SubjectPublicKeyInfo.
  const info = createPublicKey(key).export({ type: 'spki', format: 'der' })
  return {
    publicKey: new Uint8Array(info.subarray(-32)),
    signRaw: (message) => new Uint8Array(sign(null, message, key)),
  }
}

/** As `ed25519Signer`: an Ed25519 signature leaves no choice. */
export function quickSigner(name: string, secret: Uint8Array): NoteSigner {
  const { publicKey, signRaw } = keyPair(secret)
  return { key: makeKey(name, keyTypes.ed25519, publicKey), sign: (text) => signRaw(utf8(text)) }
}

/** As `ed25519Cosigner`. */
export function quickCosigner(name: string, secret: Uint8Array, now: () => number): NoteSigner {
  const { publicKey, signRaw } = keyPair(secret)
  return cosigner(makeKey(name, keyTypes.cosignature, publicKey), signRaw, now)
}
