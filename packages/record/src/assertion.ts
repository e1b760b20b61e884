/**
 * What a passkey answered (WebAuthn level 3), checked without a browser and without a server:
 * 1. what the browser says it was asked begins as WebAuthn, section 5.8.1.2, writes it, with this challenge, and was asked
 *    by a page of the site that the key is for,
 * 2. the authenticator says it was for that site, somebody was there, and it knew who,
 * 3. the key signed both.
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import { p256 } from '@noble/curves/nist.js'
import { concat, equalBytes, fromBase64, fromHex, toBase64Url, toHex, utf8 } from './bytes.ts'
import { sha256 } from './hash.ts'

/** Algorithms that a key may sign with, as COSE names them. */
export const assertionAlgorithms = ['ES256', 'EdDSA', 'RS256'] as const

/** One of {@link assertionAlgorithms}. */
export type AssertionAlgorithm = (typeof assertionAlgorithms)[number]

/** An answer of a passkey with the key that checks it. All but `alg` and `site` is base64. */
export interface Assertion {
  readonly alg: AssertionAlgorithm
  /** ES256: 0x04 and both coordinates. EdDSA: 32 bytes. RS256: the modulus; the exponent is 65537. */
  readonly key: string
  /** The host that the key was made for (WebAuthn's RP ID). */
  readonly site: string
  /** WebAuthn's authenticatorData. */
  readonly authenticator: string
  /** WebAuthn's clientDataJSON. */
  readonly client: string
  /** ES256 in DER. */
  readonly signature: string
}

/** What is wrong with an assertion, as a stable word. */
export type AssertionFault = 'client' | 'challenge' | 'origin' | 'site' | 'presence' | 'signature'

/** Bytes that each part may have, from and to. */
const bounds = { key: [32, 512], authenticator: [37, 4096], client: [1, 4096], signature: [8, 512] } as const
const siteName = /^[a-z0-9.-]{1,253}$/
const clientStart =
  /^\{"type":"webauthn\.get","challenge":"([A-Za-z0-9_-]{43})","origin":"([!#-[\]-~]{1,300})"(?!,"crossOrigin":true)[,}]/
const originShape = /^https?:\/\/([a-z0-9.-]{1,253})(:[0-9]{1,5})?$/
const flags = { present: 0x01, verified: 0x04 }

/** Reads an assertion, or gives `undefined` where the value has not the form of one. Nothing is checked by it. */
export function readAssertion(value: unknown): Assertion | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (Object.keys(value).sort().join() !== 'alg,authenticator,client,key,signature,site') return undefined
  const { alg, site, ...parts } = value as { readonly [key: string]: unknown }
  if (!assertionAlgorithms.some((one) => one === alg) || typeof site !== 'string' || !siteName.test(site))
    return undefined
  for (const [name, [least, most]] of Object.entries(bounds)) {
    const text = parts[name]
    const bytes = typeof text === 'string' && text.length <= 4 * most ? fromBase64(text) : undefined
    if (!bytes || bytes.length < least || bytes.length > most) return undefined
  }
  return value as Assertion
}

/** What is wrong with an assertion as an answer to this challenge of 32 bytes; `undefined` for nothing. */
export function assertionFault(assertion: Assertion, challenge: Uint8Array): AssertionFault | undefined {
  const { alg, site } = assertion
  const [key, authenticator, client, signature] = [
    bytesOf(assertion.key),
    bytesOf(assertion.authenticator),
    bytesOf(assertion.client),
    bytesOf(assertion.signature),
  ]
  // One letter for each byte: what matters of it is ASCII.
  const [, asked, origin = ''] = clientStart.exec(String.fromCharCode(...client)) ?? []
  if (asked === undefined) return 'client'
  if (asked !== toBase64Url(challenge)) return 'challenge'
  const host = originShape.exec(origin)?.[1]
  if (host === undefined || (host !== site && !host.endsWith(`.${site}`))) return 'origin'
  if (!equalBytes(authenticator.subarray(0, 32), sha256(utf8(site)))) return 'site'
  const both = flags.present | flags.verified
  if (((authenticator[32] ?? 0) & both) !== both) return 'presence'
  const signed = concat(authenticator, sha256(client))
  return verifiers[alg](signature, signed, key) ? undefined : 'signature'
}

/** A key's short name, for people to compare: 32 hexadecimal digits of the SHA-256 of its bytes. */
export function fingerprintOf({ key }: Pick<Assertion, 'key'>): string {
  return toHex(sha256(bytesOf(key))).slice(0, 32)
}

const bytesOf = (text: string): Uint8Array => fromBase64(text) ?? new Uint8Array()

type Verify = (signature: Uint8Array, message: Uint8Array, key: Uint8Array) => boolean

/** Never throws: bytes that are no key or no signature do not verify. */
const quietly =
  (verify: Verify): Verify =>
  (...check) => {
    try {
      return verify(...check)
    } catch {
      return false
    }
  }

const verifiers: { readonly [alg in AssertionAlgorithm]: Verify } = {
  ES256: quietly((signature, message, key) => {
    const pair = key.length === 65 && key[0] === 4 ? readDerPair(signature) : undefined
    // Authenticators make either of the two signatures that a pair of numbers allows.
    return pair !== undefined && p256.verify(pair, message, key, { lowS: false })
  }),
  EdDSA: quietly((signature, message, key) => ed25519.verify(signature, message, key, { zip215: false })),
  RS256: quietly(verifyRsa),
}

/** Both numbers of an ECDSA signature, 32 bytes each, of its one spelling in DER; `undefined` for any other. */
function readDerPair(der: Uint8Array): Uint8Array | undefined {
  if (der[0] !== 0x30 || der[1] !== der.length - 2) return undefined
  const pair = new Uint8Array(64)
  let at = 2
  for (const end of [32, 64]) {
    const [tag, length = 0, first = 0x80, second = 0x80] = der.subarray(at, at + 4)
    const digits = der.subarray(at + 2, at + 2 + length)
    if (tag !== 2 || length < 1 || digits.length !== length || first >= 0x80) return undefined
    const padded = first === 0 && length > 1
    if (padded && second < 0x80) return undefined
    const number = padded ? digits.subarray(1) : digits
    if (number.length > 32) return undefined
    pair.set(number, end - number.length)
    at += 2 + length
  }
  return at === der.length ? pair : undefined
}

/** What RSASSA-PKCS1-v1_5 (RFC 8017) puts before a SHA-256. */
const digestInfo = fromHex('3031300d060960864801650304020105000420') ?? new Uint8Array()

function verifyRsa(signature: Uint8Array, message: Uint8Array, modulus: Uint8Array): boolean {
  const size = modulus.length
  if (size < 256 || modulus[0] === 0 || signature.length !== size) return false
  const [number, n] = [BigInt(`0x${toHex(signature)}`), BigInt(`0x${toHex(modulus)}`)]
  if (number >= n) return false
  // To the power of 65537: sixteen squares and once more.
  let power = number
  for (let turn = 0; turn < 16; turn += 1) power = (power * power) % n
  power = (power * number) % n
  const padding = new Uint8Array(size - 54).fill(0xff)
  const wanted = concat(Uint8Array.of(0, 1), padding, Uint8Array.of(0), digestInfo, sha256(message))
  return power === BigInt(`0x${toHex(wanted)}`)
}
