/**
 * Approvals, clause by clause: a clause that was decided by itself says in its text what was decided, what keeps an earlier
 * approval did not change, and what came to be approved was asked of both sides and approved by everybody who was asked. That
 * each entry speaks of its text is looked at elsewhere. See docs/spec/approval.md.
 */
import { ArchiveError, type ArchiveFile } from './archive.ts'
import { readWhole } from './archive-files.ts'
import { bundleFiles, versionFile } from './bundle.ts'
import { fromUtf8, utf8 } from './bytes.ts'
import { CanonicalJsonError, canonicalText, type Json, parseCanonical } from './canonical-json.ts'
import type { FindingCode } from './findings.ts'
import { sha256Name } from './hash.ts'
import { endOf } from './verify-approvals.ts'
import type { Context, KnownEntry } from './verify-context.ts'

type Fields = { readonly [key: string]: Json }

/** What is told of approvals, by entry: requests, decisions and their ends, and the act that makes a text approved. */
export type ToldClauses = Map<number, { readonly entry: KnownEntry; readonly facts: Fields }>

const isFields = (value: Json | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Notes a payload that stands as it was entered, where it tells of an approval. */
export function noteClauses(told: ToldClauses, entry: KnownEntry, value: Json): void {
  if (!isFields(value)) return
  // A plan's own state is of no document.
  const isOfDocument = value.kind !== 'plan' || value.document !== undefined
  if (entry.type === 'approval' || (entry.type === 'state' && value.act === 'approve' && isOfDocument))
    told.set(entry.seq, { entry, facts: value })
}

/** The request that an act goes back to, by way of the decision that brought it about; 0 for none. */
function requestOf({ refs = [] }: KnownEntry, entries: ReadonlyMap<number, KnownEntry>): number {
  const decision = entries.get(refs[0] ?? 0)
  const [asked = 0] = decision?.type === 'approval' ? (decision.refs ?? []) : []
  return entries.get(asked)?.type === 'approval' ? asked : 0
}

/** Requests that came to be approved as an act says that is there to be read, each with the first such entry. */
export function findApproved(entries: ReadonlyMap<number, KnownEntry>, told: ToldClauses): ReadonlyMap<number, number> {
  const acts = [...entries.values()].filter(({ type, seq }) => type === 'state' && told.has(seq))
  // The first one of each stays.
  return new Map(acts.reverse().map((act) => [requestOf(act, entries), act.seq]))
}

/** The clauses of a text by name, each by hash; nothing where the file is not the text of this hash. */
function readClauses(
  file: ArchiveFile | undefined,
  hash: Json | undefined,
  digest: Context['digest'],
): ReadonlyMap<string, string> | undefined {
  if (!file) return undefined
  try {
    const bytes = readWhole(file)
    if (sha256Name(bytes, digest) !== hash) return undefined
    const text = parseCanonical(fromUtf8(bytes) ?? '')
    if (!isFields(text)) return undefined
    const clauses = [text.fields, text.facts].flatMap((part) => (isFields(part) ? Object.entries(part) : []))
    return new Map(clauses.map(([name, value]) => [name, sha256Name(utf8(canonicalText(value)), digest)]))
  } catch (error) {
    // Told where the file is read as a version's.
    if (error instanceof ArchiveError || error instanceof CanonicalJsonError) return undefined
    throw error
  }
}

interface Request {
  readonly facts: Fields
  /** The clauses of its text; nothing when that was taken out or changed since. */
  readonly clauses: ReadonlyMap<string, string> | undefined
  /** The clauses that are to be decided, where others keep an earlier approval that can be shown; else all. */
  readonly due: readonly string[] | undefined
  readonly decisions: { readonly pid: string; readonly facts: Fields }[]
  /** How it ended so far. */
  readonly ends: string[]
}

const names = ['document', 'request', 'version', 'sha256'] as const
/** The lists of those who are asked, in a request. */
const sides = ['government', 'civilSociety'] as const
/** The list in which somebody stands who decides for a party. */
const sideOf = new Map<Json | undefined, (typeof sides)[number]>([
  ['government', 'government'],
  ['civil_society', 'civilSociety'],
])

const isPeople = (value: Json | undefined): boolean => Array.isArray(value) && value.length > 0

/** Checks what was told of approvals, in the order of the record. */
export function verifyClauses(
  { archive, findings, digest }: Context,
  entries: ReadonlyMap<number, KnownEntry>,
  { clauses: told, excused }: { readonly clauses: ToldClauses; readonly excused: ReadonlyMap<number, KnownEntry> },
): void {
  const nothing = sha256Name(utf8('null'), digest)
  const requests = new Map<number, Request>()
  /** The last approval of each document that an amendment ended. */
  const ended = new Map<Json | undefined, Request>()
  /** Requests that came to be approved, or may have where the entry that says so was taken out. */
  const approvals = new Set<number>()
  /**
   * Requests of which something is told that is not there to be read: it was taken out, or else it is damage that was told
   * where payloads are read.
   */
  const unsure = new Set<number>()
  const say = (code: FindingCode, seq: number, word: string) =>
    findings.add(code, { seq, file: bundleFiles.payloads, words: [seq, word] })

  /** Whether everything that was told of the approvals of a document is there to be read. */
  const isWhole = (document: Json | undefined): boolean =>
    ![...unsure].some((seq) => (requests.get(seq)?.facts.document ?? document) === document)

  const request = (seq: number, facts: Fields) => {
    const { document, version, sha256, changed } = facts
    if (typeof document !== 'string' || typeof version !== 'number' || version < 0) return
    const file = archive.files.get(versionFile(document, version, 'json'))
    const clauses = readClauses(file, sha256, digest)
    const before = isWhole(document) ? ended.get(document) : undefined
    const named = Array.isArray(changed) ? changed.filter((one) => typeof one === 'string') : undefined
    if (named && before?.clauses && clauses) {
      for (const name of new Set([...clauses.keys(), ...before.clauses.keys()])) {
        if (!named.includes(name) && clauses.get(name) !== before.clauses.get(name)) say('clause-changed', seq, name)
      }
    }
    const due = named && (before || !isWhole(document)) ? named : clauses && [...clauses.keys()]
    requests.set(seq, { facts, clauses, due, decisions: [], ends: [] })
  }

  const about = (entry: KnownEntry, facts: Fields) => {
    const { seq, refs = [], actor } = entry
    const [named = 0] = refs
    const asked = requests.get(named)
    // One that is on another text than its request is none of it.
    if (!asked || names.some((name) => facts[name] !== asked.facts[name])) return
    const end = endOf(facts)
    if (end) asked.ends.push(end)
    // A request that never came to be approved leaves nothing to keep.
    if (end === 'voided' && (approvals.has(named) || unsure.has(named))) ended.set(facts.document, asked)
    if (facts.kind !== 'decided') return
    const pid = actor?.pid ?? ''
    asked.decisions.push({ pid, facts })
    const those = asked.facts[sideOf.get(facts.party) ?? '']
    if (!Array.isArray(those) || !those.includes(pid)) say('decision-party', seq, pid)
    if (!isFields(facts.clauses) || !asked.clauses) return
    for (const [name, hash] of Object.entries(facts.clauses)) {
      if ((asked.clauses.get(name) ?? nothing) !== hash) say('clause-differs', seq, name)
    }
  }

  /** Those who were asked and did not approve all that was to be decided. */
  const missingOf = ({ facts, due, decisions }: Request): string[] =>
    sides.flatMap((side) => {
      const people = facts[side]
      return (Array.isArray(people) ? people : []).flatMap((pid) => {
        const mine = decisions.filter((one) => one.pid === pid && one.facts.verdict === 'approve')
        const onWhole = mine.some((one) => one.facts.clauses === undefined)
        const decided = new Set(
          mine.flatMap((one) => (isFields(one.facts.clauses) ? Object.keys(one.facts.clauses) : [])),
        )
        // Of a text that was taken out nobody knows by now which clauses it had.
        const onAll = due ? due.length > 0 && due.every((name) => decided.has(name)) : decided.size > 0
        return onWhole || onAll ? [] : [String(pid)]
      })
    })

  /** What keeps a request from being one that came to be approved, as an act on a document says. */
  const faultsOf = (last: number, document: Json | undefined): string[] => {
    const asked = requests.get(last)
    // One that was taken out, or was told of as damage, may have been all that it must be.
    if (!asked) return last !== 0 && !told.has(last) ? [] : ['request']
    return [
      ...(document === asked.facts.document ? [] : ['document']),
      ...sides.filter((side) => !isPeople(asked.facts[side])),
      ...asked.ends.slice(0, 1),
      ...(unsure.has(last) ? [] : missingOf(asked)),
    ]
  }

  const approved = (entry: KnownEntry, { document }: Fields) => {
    const last = requestOf(entry, entries)
    const faults = faultsOf(last, document)
    for (const fault of faults) say('approval-incomplete', entry.seq, fault)
    if (faults.length === 0) approvals.add(last)
  }

  for (const entry of entries.values()) {
    const { type, seq, refs } = entry
    const one = told.get(seq)
    if (!one) {
      if (type === 'approval') unsure.add(refs?.[0] ?? 0)
      if (type === 'state' && excused.has(seq)) approvals.add(requestOf(entry, entries))
    } else if (type === 'state') approved(entry, one.facts)
    else if (one.facts.kind === 'requested') request(seq, one.facts)
    else about(entry, one.facts)
  }
}
