/** For tests: a passkey in software, as a phone or a security key would answer. */
import { p256 } from '@noble/curves/nist.js'
import type { Assertion } from '../assertion.ts'
import { concat, toBase64, toBase64Url, utf8 } from '../bytes.ts'
import { sha256 } from '../hash.ts'

/** What a passkey made for a site says to a challenge of 32 bytes before it is signed. */
export function answerOf({ site, challenge }: { site: string; challenge: Uint8Array }): {
  authenticator: Uint8Array
  client: Uint8Array
} {
  const asked = { type: 'webauthn.get', challenge: toBase64Url(challenge), origin: `https://${site}:8443` }
  return {
    // Present and verified, counted to seven.
    authenticator: concat(sha256(utf8(site)), Uint8Array.of(0x05, 0, 0, 0, 7)),
    client: utf8(JSON.stringify({ ...asked, crossOrigin: false })),
  }
}

/** An ES256 assertion by a raw secret key. */
export function signAssertion(secret: Uint8Array, asked: { site: string; challenge: Uint8Array }): Assertion {
  const { authenticator, client } = answerOf(asked)
  const signature = p256.sign(concat(authenticator, sha256(client)), secret, { format: 'der' })
  return {
    alg: 'ES256',
    key: toBase64(p256.getPublicKey(secret, false)),
    site: asked.site,
    authenticator: toBase64(authenticator),
    client: toBase64(client),
    signature: toBase64(signature),
  }
}
