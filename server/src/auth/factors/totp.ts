import { randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'

/** Codes as every authenticator makes them (RFC 6238): six digits, a new one every thirty seconds, HMAC-SHA-1. */
const form = { algorithm: 'SHA1', digits: 6, period: 30 } as const

/** A new secret of 160 bits, the length of the hash (RFC 4226, section 4). */
export function newTotpSecret(): Buffer {
  return randomBytes(20)
}

/** What an authenticator needs: the secret to type, and the address that a QR code carries. */
export function totpAddress(secret: Uint8Array, account: string): { secret: string; uri: string } {
  const shared = secretOf(secret)
  return {
    secret: shared.base32,
    uri: new TOTP({ ...form, issuer: 'Cabildo', label: account, secret: shared }).toString(),
  }
}

/**
 * The step of thirty seconds that a code belongs to, or undefined when it is none of this secret. One step to either side
 * counts too, for clocks that differ and people who type slowly. Whoever accepts a code remembers its step.
 */
export function totpStep(secret: Uint8Array, code: string, at: Date): number | undefined {
  const timestamp = at.getTime()
  const delta = TOTP.validate({ ...form, secret: secretOf(secret), token: code, timestamp, window: 1 })
  return delta === null ? undefined : TOTP.counter({ period: form.period, timestamp }) + delta
}

function secretOf(bytes: Uint8Array): Secret {
  // A copy: a Buffer's memory is shared with other Buffers.
  return new Secret({ buffer: Uint8Array.from(bytes).buffer })
}
