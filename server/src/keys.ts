import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'

/** Secrets derived from the installation's one key, each for one purpose, so that none tells anything of another. */
export interface Keys {
  /** A secret that is always the same for these words, and cannot be guessed: `bytes` of HMAC-SHA-256. */
  derive(purpose: string, words: string, bytes: number): Buffer
  /** Encrypts with AES-256-GCM under a fresh nonce; `words` must be the same to open it (whose it is, say). */
  seal(purpose: string, words: string, plain: Uint8Array): Buffer
  /** Opens what `seal` made. Throws when it is not whole or the words are others. */
  open(purpose: string, words: string, sealed: Uint8Array): Buffer
}

const nonceBytes = 12
const tagBytes = 16

/**
 * The keys of an installation, from its `appKey` (secrets.ts), by HKDF-SHA-256 (RFC 5869). A purpose is a word of the
 * program, never one of a request: its key is made once and kept.
 */
export function createKeys(appKey: string): Keys {
  const root = Buffer.from(appKey, 'base64url')
  const made = new Map<string, KeyObject>()
  const keyFor = (purpose: string): KeyObject => {
    const known = made.get(purpose)
    if (known) return known
    const key = createSecretKey(Buffer.from(hkdfSync('sha256', root, '', `cabildo ${purpose}`, 32)))
    made.set(purpose, key)
    return key
  }

  return {
    derive: (purpose, words, bytes) => createHmac('sha256', keyFor(purpose)).update(words).digest().subarray(0, bytes),
    seal(purpose, words, plain) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', keyFor(purpose), nonce).setAAD(Buffer.from(words))
      return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
    },
    open(purpose, words, sealed) {
      const end = sealed.length - tagBytes
      const decipher = createDecipheriv('aes-256-gcm', keyFor(purpose), sealed.subarray(0, nonceBytes))
      decipher.setAAD(Buffer.from(words)).setAuthTag(sealed.subarray(end))
      return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, end)), decipher.final()])
    },
  }
}
