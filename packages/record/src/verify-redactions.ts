/**
 * What was taken out, and whether it could be: one person asks, another one approves, both in a role that may, and what
 * stands in the place of words shows that something was taken out. See docs/spec/record-redaction.md.
 */
import { bundleFiles } from './bundle.ts'
import { fromBase64 } from './bytes.ts'
import { type Json, parseCanonical } from './canonical-json.ts'
import type { EntryType } from './entry-types.ts'
import type { Findings } from './findings.ts'
import type { Redaction, Replacement } from './payloads.ts'
import type { KnownEntry } from './verify-context.ts'

/** What stands where something was taken out, once for each UTF-16 unit. */
export const filler = '\u2588'

/** Roles that may ask for something to be taken out, and approve it. */
const hosts: readonly string[] = ['coordinator', 'facilitator']

const unredactable: readonly EntryType[] = ['redaction', 'erasure', 'key-rotation']

/** Entries whose contents were taken out by a later one. What tells of that cannot itself be taken out. */
export function findExcused(entries: ReadonlyMap<number, KnownEntry>): Map<number, KnownEntry> {
  const excused = new Map<number, KnownEntry>()
  for (const entry of entries.values()) {
    if (entry.type !== 'redaction' && entry.type !== 'erasure') continue
    for (const ref of entry.refs ?? []) {
      const named = entries.get(ref)
      if (named && !unredactable.includes(named.type) && !excused.has(ref)) excused.set(ref, entry)
    }
  }
  return excused
}

/** The last statement of each hash counts; a redaction that states none of an entry takes out what stood there. */
export function findReplaced(
  entries: ReadonlyMap<number, KnownEntry>,
  redactions: ReadonlyMap<number, Redaction>,
): Map<number, Replacement> {
  const replaced = new Map<number, Replacement>()
  for (const { seq, type, refs = [] } of entries.values()) {
    if (type !== 'redaction' && type !== 'erasure') continue
    const stated = new Map(redactions.get(seq)?.replaced?.map((one) => [one.seq, one]))
    for (const ref of refs) {
      const one = stated.get(ref)
      if (one) replaced.set(ref, { ...replaced.get(ref), ...one })
      else replaced.delete(ref)
    }
  }
  return replaced
}

/** Which role each person was given, and by which entry, as the contents of `membership` entries tell it. */
export interface ToldRoles {
  /** Takes what an entry tells; passes over what tells nothing of a role. */
  note(seq: number, value: Json): void
  /** The role somebody had before an entry, `none` after they left; `undefined` where nothing is told. */
  before(seq: number, pid: string): string | undefined
}

const endings: readonly unknown[] = ['left', 'removed', 'erased']

/** Roles of nobody yet. Entries are to be told in any order. */
export function createToldRoles(): ToldRoles {
  const told = new Map<string, { seq: number; role: string }[]>()
  return {
    note(seq, value) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return
      const { kind, person, role } = value as { readonly [key: string]: Json }
      const now = endings.includes(kind) ? 'none' : role
      if (typeof person !== 'string' || typeof now !== 'string') return
      const list = told.get(person) ?? []
      list.push({ seq, role: now })
      told.set(person, list)
    },
    before(seq, pid) {
      let last: { seq: number; role: string } | undefined
      for (const one of told.get(pid) ?? []) if (one.seq < seq && (!last || one.seq > last.seq)) last = one
      return last?.role
    },
  }
}

/** Says of every redaction that reads whether two people stand behind it who may do so. */
export function checkApprovals(
  entries: ReadonlyMap<number, KnownEntry>,
  redactions: ReadonlyMap<number, Redaction>,
  roles: ToldRoles,
  findings: Findings,
): void {
  for (const [seq, { approver }] of redactions) {
    const entry = entries.get(seq)
    if (entry?.type !== 'redaction') continue
    const about = { seq, file: bundleFiles.payloads }
    if (entry.actor === null) {
      // The program puts a database right that was brought back from an older copy; nobody approves that.
      findings.add(approver === undefined ? 'redacted-by-program' : 'redaction-unapproved', about)
      continue
    }
    const { pid, role } = entry.actor
    const approverRole = approver === undefined ? undefined : roles.before(seq, approver)
    const askerRole = roles.before(seq, pid) ?? role
    const isHost = (one: string) => hosts.includes(one)
    if (approver === undefined || approver === pid || !isHost(role) || !isHost(askerRole)) {
      findings.add('redaction-unapproved', about)
    } else if (approverRole === undefined) findings.add('approver-untold', { ...about, words: [seq, approver] })
    else if (!isHost(approverRole)) findings.add('redaction-unapproved', about)
  }
}

/** `█` in UTF-8. */
const fillerBytes = [0xe2, 0x96, 0x88] as const

/** Whether UTF-8 text that stands among other bytes has filler in it. */
export function holdsFiller(bytes: Uint8Array): boolean {
  const [first, second, third] = fillerBytes
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (bytes[at + 1] === second && bytes[at + 2] === third) return true
  }
  return false
}

/** Whether a content that stands in the place of another one shows that something was taken out of it. */
export function showsFiller(type: EntryType, text: string): boolean {
  if (type !== 'update-batch') return text.includes(filler)
  // Yjs keeps texts in an update as UTF-8, whole.
  const { updates } = parseCanonical(text) as unknown as { updates: readonly { bytes: string }[] }
  return updates.some(({ bytes }) => holdsFiller(fromBase64(bytes) ?? new Uint8Array()))
}
