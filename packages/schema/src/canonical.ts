import canonicalize from 'canonicalize'
import { digest } from 'lib0/hash/sha256'

/**
 * The canonical JSON of a value (RFC 8785): one text for one value, whatever the order of its keys. Throws for what JSON
 * cannot hold: NaN, infinities, lone surrogates, cycles, `undefined` at the top.
 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('no JSON for this value')
  return text
}

/** `sha256:` and 64 hexadecimal digits: the SHA-256 of the value's canonical JSON in UTF-8. Same in browser and server. */
export function contentHash(value: unknown): string {
  return textHash(canonicalJson(value))
}

/** `sha256:` and 64 hexadecimal digits: the SHA-256 of a text in UTF-8. */
export function textHash(text: string): string {
  let hex = 'sha256:'
  for (const byte of digest(new TextEncoder().encode(text))) hex += byte.toString(16).padStart(2, '0')
  return hex
}
