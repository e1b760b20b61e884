/**
 * The tree: every checkpoint's root is computed from the leaves, so all checkpoints are consistent with one another; and
 * every checkpoint is signed by the log.
 */
import { readLines, readText } from './archive-files.ts'
import { bundleFiles } from './bundle.ts'
import { equalBytes } from './bytes.ts'
import { CanonicalJsonError, parseCanonical } from './canonical-json.ts'
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts'
import { formatVkey, keyTypes, type NoteKey, parseVkey, shortVkey } from './keys.ts'
import { createGrowingTree } from './merkle.ts'
import { maxNoteLength, type Note, type NoteReport, parseNote, verifyNote } from './note.ts'
import type { KeyRotation } from './payloads.ts'
import type { Verifiers } from './signatures.ts'
import { createAhead, notesAhead } from './verify-ahead.ts'
import { type Context, fileOf, type KnownEntry, progressEvery, reading } from './verify-context.ts'

/** Keys of a bundle, and those that its reader trusts. */
export interface Keys {
  readonly log: readonly NoteKey[]
  readonly witnesses: readonly NoteKey[]
  /** Given by whoever verifies; `undefined` takes the log's keys from the bundle. */
  readonly trusted: readonly NoteKey[] | undefined
}

/** A change of the log's key, told by the entry at a position of the tree. */
export interface KnownRotation extends KeyRotation {
  readonly position: number
}

/** Reads the keys that a bundle brings. */
export async function readKeys(context: Context, trusted: readonly NoteKey[] | undefined): Promise<Keys> {
  const log: NoteKey[] = []
  const witnesses: NoteKey[] = []
  const file = fileOf(context, bundleFiles.keys)
  await reading(context, bundleFiles.keys, () => {
    const text = file ? readText(file) : ''
    for (const line of text.split('\n').slice(0, -1)) {
      const space = line.indexOf(' ')
      const role = line.slice(0, space)
      const key = parseVkey(line.slice(space + 1))
      const isLog = role === 'log' && key?.name === context.manifest.origin && key.type !== keyTypes.cosignature
      if (key && isLog) log.push(key)
      else if (key && role === 'witness' && key.type !== keyTypes.ed25519) witnesses.push(key)
      else context.findings.add('keys-malformed', { file: bundleFiles.keys })
    }
    if (text !== '' && !text.endsWith('\n')) context.findings.add('keys-malformed', { file: bundleFiles.keys })
  })
  return { log, witnesses, trusted }
}

interface Read {
  readonly note: Note
  readonly checkpoint: Checkpoint
}

function readCheckpoint(line: string): Read | undefined {
  try {
    const text = parseCanonical(line)
    const note = typeof text === 'string' ? parseNote(text) : undefined
    const checkpoint = note && parseCheckpoint(note.text)
    return checkpoint && { note, checkpoint }
  } catch (error) {
    if (error instanceof CanonicalJsonError) return undefined
    throw error
  }
}

