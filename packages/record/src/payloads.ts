/** Payloads that the verifier reads itself. All others are only held against what their entry commits to. */
import { fromBase64 } from './bytes.ts'
import { isOpaqueId, isTime } from './entry.ts'
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

/** Payload of an `update-batch`: what one person wrote in one document, within about two seconds. */
export interface UpdateBatch {
  readonly document: string
  /** The session it came through, as `opaqueId` names it, or null where none did. */
  readonly session: string | null
  /** How it came, such as `room` or `restore`. */
  readonly via: string
  readonly workshop?: string
  /** Ascending by `seq`; updates of others may lie between them. */
  readonly updates: readonly BatchUpdate[]
}

/** Payload of a `key-rotation`: vkeys of the key that signed until now and of the one that follows. */
export interface KeyRotation {
  readonly from: string
  readonly to: string
}

/** Payload of a `redaction` or an `erasure`; more may stand beside the reason. */
export interface Redaction {
  /** The rule it rests on, for people to read. */
  readonly basis: string
}

type Fields = { readonly [key: string]: unknown }

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 1

/** Reads a batch, or gives `undefined` where the value is none. */
export function readUpdateBatch(value: unknown): UpdateBatch | undefined {
  if (!isFields(value)) return undefined
  const known = ['document', 'session', 'via', 'workshop', 'updates']
  if (!Object.keys(value).every((key) => known.includes(key))) return undefined
  const { document, session, via, updates } = value
  if (!isOpaqueId(document) || typeof via !== 'string') return undefined
  if (session !== null && !(typeof session === 'string' && /^[A-Za-z0-9_-]{16}$/.test(session))) return undefined
  if ('workshop' in value && !isOpaqueId(value.workshop)) return undefined
  if (!Array.isArray(updates) || updates.length === 0 || updates.length > maxBatchUpdates) return undefined
  let last = 0
  for (const update of updates) {
    if (!isFields(update) || Object.keys(update).length !== 3) return undefined
    if (!isCount(update.seq) || update.seq <= last || !isTime(update.at)) return undefined
    if (typeof update.bytes !== 'string' || fromBase64(update.bytes) === undefined) return undefined
    last = update.seq
  }
  return value as unknown as UpdateBatch
}

/** Reads the change of a key, or gives `undefined` where the value is none. */
export function readKeyRotation(value: unknown): KeyRotation | undefined {
  if (!isFields(value) || typeof value.from !== 'string' || typeof value.to !== 'string') return undefined
  return parseVkey(value.from) && parseVkey(value.to) ? { from: value.from, to: value.to } : undefined
}

/** Reads the reason of a redaction, or gives `undefined` where none is stated. */
export function readRedaction(value: unknown): Redaction | undefined {
  return isFields(value) && typeof value.basis === 'string' && value.basis !== '' ? { basis: value.basis } : undefined
}
