/**
 * First step: the plan's entries. Each is canonical and as its kind must be, stands in the tree where the bundle says,
 * and follows the one before it.
 */
import { readLines } from './archive-files.ts'
import { bundleFiles } from './bundle.ts'
import { equalBytes, toHex } from './bytes.ts'
import { CanonicalJsonError } from './canonical-json.ts'
import { type ChainHead, chainFault, EntryError, parseEntry, type SealedEntry } from './entry.ts'
import { maxEntryLength } from './tiles.ts'
import { type Context, fileOf, type KnownEntry, progressEvery, reading } from './verify-context.ts'

/** Reads the places of the entries, one for each line. */
function* readPositions(context: Context): Generator<number> {
  const file = fileOf(context, bundleFiles.positions)
  if (!file) return
  for (const line of readLines(file, 16)) yield /^(0|[1-9][0-9]{0,15})$/.test(line) ? Number(line) : -1
}

function parse(line: string, seq: number, { findings, digest }: Context): SealedEntry | undefined {
  try {
    return parseEntry(line, digest)
  } catch (error) {
    if (!(error instanceof EntryError || error instanceof CanonicalJsonError)) throw error
    const why = error instanceof EntryError ? error.code : 'canonical'
    findings.add('entry-malformed', { seq, file: bundleFiles.entries, words: [seq, why] })
    return undefined
  }
}

/** Checks every entry against the tree's leaves and gives what is known of those that could be read, by `seq`. */
export async function verifyEntries(context: Context, leaves: readonly Uint8Array[]): Promise<Map<number, KnownEntry>> {
  const { findings, manifest } = context
  const known = new Map<number, KnownEntry>()
  const file = fileOf(context, bundleFiles.entries)
  if (!file) return known
  const positions = readPositions(context)
  const total = manifest.head?.seq ?? 0
  let head: ChainHead | undefined
  let lastPosition = -1
  let expected = 1
  const check = ({ entry, hash }: SealedEntry, position: number) => {
    const about = { seq: entry.seq, file: bundleFiles.entries }
    const leaf = leaves[position]
    const moved = !Number.isSafeInteger(position) || position <= lastPosition || !leaf
    if (entry.plan !== manifest.plan.id) findings.add('entry-plan', { ...about, seq: expected })
    else if (entry.seq !== expected) findings.add('seq-gap', { ...about, seq: expected })
    else if (moved) findings.add('position-malformed', { ...about, file: bundleFiles.positions })
    else if (!equalBytes(leaf, hash)) findings.add('leaf-differs', about)
    else {
      const fault = chainFault(entry, head)
      if (fault && fault !== 'seq-gap') findings.add(fault, about)
    }
    // Whoever changed this one did not change the next: it still follows what stands in the tree.
    head = { seq: entry.seq, hash: moved ? hash : leaf, at: entry.at }
    if (!moved) lastPosition = position
    if (known.has(entry.seq) || entry.plan !== manifest.plan.id) return
    const { seq, type, at, actor, commit, content, refs } = entry
    known.set(seq, { seq, type, at, actor, commit, content, refs, position })
  }
  const readAll = async () => {
    for (const line of readLines(file, maxEntryLength)) {
      const position = Number(positions.next().value ?? -1)
      const sealed = parse(line, expected, context)
      if (sealed) check(sealed, position)
      else head = { seq: expected, hash: leaves[position] ?? new Uint8Array(32), at: head?.at ?? '' }
      expected = head ? head.seq + 1 : expected + 1
      if (expected % progressEvery === 0) await context.progress({ step: 'entries', done: expected - 1, total })
    }
    if (!positions.next().done) findings.add('position-malformed', { seq: expected, file: bundleFiles.positions })
  }
  await reading(context, bundleFiles.entries, readAll, () => expected)
  const told = manifest.head
  const same = told ? head?.seq === told.seq && toHex(head.hash) === told.hash : !head
  // What is cut off is named by the first entry that should be there.
  if (!same)
    findings.add('head-differs', {
      seq: told && told.seq >= expected ? expected : (told?.seq ?? 1),
      file: bundleFiles.entries,
      words: [told?.seq ?? 0],
    })
  return known
}
