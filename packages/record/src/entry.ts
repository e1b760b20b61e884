/**
 * Entries: the leaves of the log. An entry is the canonical text of a small object; its leaf hash is that of the text's
 * UTF-8 bytes. Entries of one plan form a chain inside the one log of an installation: `seq` counts them from 1 without
 * a gap, `prev` is the leaf hash of the one before, and `at` never goes back.
 *
 * An entry holds no words of anybody: what was said stands in a payload beside the log, and the entry commits to it.
 */
import { toHex, utf8 } from './bytes.ts'
import { canonicalText, parseCanonical } from './canonical-json.ts'
import { type EntryType, entryTypes, isEntryType } from './entry-types.ts'
import type { sha256 } from './hash.ts'
import { hashLeaf, hashLeafText } from './merkle.ts'
import { maxEntryLength } from './tiles.ts'

/** Who did it. */
export interface Actor {
  /** The person's name inside this plan's record, see `personId`. */
  readonly pid: string
  /** The side they sat on, such as `government`; null for none. */
  readonly side: string | null
  /** The role they acted in, such as `drafter`. */
  readonly role: string
}

/** What an entry says of the payload that stands beside the log. */
export interface Commitment {
  /** See `payloadCommitment`. */
  readonly payload: string
  /** Whether the payload belongs into the public bundle. */
  readonly public: boolean
}

/** The readable text that an entry speaks of, so that it can be checked without any library. */
export interface ContentReference {
  readonly document: string
  /** The version's number in its document, from 1. */
  readonly number: number
  /** The last update of the document that is in it. */
  readonly seq: number
  /** `sha256:` of the content's canonical JSON. */
  readonly sha256: string
  /** `sha256:` of the content as HTML. */
  readonly html: string
}

/** A leaf of the log. */
export interface Entry {
  readonly v: 1
  readonly type: EntryType
  readonly plan: string
  readonly seq: number
  readonly prev: string
  readonly at: string
  readonly actor: Actor | null
  readonly commit?: Commitment
  readonly content?: ContentReference
  /** `seq` of earlier entries of the same plan, ascending. */
  readonly refs?: readonly number[]
}

/** An entry with the text that was hashed. */
export interface SealedEntry {
  readonly entry: Entry
  /** Exactly what is stored, served and hashed. */
  readonly text: string
  readonly hash: Uint8Array
}

/** An entry is not what an entry must be. `code` is stable. */
export class EntryError extends Error {
  override readonly name = 'EntryError'
  readonly code: string
  constructor(code: string) {
    super(`not an entry: ${code}`)
    this.code = code
  }
}

/** `prev` of a plan's first entry. */
export const noPrevious = '0'.repeat(64)

