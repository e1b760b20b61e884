/** The updates of a bundle while it is verified, without an object for each: there may be a million of them. */
import { decodeBase64, lengthOfBase64 } from './bytes.ts'
import type { Actor } from './entry.ts'
import type { Behalf, UpdateBatch } from './payloads.ts'

/** What all updates of a batch have in common. */
export interface KnownBatch {
  /** The `seq` of its entry. */
  readonly entry: number
  readonly actor: Actor | null
  /** As the batch says it; absent where its actor typed for themselves. */
  readonly behalf: Behalf | null | undefined
  readonly via: string
}

/** One update, to be looked at and not kept. */
export interface KnownUpdate extends KnownBatch {
  /** The document's count of updates. */
  readonly seq: number
  /** Empty where the bytes were not to be held. */
  readonly bytes: Uint8Array
}

/** The updates of one document. */
export interface KnownDocument {
  readonly document: string
  /** In the order of `seq`, and of entries where one comes twice. */
  readonly updates: () => Iterable<KnownUpdate>
}

/** Updates by document. */
export interface KnownUpdates {
  /** Takes what `readUpdateBatch` gave for an entry. Batches come in any order. */
  add(entry: Omit<KnownBatch, 'behalf' | 'via' | 'entry'> & { readonly seq: number }, batch: UpdateBatch): void
  /** Documents, by their first entry. */
  documents(): Iterable<KnownDocument>
}

interface Held {
  /** Of each update: its `seq`, its batch, and where its bytes end. Those of the next begin there. */
  readonly seqs: number[]
  readonly batches: KnownBatch[]
  readonly ends: number[]
  pool: Uint8Array
  first: number
}

/** Holds nothing yet. Without `bytes`, only what is told of updates is held, and not what they bring. */
export function createKnownUpdates({ bytes: withBytes }: { readonly bytes: boolean }): KnownUpdates {
  const known = new Map<string, Held>()
  return {
    add({ seq: entry, actor }, { document, behalf, via, updates }) {
      const held = known.get(document) ?? { seqs: [], batches: [], ends: [], pool: new Uint8Array(), first: entry }
      known.set(document, held)
      held.first = Math.min(held.first, entry)
      const batch = { entry, actor, behalf, via }
      for (const { seq, bytes } of updates) {
        held.seqs.push(seq)
        held.batches.push(batch)
        held.ends.push(withBytes ? take(held, bytes) : 0)
      }
    },
    *documents() {
      const inOrder = [...known].sort(([, one], [, other]) => one.first - other.first)
      for (const [document, held] of inOrder) yield { document, updates: () => updatesOf(held) }
    },
  }
}

/** Puts the bytes of an update behind those before it; gives where they end. */
function take(held: Held, base64: string): number {
  const from = held.ends.at(-1) ?? 0
  const needed = from + lengthOfBase64(base64)
  if (needed > held.pool.length) {
    const larger = new Uint8Array(Math.max(needed, Math.ceil(held.pool.length * 1.5), 1024))
    larger.set(held.pool.subarray(0, from))
    held.pool = larger
  }
  return decodeBase64(base64, held.pool, from)
}

function* updatesOf({ seqs, batches, ends, pool }: Held): Generator<KnownUpdate> {
  for (const at of inOrder(seqs, batches)) {
    const [seq, batch] = [seqs[at], batches[at]]
    if (seq === undefined || !batch) continue
    const { entry, actor, behalf, via } = batch
    yield { seq, entry, actor, behalf, via, bytes: pool.subarray(at === 0 ? 0 : ends[at - 1], ends[at]) }
  }
}

/** Places in the order of `seq`, and of entries where one comes twice. */
function inOrder(seqs: readonly number[], batches: readonly KnownBatch[]): Iterable<number> {
  const isAscending = seqs.every((seq, at) => at === 0 || (seqs[at - 1] ?? 0) < seq)
  if (isAscending) return seqs.keys()
  const compare = (one: number, other: number) =>
    (seqs[one] ?? 0) - (seqs[other] ?? 0) || (batches[one]?.entry ?? 0) - (batches[other]?.entry ?? 0)
  return Uint32Array.from(seqs.keys()).sort(compare)
}
