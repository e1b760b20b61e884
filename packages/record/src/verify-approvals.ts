/**
 * What an approval binds: a request puts up a version as the record has it, whatever is said of a request names that very
 * text, and from the request until it ends nothing is written in the document. Another kind than these four is none.
 */
import { bundleFiles } from './bundle.ts'
import type { Json } from './canonical-json.ts'
import type { Findings } from './findings.ts'
import type { KnownUpdates } from './known-updates.ts'
import type { Redaction } from './payloads.ts'
import type { KnownEntry } from './verify-context.ts'

/** The payload of an `approval` entry, of which nothing is known to be as it must. */
type Facts = { readonly [key: string]: Json | undefined }

/** Kinds of what follows a request, which is of the kind `requested`. */
const following: readonly unknown[] = ['decided', 'withdrawn', 'voided']
/** What every entry about a request names. */
const named = ['document', 'request', 'version', 'sha256'] as const

const isNamed = ({ document, request, version, sha256 }: Facts) =>
  typeof document === 'string' &&
  typeof request === 'number' &&
  typeof version === 'number' &&
  typeof sha256 === 'string'

/** How what an `approval` entry tells ends the request that it is about; `undefined` where it does not. */
export function endOf({ kind, verdict }: Facts): 'withdrawn' | 'voided' | 'return' | undefined {
  if (kind === 'withdrawn' || kind === 'voided') return kind
  return kind === 'decided' && verdict === 'return' ? verdict : undefined
}

/** What `approval` entries told. */
export interface ToldApprovals {
  /** Takes the payload of one; false where it is none. Entries come in any order. */
  note(seq: number, payload: Json): boolean
  /**
   * Says which of them name another text than they may, or are of no kind, and which updates were entered in a frozen one.
   * What was taken out ends a request where it may have.
   */
  check(
    entries: ReadonlyMap<number, KnownEntry>,
    known: {
      readonly excused: ReadonlyMap<number, KnownEntry>
      readonly redactions: ReadonlyMap<number, Redaction>
      readonly updates: KnownUpdates
      /** Requests that came to be approved, each with the entry of the act that says so. */
      readonly approved: ReadonlyMap<number, number>
    },
    findings: Findings,
  ): void
}

/** Approvals of nothing yet. */
export function createToldApprovals(): ToldApprovals {
  const told = new Map<number, Facts>()
  return {
    note(seq, payload) {
      if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return false
      told.set(seq, payload as Facts)
      return true
    },
    check(entries, { excused, redactions, updates, approved }, findings) {
      const approvals = [...entries.values()].filter(({ type }) => type === 'approval')
      if (approvals.length === 0) return
      const versions = versionsOf(entries, redactions)
      for (const entry of approvals) {
        if (!isOfItsText(entry, told, entries, versions)) {
          findings.add('approval-version', { seq: entry.seq, file: bundleFiles.payloads })
        }
      }
      const spans = frozenSpans(approvals, told, { excused, approved })
      for (const { document, updates: all } of updates.documents()) {
        for (const { request, head, end } of spans.get(document) ?? []) {
          for (const { seq, entry } of all()) {
            if (seq <= head || entry < request || entry > end) continue
            findings.add('frozen-changed', { seq: entry, file: bundleFiles.payloads, words: [seq, document, request] })
            break
          }
        }
      }
    },
  }
}

/** A version with every hash that the record gives its text: of its entry, and of what was put in its place. */
interface KnownVersion {
  readonly entry: number
  readonly seq: number
  readonly hashes: ReadonlySet<unknown>
}

const nameOf = (document: unknown, number: unknown) => `${document} ${number}`

function versionsOf(
  entries: ReadonlyMap<number, KnownEntry>,
  redactions: ReadonlyMap<number, Redaction>,
): ReadonlyMap<string, KnownVersion> {
  const stated = new Map<number, string[]>()
  for (const { replaced = [] } of redactions.values()) {
    for (const { seq, sha256 } of replaced) if (sha256) stated.set(seq, [...(stated.get(seq) ?? []), sha256])
  }
  const versions = new Map<string, KnownVersion>()
  for (const { seq: entry, content } of entries.values()) {
    if (!content) continue
    const { document, number, seq, sha256 } = content
    const hashes = new Set([sha256, ...(stated.get(entry) ?? [])])
    if (!versions.has(nameOf(document, number))) versions.set(nameOf(document, number), { entry, seq, hashes })
  }
  return versions
}

/** Whether an entry speaks of the text it may speak of; true where nobody can see. */
function isOfItsText(
  { seq, refs = [] }: KnownEntry,
  told: ReadonlyMap<number, Facts>,
  entries: ReadonlyMap<number, KnownEntry>,
  versions: ReadonlyMap<string, KnownVersion>,
): boolean {
  const facts = told.get(seq)
  if (facts?.kind === 'requested') {
    if (!isNamed(facts)) return false
    const version = versions.get(nameOf(facts.document, facts.version))
    if (!version || version.entry > seq || !version.hashes.has(facts.sha256)) return false
    return typeof facts.seq === 'number' && facts.seq >= version.seq
  }
  if (!facts) return true
  const [request = 0] = refs
  if (!following.includes(facts.kind) || !isNamed(facts) || entries.get(request)?.type !== 'approval') return false
  const asked = told.get(request)
  return !asked || (asked.kind === 'requested' && named.every((name) => asked[name] === facts[name]))
}

/** From the entry of a request until the one that ends it: no update after `head` may be entered. */
interface FrozenSpan {
  readonly request: number
  readonly head: number
  readonly end: number
}

function frozenSpans(
  approvals: readonly KnownEntry[],
  told: ReadonlyMap<number, Facts>,
  { excused, approved }: { excused: ReadonlyMap<number, KnownEntry>; approved: ReadonlyMap<number, number> },
): ReadonlyMap<unknown, readonly FrozenSpan[]> {
  const ends = new Map<number, number>()
  for (const { seq, refs = [] } of approvals) {
    const facts = told.get(seq)
    const [request = 0] = refs
    if (ends.has(request)) continue
    // Of what was taken out nobody knows that it was not an amendment.
    const end = facts ? endOf(facts) : excused.has(seq) ? 'voided' : undefined
    const isApproved = (approved.get(request) ?? Number.POSITIVE_INFINITY) < seq
    if (end === 'voided' || (end !== undefined && !isApproved)) ends.set(request, seq)
  }
  const spans = new Map<unknown, FrozenSpan[]>()
  for (const { seq: request } of approvals) {
    const { kind, document, seq: head } = told.get(request) ?? {}
    if (kind !== 'requested' || typeof head !== 'number' || head < 0) continue
    const span = { request, head, end: ends.get(request) ?? Number.POSITIVE_INFINITY }
    spans.set(document, [...(spans.get(document) ?? []), span])
  }
  return spans
}