const hashName = /^sha256:[0-9a-f]{64}$/
const opaqueName = /^[A-Za-z0-9_-]{1,64}$/
const plainWord = /^[a-z][a-z0-9_-]{0,31}$/
const time = /^[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/
/** Earlier entries that one entry can refer to. */
export const maxRefs = 4096

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function hasKeys(value: Record<string, unknown>, needed: readonly string[], allowed: readonly string[] = []): boolean {
  const keys = Object.keys(value)
  return needed.every((key) => keys.includes(key)) && keys.every((key) => needed.includes(key) || allowed.includes(key))
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 1
const matches = (value: unknown, pattern: RegExp) => typeof value === 'string' && pattern.test(value)

/** Whether a text is a real moment as the record writes it: RFC 3339 in UTC with milliseconds. */
export function isTime(value: unknown): value is string {
  if (typeof value !== 'string' || !time.test(value)) return false
  // Only the last days of a month are not there in every one.
  if (value.charCodeAt(8) < 0x33 && !value.startsWith('-02-29', 4)) return true
  const moment = new Date(value)
  return !Number.isNaN(moment.getTime()) && moment.toISOString() === value
}

/** Whether a text can be the id of a plan or a document: 1 to 64 characters of the base64 alphabet for addresses. */
export function isOpaqueId(value: unknown): value is string {
  return matches(value, opaqueName)
}

/** Whether this names the side somebody sat on, or says that it was none. */
export function isSide(value: unknown): value is string | null {
  return value === null || matches(value, plainWord)
}

function isActor(value: unknown): boolean {
  if (value === null) return true
  if (!isObject(value) || !hasKeys(value, ['pid', 'side', 'role'])) return false
  return matches(value.pid, /^[A-Za-z0-9_-]{16}$/) && isSide(value.side) && matches(value.role, plainWord)
}

function isCommitment(value: unknown): boolean {
  if (!isObject(value) || !hasKeys(value, ['payload', 'public'])) return false
  return matches(value.payload, hashName) && typeof value.public === 'boolean'
}

function isContent(value: unknown): boolean {
  if (!isObject(value) || !hasKeys(value, ['document', 'number', 'seq', 'sha256', 'html'])) return false
  const counted = isCount(value.number) && (value.seq === 0 || isCount(value.seq))
  return isOpaqueId(value.document) && counted && matches(value.sha256, hashName) && matches(value.html, hashName)
}

function areRefs(value: unknown, seq: number): boolean {
  if (!Array.isArray(value) || value.length === 0 || value.length > maxRefs) return false
  return value.every((ref, at) => isCount(ref) && ref < seq && (at === 0 || ref > value[at - 1]))
}

/** What is wrong with a value as an entry, as a stable code; `undefined` for nothing. Looks at this entry alone. */
export function entryFault(value: unknown): string | undefined {
  if (!isObject(value)) return 'shape'
  const needed = ['v', 'type', 'plan', 'seq', 'prev', 'at', 'actor']
  if (!hasKeys(value, needed, ['commit', 'content', 'refs']) || value.v !== 1) return 'shape'
  if (!isEntryType(value.type)) return 'type'
  if (!isOpaqueId(value.plan)) return 'plan'
  if (!isCount(value.seq)) return 'seq'
  if (!matches(value.prev, /^[0-9a-f]{64}$/) || (value.seq === 1) !== (value.prev === noPrevious)) return 'prev'
  if (!isTime(value.at)) return 'at'
  if (!isActor(value.actor)) return 'actor'
  const rule = entryTypes[value.type]
  if (rule.actor === 'needed' && value.actor === null) return 'actor'
  if ('commit' in value ? !isCommitment(value.commit) : rule.commit !== 'optional') return 'commit'
  if (rule.commit === 'public' && isObject(value.commit) && value.commit.public !== true) return 'commit'
  if ('content' in value ? rule.content === 'none' || !isContent(value.content) : rule.content === 'needed') {
    return 'content'
  }
  if ('refs' in value ? rule.refs === 'none' || !areRefs(value.refs, value.seq) : rule.refs === 'needed') return 'refs'
  return undefined
}

/**
 * Makes a leaf of an entry. Throws {@link EntryError} for one that is not as its type must be, or too long. `digest` may be
 * a faster SHA-256.
 */
export function sealEntry(entry: Entry, digest?: typeof sha256): SealedEntry {
  const fault = entryFault(entry)
  if (fault) throw new EntryError(fault)
  const text = canonicalText(entry)
  const bytes = utf8(text)
  if (bytes.length > maxEntryLength) throw new EntryError('length')
  return { entry, text, hash: hashLeaf(bytes, digest) }
}

/**
 * Reads a leaf's text. Throws {@link EntryError}, or `CanonicalJsonError` for a text that is not canonical. `digest` may be a
 * faster SHA-256.
 */
export function parseEntry(text: string, digest?: (bytes: Uint8Array) => Uint8Array): SealedEntry {
  const value = parseCanonical(text)
  const fault = entryFault(value)
  if (fault) throw new EntryError(fault)
  // A UTF-16 unit takes three bytes at most.
  if (text.length * 3 > maxEntryLength && utf8(text).length > maxEntryLength) throw new EntryError('length')
  return { entry: value as unknown as Entry, text, hash: hashLeafText(text, digest) }
}

/** What the next entry of a plan must follow; `undefined` before the first. */
export interface ChainHead {
  readonly seq: number
  /** Leaf hash of the last entry. */
  readonly hash: Uint8Array
  readonly at: string
}

/** What keeps an entry from following this one in its plan, as a stable code; `undefined` for nothing. */
export function chainFault(
  entry: Entry,
  head: ChainHead | undefined,
): 'seq-gap' | 'prev-differs' | 'back-in-time' | undefined {
  if (entry.seq !== (head?.seq ?? 0) + 1) return 'seq-gap'
  if (entry.prev !== (head ? toHex(head.hash) : noPrevious)) return 'prev-differs'
  // Texts of one length in one notation: their order is that of the moments.
  return head && entry.at < head.at ? 'back-in-time' : undefined
}
