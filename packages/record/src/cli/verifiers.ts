/** OpenSSL's algorithms through Node: some fifty times as fast as the ones that run everywhere, with ML-DSA-44 from Node 24 on. */
import { createPublicKey, hash, type KeyObject, verify } from 'node:crypto'
import type { Verifiers, VerifyRaw } from '../signatures.ts'

/** Encodings of a public key's algorithm (RFC 8410; RFC 9881), to which its bytes are appended. */
const prefixes = {
  ed25519: Buffer.from('302a300506032b6570032100', 'hex'),
  mldsa44: Buffer.from('30820532300b06096086480165030403110382052100', 'hex'),
}

function verifyWith(prefix: Buffer): VerifyRaw {
  const keys = new Map<string, KeyObject>()
  return (signature, message, publicKey) => {
    const name = Buffer.from(publicKey).toString('base64')
    try {
      const key =
        keys.get(name) ?? createPublicKey({ key: Buffer.concat([prefix, publicKey]), format: 'der', type: 'spki' })
      if (keys.size < 100) keys.set(name, key)
      return verify(null, message, key, signature)
    } catch {
      return false
    }
  }
}

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
  sha256: (bytes) => hash('sha256', bytes, 'buffer'),
  ...(hasMldsa() ? { mldsa44: verifyWith(prefixes.mldsa44) } : {}),
}
