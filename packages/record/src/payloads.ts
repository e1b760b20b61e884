/** Payloads that the verifier reads itself. All others are only held against what their entry commits to. */
import { isBase64 } from './bytes.ts'
import { isOpaqueId, isSide, isTime } from './entry.ts'
import type { EntryType } from './entry-types.ts'
import { parseVkey } from './keys.ts'

/** Updates that one batch can hold. */
export const maxBatchUpdates = 64

/** One stored update of a document. */
export interface BatchUpdate {
  /** The document's count of updates, from 1. */
  readonly seq: number
  readonly at: string
  /** The update, in base64. */
  readonly bytes: string
}

/** Somebody for whom somebody else typed: their pseudonym, and the side they sat on then. */
export interface Behalf {
  readonly pid: string
  readonly side: string | null
}

/** Payload of an `update-batch`: what one person wrote in one document, within about two seconds. */
export interface UpdateBatch {
  readonly document: string
  /** The session it came through, as `opaqueId` names it, or null where none did. */
  readonly session: string | null
  /** How it came, such as `room` or `restore`. */
  readonly via: string
  readonly workshop?: string
  /** On whose behalf the entry's actor typed it; null for somebody who was erased before it was entered. */
  readonly behalf?: Behalf | null
  /** Ascending by `seq`; updates of others may lie between them. */
  readonly updates: readonly BatchUpdate[]
}

/** Payload of a `key-rotation`: vkeys of the key that signed until now and of the one that follows. */
export interface KeyRotation {
  readonly from: string
  readonly to: string
}

/** What stands in an entry's place since text was taken out of it. */
export interface Replacement {
  /** Of the entry; one of the refs. */
  readonly seq: number
  /** What its payload must be opened by from now on: a commitment, see `payloadCommitment`. */
  readonly payload?: string
  /** Hashes of a version's texts from now on, both or none. */
  readonly sha256?: string
  readonly html?: string
}

/** Payload of a `redaction` or an `erasure`; more may stand beside this. */
export interface Redaction {
  /** The rule it rests on, for people to read. */
  readonly basis: string
  /** The second person, by `pid`, where one was needed. */
  readonly approver?: string
  /** Ascending by `seq`. What is in the refs and not here is gone. */
  readonly replaced?: readonly Replacement[]
}

type Fields = { readonly [key: string]: unknown }

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 1

/** Reads a batch, or gives `undefined` where the value is none. */
export function readUpdateBatch(value: unknown): UpdateBatch | undefined {
  if (!isFields(value)) return undefined
  const known = ['document', 'session', 'via', 'workshop', 'behalf', 'updates']
  if (!Object.keys(value).every((key) => known.includes(key))) return undefined
  const { document, session, via, updates } = value
  if (!isOpaqueId(document) || typeof via !== 'string') return undefined
  if (session !== null && !(typeof session === 'string' && /^[A-Za-z0-9_-]{16}$/.test(session))) return undefined
  if ('workshop' in value && !isOpaqueId(value.workshop)) return undefined
  if ('behalf' in value && value.behalf !== null && !isBehalf(value.behalf)) return undefined
  if (!Array.isArray(updates) || updates.length === 0 || updates.length > maxBatchUpdates) return undefined
  let last = 0
  for (const update of updates) {
    if (!isFields(update) || Object.keys(update).length !== 3) return undefined
    if (!isCount(update.seq) || update.seq <= last || !isTime(update.at)) return undefined
    if (typeof update.bytes !== 'string' || !isBase64(update.bytes)) return undefined
    last = update.seq
  }
  return value as unknown as UpdateBatch
}

function isBehalf(value: unknown): value is Behalf {
  if (!isFields(value) || Object.keys(value).sort().join() !== 'pid,side') return false
  return isPid(value.pid) && isSide(value.side)
}

/** Reads the change of a key, or gives `undefined` where the value is none. */
export function readKeyRotation(value: unknown): KeyRotation | undefined {
  if (!isFields(value) || typeof value.from !== 'string' || typeof value.to !== 'string') return undefined
  return parseVkey(value.from) && parseVkey(value.to) ? { from: value.from, to: value.to } : undefined
}

/**
 * Reads what a `redaction` or an `erasure` states, or gives `undefined` where it states no basis, or replaces what it does
 * not name. An erasure replaces nothing.
 */
export function readRedaction(
  value: unknown,
  { type, refs = [] }: { readonly type: EntryType; readonly refs?: readonly number[] | undefined },
): Redaction | undefined {
  if (!isFields(value) || typeof value.basis !== 'string' || value.basis === '') return undefined
  const { basis, approver, replaced } = value
  if (approver !== undefined && !isPid(approver)) return undefined
  if (replaced !== undefined && (type !== 'redaction' || !areReplacements(replaced, refs))) return undefined
  return { basis, ...(approver === undefined ? {} : { approver }), ...(replaced ? { replaced } : {}) }
}

const isPid = (value: unknown): value is string => typeof value === 'string' && /^[A-Za-z0-9_-]{16}$/.test(value)
const isHash = (value: unknown): boolean => typeof value === 'string' && /^sha256:[0-9a-f]{64}$/.test(value)
const replacementShapes = ['payload,seq', 'html,seq,sha256', 'html,payload,seq,sha256']

function areReplacements(value: unknown, refs: readonly number[]): value is Replacement[] {
  if (!Array.isArray(value)) return false
  let last = 0
  for (const one of value) {
    if (!isFields(one) || !replacementShapes.includes(Object.keys(one).sort().join())) return false
    const { seq, ...hashes } = one
    if (!isCount(seq) || seq <= last || !refs.includes(seq) || !Object.values(hashes).every(isHash)) return false
    last = seq
  }
  return true
}
