/** OpenSSL's algorithms through Node: some fifty times as fast as the ones that run everywhere, with ML-DSA-44 from Node 24 on. */
import { createPublicKey, hash, type KeyObject, verify } from 'node:crypto'
import type { Verifiers, VerifyRaw } from '../signatures.ts'

/** Encodings of a public key's algorithm (RFC 8410; RFC 9881), to which its bytes are appended. */
const prefixes = {
  ed25519: Buffer.from('302a300506032b6570032100', 'hex'),
  mldsa44: Buffer.from('30820532300b06096086480165030403110382052100', 'hex'),
}

const keys = new Map<string, KeyObject>()

/** Throws for bytes that are no key of this kind. */
function keyOf(prefix: Buffer, publicKey: Uint8Array): KeyObject {
  const name = `${prefix.length} ${Buffer.from(publicKey).toString('latin1')}`
  const known = keys.get(name)
  if (known) return known
  const key = createPublicKey({ key: Buffer.concat([prefix, publicKey]), format: 'der', type: 'spki' })
  if (keys.size < 100) keys.set(name, key)
  return key
}

function verifyWith(prefix: Buffer): VerifyRaw {
  return (signature, message, publicKey) => {
    try {
      return verify(null, message, keyOf(prefix, publicKey), signature)
    } catch {
      return false
    }
  }
}

/** On the threads that Node keeps for such work, several at once. */
const ed25519Later: Verifiers['ed25519Later'] = (signature, message, publicKey) =>
  new Promise((resolve) => {
    try {
      const key = keyOf(prefixes.ed25519, publicKey)
      verify(null, message, key, signature, (error, sound) => resolve(error === null && sound))
    } catch {
      resolve(false)
    }
  })

function hasMldsa(): boolean {
  try {
    createPublicKey({ key: Buffer.concat([prefixes.mldsa44, new Uint8Array(1312)]), format: 'der', type: 'spki' })
    return true
  } catch {
    return false
  }
}

/** What this Node can verify. */
export const nodeVerifiers: Verifiers = {
  ed25519: verifyWith(prefixes.ed25519),
  ed25519Later,
  sha256: (bytes) => hash('sha256', bytes, 'buffer'),
  ...(hasMldsa() ? { mldsa44: verifyWith(prefixes.mldsa44) } : {}),
}
