/**
 * What a bundle cannot tell by itself, held against what its reader knows from elsewhere: whose key signs, and whether the
 * plan's last entries are there. See docs/spec/record.md, RC142.
 */
import { bundleFiles } from './bundle.ts'
import { equalBytes, toHex } from './bytes.ts'
import { parseCheckpoint } from './checkpoint.ts'
import { type NoteKey, shortVkey } from './keys.ts'
import { createGrowingTree } from './merkle.ts'
import { parseNote, verifyNote } from './note.ts'
import type { Verifiers } from './signatures.ts'
import type { Context, KnownEntry } from './verify-context.ts'

/** An entry that somebody knows from the plan's page, or from an older file. */
export interface KeptHead {
  readonly seq: number
  /** Its leaf hash in hexadecimal digits. */
  readonly hash: string
}

/** Reads `<seq>:<64 hexadecimal digits>`, or gives `undefined` for any other text. */
export function parseKeptHead(text: string): KeptHead | undefined {
  const [, seq = '', hash = ''] = /^([1-9][0-9]{0,15}):([0-9a-f]{64})$/.exec(text) ?? []
  return Number.isSafeInteger(Number(seq)) && hash !== '' ? { seq: Number(seq), hash } : undefined
}

/** Whether a text is a checkpoint at all, signed by whomever. */
export function isCheckpoint(text: string): boolean {
  return parseCheckpoint(parseNote(text)?.text ?? '') !== undefined
}

/** Says where the plan ends here, and holds that against the entry that its reader knows. */
export function checkHead(
  { findings, manifest }: Context,
  entries: ReadonlyMap<number, KnownEntry>,
  leaves: readonly Uint8Array[],
  kept: KeptHead | undefined,
): void {
  const { head } = manifest
  findings.add('ends-with', { words: [head?.seq ?? 0, head?.hash ?? '-'] })
  if (!kept) return
  const about = { seq: kept.seq, file: bundleFiles.entries }
  if (kept.seq > (head?.seq ?? 0)) findings.add('ends-early', { ...about, words: [kept.seq, head?.seq ?? 0] })
  else if (toHex(leaves[entries.get(kept.seq)?.position ?? -1] ?? new Uint8Array()) !== kept.hash) {
    findings.add('kept-entry-differs', about)
  }
}

/** Holds the tree against a signed checkpoint that its reader kept. */
export function checkKept(
  { findings, manifest, digest }: Context,
  leaves: readonly Uint8Array[],
  { text, keys, verifiers }: { text: string; keys: readonly NoteKey[]; verifiers: Verifiers },
): void {
  const about = { file: bundleFiles.tree }
  const note = parseNote(text)
  const checkpoint = note && parseCheckpoint(note.text)
  const { signed, forged } = note ? verifyNote(note, keys, verifiers) : { signed: [], forged: [] }
  if (checkpoint?.origin !== manifest.origin || forged.length > 0 || !signed.some((key) => keys.includes(key))) {
    findings.add('kept-checkpoint-unknown', { words: [checkpoint?.origin ?? '?', keys.map(shortVkey).join(', ')] })
    return
  }
  const { size, root } = checkpoint
  if (size > leaves.length) {
    findings.add('kept-checkpoint-later', { ...about, words: [size, leaves.length] })
    return
  }
  const tree = createGrowingTree(digest)
  for (const leaf of leaves.slice(0, size)) tree.append(leaf)
  if (!equalBytes(tree.root(), root)) findings.add('kept-checkpoint-differs', { ...about, words: [size] })
}
