/** For tests: a passkey in software, as a phone or a security key would answer. */
import { createECDH } from 'node:crypto'
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

/** OpenSSL's, in a tenth of the time. */
function publicKeyOf(secret: Uint8Array): Uint8Array {
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(secret)
  return curve.getPublicKey()
}

/** An ES256 assertion by a raw secret key, the same bytes each time, as OpenSSL's would not be. */
export function signAssertion(secret: Uint8Array, asked: { site: string; challenge: Uint8Array }): Assertion {
  const { authenticator, client } = answerOf(asked)
  const signature = p256.sign(concat(authenticator, sha256(client)), secret, { format: 'der' })
  return {
    alg: 'ES256',
    key: toBase64(publicKeyOf(secret)),
    site: asked.site,
    authenticator: toBase64(authenticator),
    client: toBase64(client),
    signature: toBase64(signature),
  }
}