/** Checks all checkpoints against the tree and the keys; gives how many there are, and which keys are trusted in the end. */
export async function verifyTree(
  context: Context,
  leaves: readonly Uint8Array[],
  entries: ReadonlyMap<number, KnownEntry>,
  keys: Keys,
  rotations: readonly KnownRotation[],
  verifiers: Verifiers,
): Promise<{ count: number; trusted: readonly NoteKey[] }> {
  const { findings, manifest, digest } = context
  const file = fileOf(context, bundleFiles.checkpoints)
  const isLogKey = (key: NoteKey) => key.name === manifest.origin && key.type !== keyTypes.cosignature
  const trusted = new Map((keys.trusted ?? keys.log).filter(isLogKey).map((key) => [formatVkey(key), key]))
  const vkeys = new Map([...(keys.trusted ?? []), ...keys.log, ...keys.witnesses].map((key) => [formatVkey(key), key]))
  const knownKeys = [...vkeys.values()]
  const nextKeys = rotations.flatMap(({ position, from, to }) => {
    const next = parseVkey(to)
    return next && isLogKey(next) ? [{ position, from, to, next }] : []
  })
  const ahead = createAhead(verifiers)
  const tree = createGrowingTree(digest)
  let matched = 0
  let differs = false
  let unknownKey = false
  let unchecked = false
  let count = 0
  let lastSize = -1
  let last: NoteReport | undefined

  const checkSignatures = ({ note, checkpoint }: Read) => {
    const about = { file: bundleFiles.checkpoints }
    const report = verifyNote(note, knownKeys, ahead.verifiers)
    unchecked ||= report.unchecked.length > 0
    last = report
    const signed = report.signed.map(formatVkey)
    for (const key of report.forged) findings.add('checkpoint-forged', { ...about, words: [count, key.name] })
    if (report.forged.length > 0) return
    if (!signed.some((vkey) => trusted.has(vkey))) {
      if (!unknownKey) findings.add('checkpoint-unknown-key', { ...about, words: [count] })
      unknownKey = true
      return
    }
    // A tree that a trusted key signed tells of the key that follows it.
    for (const { position, from, to, next } of nextKeys) {
      if (position >= checkpoint.size || trusted.has(to) || !signed.includes(from) || !trusted.has(from)) continue
      trusted.set(to, next)
      if (!vkeys.has(to)) knownKeys.push(next)
      vkeys.set(to, next)
    }
  }

  const checkRoot = async ({ checkpoint }: Read) => {
    while (tree.size < Math.min(checkpoint.size, leaves.length)) {
      const leaf = leaves[tree.size]
      if (leaf) tree.append(leaf)
      const step = { step: 'tree', done: tree.size, total: leaves.length } as const
      if (tree.size % progressEvery === 0) await context.progress(step)
    }
    if (tree.size !== checkpoint.size || differs) return
    if (equalBytes(tree.root(), checkpoint.root)) {
      matched = checkpoint.size
      return
    }
    // One changed leaf changes every root after it: only the first says where.
    differs = true
    const first = [...entries.values()].find(({ position }) => position >= matched)
    findings.add('root-differs', { seq: first?.seq, file: bundleFiles.tree, words: [count, matched] })
  }

  const readAll = async () => {
    let chunk: (Read | undefined)[] = []
    try {
      for (const line of file ? readLines(file, maxNoteLength * 4) : []) {
        chunk.push(readCheckpoint(line))
        if (chunk.length < notesAhead) continue
        const full = chunk
        chunk = []
        await checkAll(full)
      }
    } finally {
      // Where the file is damaged, what stands before is checked all the same.
      await checkAll(chunk)
    }
  }
  const checkAll = async (chunk: readonly (Read | undefined)[]) => {
    await ahead.prepare(
      chunk.flatMap((read) => (read ? [read.note] : [])),
      knownKeys,
    )
    for (const read of chunk) {
      count += 1
      const about = { file: bundleFiles.checkpoints, words: [count] }
      if (!read) findings.add('checkpoint-malformed', about)
      else if (read.checkpoint.origin !== manifest.origin) findings.add('checkpoint-origin', about)
      else if (read.checkpoint.size < lastSize) findings.add('checkpoint-order', about)
      else {
        lastSize = read.checkpoint.size
        checkSignatures(read)
        await checkRoot(read)
      }
    }
  }
  await reading(context, bundleFiles.checkpoints, readAll)
  if (file && count === 0) findings.add('no-checkpoint', { file: bundleFiles.checkpoints })
  const whole = lastSize === leaves.length && manifest.size === leaves.length
  if (count > 0 && lastSize >= 0 && !whole) findings.add('tree-length', { file: bundleFiles.tree })
  if (unchecked) findings.add('signature-unchecked', { file: bundleFiles.checkpoints })
  const witnesses = last?.signed.filter((key) => !isLogKey(key)).length ?? 0
  if (witnesses > 0) findings.add('cosigned', { words: [witnesses] })
  if (!keys.trusted)
    findings.add('keys-from-bundle', { file: bundleFiles.keys, words: [keys.log.map(shortVkey).join(', ')] })
  return { count, trusted: [...trusted.values()] }
}
