/** Proofs that fit in a file (c2sp.org/tlog-proof): that an entry is in a log, with the checkpoint it is shown against. */
import { fromBase64, toBase64 } from './bytes.ts'
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts'
import type { NoteKey } from './keys.ts'
import { verifyInclusion } from './merkle-verify.ts'
import { type Note, type NoteReport, parseNote, verifyNote } from './note.ts'
import { portableVerifiers, type Verifiers } from './signatures.ts'

const header = 'c2sp.org/tlog-proof@v1'

/** Hashes that a proof can have at most: one for each bit of a size. */
const maxHashes = 64

/** A proof taken apart, not yet checked. */
export interface TlogProof {
  /** The entry's place in the log, from 0. */
  readonly index: number
  readonly hashes: readonly Uint8Array[]
  /** The signed checkpoint, as it came. */
  readonly checkpoint: string
  /** Not proven by anything. */
  readonly extra?: Uint8Array
}

/** The text of a proof, for a file `*.tlog-proof`. */
export function formatTlogProof({ index, hashes, checkpoint, extra }: TlogProof): string {
  const lines = [header, ...(extra ? [`extra ${toBase64(extra)}`] : []), `index ${index}`, ...hashes.map(toBase64)]
  return `${lines.join('\n')}\n\n${checkpoint}`
}

/** Takes a proof apart, or gives `undefined` where the text is none. */
export function parseTlogProof(text: string): TlogProof | undefined {
  const end = text.indexOf('\n\n')
  if (end < 0) return undefined
  const lines = text.slice(0, end).split('\n')
  if (lines.shift() !== header) return undefined
  const extra = lines[0]?.startsWith('extra ') ? fromBase64(lines.shift()?.slice(6) ?? '') : null
  const index = /^index (0|[1-9][0-9]{0,15})$/.exec(lines.shift() ?? '')?.[1]
  const hashes = lines.map(fromBase64)
  if (extra === undefined || index === undefined || !Number.isSafeInteger(Number(index))) return undefined
  if (hashes.length > maxHashes || !hashes.every((hash) => hash?.length === 32)) return undefined
  const checkpoint = text.slice(end + 2)
  if (!parseNote(checkpoint)) return undefined
  return {
    index: Number(index),
    hashes: hashes.filter((hash) => hash !== undefined),
    checkpoint,
    ...(extra ? { extra } : {}),
  }
}

/** What checking a proof showed. */
export type TlogProofReport =
  | { readonly sound: true; readonly checkpoint: Checkpoint; readonly signatures: NoteReport }
  | { readonly sound: false; readonly reason: 'malformed' | 'other-origin' | 'unsigned' | 'forged' | 'not-included' }

/**
 * Checks that the leaf hash is in the log of this key, whose name is the log's origin. `witnesses` are looked for among
 * the signatures; how many of them are enough is for the caller to say.
 */
export function verifyTlogProof(
  proof: TlogProof,
  leafHash: Uint8Array,
  log: NoteKey,
  witnesses: readonly NoteKey[] = [],
  verifiers: Verifiers = portableVerifiers,
): TlogProofReport {
  const note: Note | undefined = parseNote(proof.checkpoint)
  const checkpoint = note && parseCheckpoint(note.text)
  if (!checkpoint) return { sound: false, reason: 'malformed' }
  if (checkpoint.origin !== log.name) return { sound: false, reason: 'other-origin' }
  const signatures = verifyNote(note, [log, ...witnesses], verifiers)
  if (signatures.forged.length > 0) return { sound: false, reason: 'forged' }
  if (!signatures.signed.includes(log)) return { sound: false, reason: 'unsigned' }
  const included = verifyInclusion(proof.index, checkpoint.size, leafHash, proof.hashes, checkpoint.root)
  return included ? { sound: true, checkpoint, signatures } : { sound: false, reason: 'not-included' }
}
