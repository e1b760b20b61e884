/**
 * Takes words out of one document, wherever they are kept, in one transaction:
 * 1. what is written and not in the record yet is entered, so that the record tells of it as it was;
 * 2. rows, versions, drafts and the title get filler of the same length, and snapshots go;
 * 3. an entry tells who took something out and on what basis, and what stands in its place from now on;
 * 4. with that entry, rows and payloads are rewritten, which nothing else can do.
 */
import { randomBytes } from 'node:crypto'
import { AppError } from '@cabildo/protocol/errors'
import type { Json } from '@cabildo/record/canonical-json'
import { maxRefs } from '@cabildo/record/entry'
import { payloadCommitment } from '@cabildo/record/hash'
import type { Replacement } from '@cabildo/record/payloads'
import { textHash } from '@cabildo/schema/canonical'
import { findText } from '@cabildo/verify/find-text'
import { maskText, type TextRange } from '@cabildo/verify/redact'
import type { Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'
import { sealHeld } from '../sealing/service.ts'
import { appendEntry, pidOf } from '../service.ts'
import {
  findBatches,
  findDrafts,
  findRows,
  findTelling,
  findTexts,
  findVersionEntries,
  holdDocument,
  raiseEpoch,
  replaceSnapshots,
  rewritePayloads,
  rewriteRows,
  type Told,
  updateDraft,
  updateName,
  updateTexts,
} from './text-store.ts'
import { asStored, batchWith, changedRows, draftWithout, type NewText, payloadWithout, textsAfter } from './texts.ts'

/** What is to be taken out, and for whom. */
export interface TakingOut {
  planId: string
  documentId: string
  /** The words; null where only the places are known. */
  quote: string | null
  /** Places beside those where the words are found now. */
  ranges: readonly TextRange[]
  basis: string
  /** Who asked; null for the program. */
  askedBy: string | null
  /** Who approved it; null for the program. */
  approvedBy: string | null
}

/** What was taken out. */
export interface TakenOut {
  /** The entry that tells of it. */
  seq: number
  ranges: TextRange[]
  /** The document from now on, for the snapshot that is kept. */
  snapshot: { seq: number; state: Uint8Array }
}

/**
 * Takes words out, and answers undefined when nothing was there. The document's room must be told afterwards. Throws
 * `not_found`, and `too_large` for more entries than one can name.
 */
export async function takeOut(trx: Transaction<Database>, wish: TakingOut): Promise<TakenOut | undefined> {
  const { planId, documentId, quote } = wish
  const document = await holdDocument(trx, planId, documentId)
  if (!document) throw new AppError('not_found')
  await sealHeld(trx, [documentId])
  const rows = await findRows(trx, documentId)
  const found =
    quote === null
      ? []
      : findText(
          rows.map(({ bytes }) => bytes),
          quote,
        ).ranges
  const ranges = [...wish.ranges, ...found]
  const changed = changedRows(rows, ranges)
  if (quote === null && changed.size === 0) return undefined

  const versions = await findTexts(trx, documentId)
  const { texts, state, title } = textsAfter(rows, changed, versions)
  await updateTexts(trx, texts)
  for (const { id, name, note } of versions) {
    const words = { name: masked(name, quote), note: masked(note, quote) }
    if (words.name !== name || words.note !== note) await updateName(trx, id, words)
  }
  for (const { id, bytes } of await findDrafts(trx, documentId)) {
    const without = draftWithout(rows, bytes, quote, ranges)
    if (without !== bytes) await updateDraft(trx, id, without)
  }
  const snapshot = { seq: document.headSeq, state }
  await replaceSnapshots(trx, documentId, snapshot)
  await raiseEpoch(trx, documentId, title)

  const payloads = await payloadsAfter(trx, wish, changed)
  const replaced = await statements(trx, wish, payloads, texts)
  // Something was written already: it must not stand without an entry that says so.
  if (replaced.length === 0) throw new Error(`no entry of plan ${planId} holds what was taken out of ${documentId}`)
  if (replaced.length > maxRefs) throw new AppError('too_large', { detail: 'It stands in too many places.' })
  const approver = wish.approvedBy === null ? null : await pidOf(trx, planId, wish.approvedBy)
  const { seq } = await appendEntry(trx, planId, {
    type: 'redaction',
    userId: wish.askedBy,
    documentId,
    refs: replaced.map(({ seq }) => seq),
    payload: { basis: wish.basis, ...(approver !== null && { approver }), replaced: replaced as unknown as Json },
  })
  await rewriteRows(trx, { planId, seq }, changed)
  await rewritePayloads(trx, { planId, seq }, payloads)
  return { seq, ranges, snapshot }
}

const masked = (text: string | null, quote: string | null): string | null =>
  text === null || quote === null ? text : maskText(text, quote)

type NewPayload = Told & { salt: Uint8Array }

async function payloadsAfter(
  trx: Transaction<Database>,
  { planId, documentId, quote }: TakingOut,
  changed: ReadonlyMap<number, Uint8Array>,
): Promise<NewPayload[]> {
  const payloads: NewPayload[] = []
  const add = (seq: number, payload: string | undefined): void => {
    if (payload !== undefined) payloads.push({ seq, payload, salt: randomBytes(32) })
  }
  const seqs = [...changed.keys()]
  if (seqs.length > 0) {
    const reach = { documentId, from: Math.min(...seqs), to: Math.max(...seqs) }
    for (const { seq, payload } of await findBatches(trx, planId, reach)) add(seq, batchWith(payload, changed))
  }
  if (quote === null) return payloads
  for (const { seq, payload } of await findTelling(trx, planId, { documentId, words: asStored(quote) }))
    add(seq, payloadWithout(payload, quote))
  return payloads
}

/** What the entry says stands in the place of what, by number. */
async function statements(
  trx: Transaction<Database>,
  { planId, documentId }: TakingOut,
  payloads: readonly NewPayload[],
  texts: readonly NewText[],
): Promise<Replacement[]> {
  const stated = new Map<number, Replacement>()
  for (const { seq, salt, payload } of payloads) stated.set(seq, { seq, payload: payloadCommitment(salt, payload) })
  const byNumber = new Map(texts.map((text) => [text.number, text]))
  for (const { seq, number } of await findVersionEntries(trx, planId, documentId)) {
    const text = byNumber.get(number)
    if (!text) continue
    stated.set(seq, { seq, ...stated.get(seq), sha256: text.contentHash, html: textHash(text.html) })
  }
  return [...stated.values()].sort((one, other) => one.seq - other.seq)
}
