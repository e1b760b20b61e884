/** Evidence against a log: two heads that it signed, and what shows that the one does not continue the other. */
import { equalBytes, fromBase64 } from './bytes.ts'
import { parseCheckpoint } from './checkpoint.ts'
import type { NoteKey } from './keys.ts'
import { verifyConsistency } from './merkle-verify.ts'
import { parseNote, verifyNote } from './note.ts'
import { portableVerifiers, type Verifiers } from './signatures.ts'

/** A file of evidence, as JSON. Whoever has it and the log's key can check it, see {@link judgeEvidence}. */
export interface Evidence {
  /** For people. */
  readonly what: string
  /** vkeys of the log. */
  readonly log: readonly string[]
  /** RFC 3339. */
  readonly at: string
  /** The two heads as they came, with the log's signatures; the one that was seen first before the other. */
  readonly notes: readonly string[]
  /** In base64: the root that the larger tree has at the size of the smaller one, and the proof from there on. */
  readonly rootBefore?: string
  readonly proof?: readonly string[]
}

/**
 * What evidence shows. `two-histories`: the log signed two trees of which neither continues the other. `open`: it signed
 * both heads, and nothing here shows how they stand to each other; the log owes a proof of consistency. `nothing`: they
 * are one head, or not both signed by a key that is given, or no evidence at all.
 */
export type Shown = 'two-histories' | 'open' | 'nothing'

/** Judges evidence from nothing but itself and the keys that are trusted to be the log's. Takes any value. */
export function judgeEvidence(
  value: unknown,
  keys: readonly NoteKey[],
  verifiers: Verifiers = portableVerifiers,
): Shown {
  if (typeof value !== 'object' || value === null) return 'nothing'
  const { notes, rootBefore, proof = [] } = value as { readonly [key: string]: unknown }
  if (!Array.isArray(notes) || notes.length !== 2) return 'nothing'
  const [one, other] = notes.map((text) => readSigned(text, keys, verifiers))
  if (!one || !other || one.origin !== other.origin) return 'nothing'
  if (one.size === other.size) return equalBytes(one.root, other.root) ? 'nothing' : 'two-histories'
  const [small, large] = one.size < other.size ? [one, other] : [other, one]
  const root = typeof rootBefore === 'string' ? fromBase64(rootBefore) : undefined
  const path = Array.isArray(proof)
    ? proof.map((hash) => (typeof hash === 'string' ? fromBase64(hash) : undefined))
    : []
  const hashes = path.filter((hash) => hash?.length === 32) as Uint8Array[]
  if (root?.length !== 32 || hashes.length !== path.length || small.size === 0) return 'open'
  const isOfLarge = verifyConsistency(small.size, large.size, root, large.root, hashes)
  return isOfLarge && !equalBytes(root, small.root) ? 'two-histories' : 'open'
}

function readSigned(text: unknown, keys: readonly NoteKey[], verifiers: Verifiers) {
  const note = typeof text === 'string' ? parseNote(text) : undefined
  const checkpoint = note && parseCheckpoint(note.text)
  if (!note || !checkpoint) return undefined
  const own = keys.filter(({ name }) => name === checkpoint.origin)
  const { signed, forged } = verifyNote(note, own, verifiers)
  return signed.length > 0 && forged.length === 0 ? checkpoint : undefined
}
