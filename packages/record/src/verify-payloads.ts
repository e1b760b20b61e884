/** The contents: each is what its entry commits to, what is public is there or was taken out, and no update is missing. */
import { ArchiveError } from './archive.ts'
import { readLines, readText } from './archive-files.ts'
import { bundleFiles } from './bundle.ts'
import { fromBase64 } from './bytes.ts'
import { CanonicalJsonError, type Json, parseCanonical } from './canonical-json.ts'
import { exitCodeOf, exitCodes } from './findings.ts'
import { payloadCommitment, saltLength } from './hash.ts'
import { createKnownUpdates, type KnownUpdates } from './known-updates.ts'
import { type Redaction, type Replacement, readKeyRotation, readRedaction, readUpdateBatch } from './payloads.ts'
import type { Verifiers } from './signatures.ts'
import { createSigners } from './signed-decisions.ts'
import { createToldApprovals } from './verify-approvals.ts'
import { findApproved, noteClauses, type ToldClauses } from './verify-clauses.ts'
import { type Context, fileOf, type KnownEntry, progressEvery, reading } from './verify-context.ts'
import { checkApprovals, createToldRoles, findExcused, findReplaced, showsFiller } from './verify-redactions.ts'
import type { KnownRotation } from './verify-tree.ts'

/** Bytes that one line of payloads may have. */
const maxPayloadLine = 128 * 1024 * 1024

/** A line of payloads, taken apart. */
interface ReadPayload {
  readonly seq: number
  readonly salt: Uint8Array
  /** The canonical text. */
  readonly payload: string
}

/** Reads a line of payloads, or gives `undefined` where it is none. */
function readPayloadLine(line: string): ReadPayload | undefined {
  let value: Json
  try {
    value = parseCanonical(line)
  } catch (error) {
    if (error instanceof CanonicalJsonError) return undefined
    throw error
  }
  if (typeof value !== 'object' || value === null || Object.keys(value).join() !== 'payload,salt,seq') return undefined
  const { seq, salt, payload } = value as { readonly [key: string]: Json }
  const bytes = typeof salt === 'string' ? fromBase64(salt) : undefined
  if (typeof seq !== 'number' || typeof payload !== 'string' || bytes?.length !== saltLength) return undefined
  return { seq, salt: bytes, payload }
}

/** What the payloads told. */
export interface PayloadReport {
  readonly rotations: readonly KnownRotation[]
  /** Public payloads that are there. */
  readonly open: number
  /** Entries whose contents were taken out, by the entry that says so. */
  readonly excused: ReadonlyMap<number, KnownEntry>
  /** What stands in place of contents that were taken out, as the last redaction of each entry says. */
  readonly replaced: ReadonlyMap<number, Replacement>
  /** Batches of updates that nobody outside can see. */
  readonly hiddenBatches: number
  /** The highest update that is there, by document. */
  readonly heads: ReadonlyMap<string, number>
  /** The updates that are there; whole where they were asked for. */
  readonly updates: KnownUpdates
  readonly clauses: ToldClauses
}

function checkUpdates(context: Context, updates: KnownUpdates, hiddenBatches: number): Map<string, number> {
  const heads = new Map<string, number>()
  let hidden = hiddenBatches * 64
  for (const { document, updates: all } of updates.documents()) {
    let last = 0
    for (const { seq: update, entry } of all()) {
      const about = { seq: entry, file: bundleFiles.payloads }
      if (update === last) context.findings.add('update-twice', { ...about, words: [update, document] })
      else if (update - last - 1 <= hidden) hidden -= update - last - 1
      else context.findings.add('update-missing', { ...about, words: [last + 1, document] })
      last = update
    }
    heads.set(document, last)
  }
  return heads
}

/** Bytes of names that are read: those of some ten thousand people. */
const maxNames = 4 * 1024 * 1024

/** How people are shown, by `pid`. Nothing proves it, so whatever does not read is passed over. */
function createNames({ archive }: Context): (pid: string) => string | undefined {
  let names: { readonly [pid: string]: unknown } | undefined
  const read = (): NonNullable<typeof names> => {
    const file = archive.files.get(bundleFiles.people)
    if (!file || file.size > maxNames) return {}
    try {
      const people: unknown = JSON.parse(readText(file))
      return typeof people === 'object' && people !== null ? { ...people } : {}
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof ArchiveError) return {}
      throw error
    }
  }
  return (pid) => {
    names ??= read()
    const person = Object.hasOwn(names, pid) ? names[pid] : undefined
    const name = typeof person === 'object' && person !== null && 'name' in person ? person.name : undefined
    return typeof name === 'string' ? name.slice(0, 200) : undefined
  }
}

