/**
 * Canonical JSON (RFC 8785) on a closed profile, so that one value has one text in any language: objects, arrays, well
 * formed strings, booleans, null and safe integers. No fractions, no exponents, no `-0`, no `undefined`, at most
 * {@link maxDepth} levels.
 *
 * The text is written by the library that the content hash is written with; what is ours is the profile and the strict
 * reading. A text is canonical when writing what it says gives the very same text: that leaves no room for a second key
 * of one name, white space, another order, another escape or another spelling of a number.
 */
import canonicalize from 'canonicalize'

/** What the record can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** Levels of arrays and objects inside one another that the profile allows. */
export const maxDepth = 64

/** The value stands outside the profile, or a text is not the canonical one. */
export class CanonicalJsonError extends Error {
  override readonly name = 'CanonicalJsonError'
}

function check(value: unknown, depth: number): void {
  switch (typeof value) {
    case 'string':
      // The library refuses half a surrogate pair.
      return
    case 'number':
      if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new CanonicalJsonError('not a safe integer')
      return
    case 'boolean':
      return
    case 'object':
      break
    default:
      throw new CanonicalJsonError(`no JSON for a value of type ${typeof value}`)
  }
  if (value === null) return
  if (depth >= maxDepth) throw new CanonicalJsonError('too many levels')
  if (Array.isArray(value)) {
    // By index, since a hole is passed over by iteration methods.
    for (let at = 0; at < value.length; at += 1) check(value[at], depth + 1)
    return
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) throw new CanonicalJsonError('not a plain object')
  for (const part of Object.values(value)) check(part, depth + 1)
}

/** The canonical text of a value of the profile; throws {@link CanonicalJsonError} for any other. */
export function canonicalText(value: unknown): string {
  check(value, 0)
  let text: string | undefined
  try {
    text = canonicalize(value)
  } catch {
    throw new CanonicalJsonError('a string has half a surrogate pair')
  }
  if (text === undefined) throw new CanonicalJsonError('no JSON for this value')
  return text
}

/** Whether every object has its keys in the order of the canonical text, and everything is of the profile. */
function isInOrder(value: Json, depth: number): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value)
  if (typeof value !== 'object' || value === null) return true
  if (depth >= maxDepth) return false
  if (Array.isArray(value)) return value.every((part) => isInOrder(part, depth + 1))
  let last: string | undefined
  // Not by `Object.entries`: there may be a million of them, and JSON has no key that is inherited.
  for (const key in value) {
    if (
      (last !== undefined && last >= key) ||
      !isInOrder((value as { readonly [key: string]: Json })[key] ?? null, depth + 1)
    )
      return false
    last = key
  }
  return true
}

/** The value of a canonical text; throws {@link CanonicalJsonError} for every text that {@link canonicalText} never writes. */
export function parseCanonical(text: string): Json {
  let value: Json
  try {
    value = JSON.parse(text)
  } catch {
    throw new CanonicalJsonError('not JSON')
  }
  // Written by the engine, which is several times as fast. It differs from the canonical text in nothing but the order of
  // keys, and half a surrogate pair, which it writes as an escape.
  if (isInOrder(value, 0) && JSON.stringify(value) === text && !text.includes('\\ud')) return value
  if (canonicalText(value) !== text) throw new CanonicalJsonError('not the canonical text')
  return value
}
