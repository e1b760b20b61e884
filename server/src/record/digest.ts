import { hash } from 'node:crypto'

/** SHA-256 by OpenSSL: what the record's own, which runs everywhere, gives too, in a tenth of the time. */
export function digest(bytes: Uint8Array): Uint8Array {
  return hash('sha256', bytes, 'buffer')
}