/** Checks the contents that a bundle brings against its entries; holds the updates' bytes for who asks for them. */
export async function verifyPayloads(
  context: Context,
  entries: ReadonlyMap<number, KnownEntry>,
  {
    leaves,
    verifiers,
    holdUpdates,
  }: { readonly leaves: readonly Uint8Array[]; readonly verifiers: Verifiers; readonly holdUpdates: boolean },
): Promise<PayloadReport> {
  const { findings } = context
  const file = fileOf(context, bundleFiles.payloads)
  const excused = findExcused(entries)
  const there = new Set<number>()
  const redactions = new Map<number, Redaction>()
  const roles = createToldRoles()
  const approvals = createToldApprovals()
  const named: (ReadPayload & { readonly same: boolean })[] = []
  const rotations: KnownRotation[] = []
  const clauses: ToldClauses = new Map()
  const updates = createKnownUpdates({ bytes: holdUpdates })
  const signers = createSigners({
    plan: context.manifest.plan.id,
    leafOf: (seq) => leaves[entries.get(seq)?.position ?? -1],
    nameOf: createNames(context),
  })
  let last = 0

  /** Whether the payload is what one of its kind must be. `first`: nothing stands in its place. */
  const understand = (entry: KnownEntry, text: string, first: boolean): boolean => {
    let value: Json
    try {
      value = parseCanonical(text)
    } catch (error) {
      if (error instanceof CanonicalJsonError) return false
      throw error
    }
    if (entry.type === 'update-batch') {
      const batch = readUpdateBatch(value)
      // Nobody types on their own behalf.
      if (!batch || (batch.behalf && batch.behalf.pid === entry.actor?.pid)) return false
      updates.add(entry, batch)
      return true
    }
    if (entry.type === 'key-rotation') {
      const rotation = readKeyRotation(value)
      if (rotation) rotations.push({ ...rotation, position: entry.position })
      return rotation !== undefined
    }
    if (entry.type === 'redaction' || entry.type === 'erasure') {
      const redaction = readRedaction(value, entry)
      if (redaction) redactions.set(entry.seq, redaction)
      return redaction !== undefined
    }
    if (entry.type === 'membership') roles.note(entry.seq, value)
    if (entry.type === 'approval' && !approvals.note(entry.seq, value)) return false
    if (first) noteClauses(clauses, entry, value)
    // What stands in the place of a decision was signed by nobody; that something was taken out is told.
    if (entry.type === 'approval' && first) {
      for (const { code, words } of signers.check(entry, value)) {
        findings.add(code, { seq: entry.seq, file: bundleFiles.payloads, words: [entry.seq, ...words] })
      }
    }
    return true
  }

  const check = ({ seq, salt, payload }: ReadPayload) => {
    const about = { seq, file: bundleFiles.payloads }
    const entry = entries.get(seq)
    if (!entry?.commit || seq <= last) {
      findings.add('payload-unnamed', about)
      return
    }
    last = seq
    there.add(seq)
    const same = payloadCommitment(salt, payload, verifiers.sha256) === entry.commit.payload
    // Only a later entry can say whether this is what it should be now.
    if (excused.has(seq)) named.push({ seq, salt, payload: same ? '' : payload, same })
    else if (!same) findings.add('payload-differs', about)
    if (same && !understand(entry, payload, true)) findings.add('payload-malformed', about)
    if (!entry.commit.public) findings.add('not-public', about)
  }

  const checkNamed = (replaced: ReadonlyMap<number, Replacement>) => {
    for (const { seq, salt, payload, same } of named) {
      const about = { seq, file: bundleFiles.payloads }
      const entry = entries.get(seq)
      const stated = replaced.get(seq)
      if (same) {
        if (!stated || stated.payload !== undefined) findings.add('still-present', about)
      } else if (payloadCommitment(salt, payload, verifiers.sha256) !== stated?.payload) {
        findings.add('payload-differs', about)
      } else if (entry && !understand(entry, payload, false)) findings.add('payload-malformed', about)
      else if (entry && !showsFiller(entry.type, payload)) findings.add('replacement-unfilled', about)
    }
  }

  const readAll = async () => {
    for (const line of file ? readLines(file, maxPayloadLine) : []) {
      const read = readPayloadLine(line)
      if (read) check(read)
      else findings.add('payload-malformed', { seq: last + 1, file: bundleFiles.payloads })
      if (there.size % progressEvery === 0) {
        await context.progress({ step: 'payloads', done: there.size, total: entries.size })
      }
    }
  }
  await reading(context, bundleFiles.payloads, readAll, () => last + 1)
  const replaced = findReplaced(entries, redactions)
  checkNamed(replaced)
  checkApprovals(entries, redactions, roles, findings)

  let hiddenBatches = 0
  for (const entry of entries.values()) {
    if (entry.type === 'update-batch' && !there.has(entry.seq)) hiddenBatches += 1
    // What was put in the place of something taken out is as public as that was.
    const isExcused = excused.has(entry.seq) && replaced.get(entry.seq)?.payload === undefined
    if (!file || !entry.commit?.public || there.has(entry.seq) || isExcused) continue
    findings.add('payload-missing', { seq: entry.seq, file: bundleFiles.payloads })
  }
  for (const [seq, by] of excused) {
    const { basis = '?', approver } = redactions.get(by.seq) ?? {}
    const who = [by.actor ? `${by.actor.role} ${by.actor.pid}` : 'sistema', ...(approver ? [approver] : [])]
    findings.add('redacted', { seq, words: [by.at, who.join(' + '), basis] })
  }
  const heads = checkUpdates(context, updates, hiddenBatches)
  // What was changed is told once, and not again by what speaks of it.
  if (exitCodeOf(findings.list()) !== exitCodes.tampered) {
    approvals.check(entries, { excused, redactions, updates, approved: findApproved(entries, clauses) }, findings)
  }
  return { rotations, open: there.size, excused, replaced, hiddenBatches, heads, updates, clauses }
}
