/**
 * Takes words out of one document, wherever they are kept. What is to be written is found first, in a thread of its own
 * (replaying.ts); then, in one transaction:
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
import { maskText, type TextRange } from '@cabildo/verify/redact'
import type { Kysely, Transaction } from 'kysely'
import { holdDissentNumbers, holdInputsOf, holdProposalsOf, holdThreadsOf } from '../../db/holding.ts'
import type { Database } from '../../db/types.ts'
import type { Rooms } from '../../rooms/ports.ts'
import { inTurn } from '../../versions/turns.ts'
import { sealHeld } from '../sealing/service.ts'
import { appendEntry, pidOf } from '../service.ts'
import type { Replayed } from './replay.ts'
import { type Replaying, withReplay } from './replaying.ts'
import {
  findBatches,
  findBeside,
  findDocument,
  findDraftIds,
  findDrafts,
  findNames,
  findRows,
  findTelling,
  findTexts,
  findVersionEntries,
  forgetAccepting,
  type Head,
  holdDocument,
  raiseEpoch,
  replaceSnapshots,
  rewritePayloads,
  rewriteRows,
  type Told,
  updateBeside,
  updateDraft,
  updateName,
  updateTexts,
} from './text-store.ts'
import { asStored, batchWith, besideWithout, type NewText, payloadWithout } from './texts.ts'

/** What taking out needs. */
export interface TakingOutDeps {
  db: Kysely<Database>
  rooms: Pick<Rooms, 'reload'>
}

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
  /** The entry that tells of it; 0 where nothing in the record changed, so that there is none. */
  seq: number
  ranges: TextRange[]
  /** The document from now on, for the snapshot that is kept. */
  snapshot: { seq: number; state: Uint8Array }
}

/** What stands around taking words out, in its transaction. */
export interface Around {
  /** Before anything is held or changed. Throws when it may not be done any more. */
  before?(trx: Transaction<Database>): Promise<void>
  /** After it. */
  after(trx: Transaction<Database>, taken: TakenOut): Promise<void>
}

/** Tries until nothing was written meanwhile. Every try but the first plays no more than what was. */
const mostTries = 8

/**
 * Takes words out, and sends everybody out of the document's room. Where places alone are known and none of them is in the
 * log, drafts and what stands beside the text are rewritten, and nothing is entered: the record holds none of it. The history
 * is played without holding anything: then the document is held for as long as it takes to see that it is still the same,
 * and to write. Throws `not_found`, `too_large` for more entries than one can name, and `unavailable` where people write
 * faster than it is played or the bounds of a replay are exceeded.
 */
export async function takeOut(
  { db, rooms }: TakingOutDeps,
  wish: TakingOut,
  { before, after }: Around,
): Promise<TakenOut> {
  const { planId, documentId, quote, ranges } = wish
  return withReplay({ quote, ranges }, async (replay) => {
    let ahead: Ahead | undefined
    for (let tries = 0; tries < mostTries; tries += 1) {
      ahead = await readAhead(db, replay, wish, ahead)
      const known = ahead
      // No version is made meanwhile of what stood there before, and the room is let go before the next one looks.
      const taken = await inTurn(documentId, async () => {
        const taken = await db.transaction().execute(async (trx) => {
          await before?.(trx)
          // They come before documents (decision 30). Who rewords a comment waits, and reads what then stands there.
          await holdThreadsOf(trx, documentId)
          await holdInputsOf(trx, { planId, documentId })
          await holdProposalsOf(trx, documentId)
          await holdDissentNumbers(trx, documentId)
          const held = await holdDocument(trx, planId, documentId)
          if (!held) throw new AppError('not_found')
          if (!isSame(known.stamp, await stampOf(trx, held, documentId))) return 'moved'
          const taken = await write(trx, wish, known)
          await after(trx, taken)
          return taken
        })
        if (taken !== 'moved' && taken.seq > 0) await letRoomGo({ db, rooms }, documentId, taken)
        return taken
      })
      if (taken !== 'moved') return taken
    }
    throw new AppError('unavailable', { detail: 'The text is being written in: try again.', retryAfter: 5 })
  })
}

/** What was played, and what the document was like then. */
interface Ahead {
  stamp: Stamp
  replayed: Replayed
}

/** Whatever of it changes, something of what is to be rewritten is another. */
interface Stamp {
  epoch: number
  headSeq: number
  versions: string
  drafts: string
}

const isSame = (one: Stamp, other: Stamp): boolean => JSON.stringify(one) === JSON.stringify(other)

async function stampOf(db: Kysely<Database>, { epoch, headSeq }: Head, documentId: string): Promise<Stamp> {
  const names = await findNames(db, documentId)
  return { epoch, headSeq, versions: idsOf(names), drafts: idsOf(await findDraftIds(db, documentId)) }
}

const idsOf = (rows: readonly { id: string }[]): string =>
  rows
    .map(({ id }) => id)
    .sort()
    .join(' ')

/** Plays what was not played yet. What comes in between is seen by the stamp, with the document held. */
async function readAhead(
  db: Kysely<Database>,
  replay: Replaying,
  { planId, documentId }: TakingOut,
  known: Ahead | undefined,
): Promise<Ahead> {
  const head = await findDocument(db, planId, documentId)
  if (!head) throw new AppError('not_found')
  // Other words were taken out, or a version was brought back: what was played is no more.
  if (known && known.stamp.epoch !== head.epoch) {
    throw new AppError('unavailable', { detail: 'The text was replaced: try again.', retryAfter: 1 })
  }
  const reach = { after: known?.stamp.headSeq ?? 0, upTo: head.headSeq }
  const rows = await findRows(db, documentId, reach)
  const versions = await findTexts(db, documentId, head.headSeq)
  const drafts = await findDrafts(db, documentId)
  const replayed = await replay.read({ rows, versions, drafts })
  return { stamp: { ...head, versions: idsOf(versions), drafts: idsOf(drafts) }, replayed }
}

/** Writes what was played. The document is held. */
async function write(trx: Transaction<Database>, wish: TakingOut, { stamp, replayed }: Ahead): Promise<TakenOut> {
  const { planId, documentId, quote } = wish
  const { changed, texts, drafts, state, title, ranges } = replayed
  const snapshot = { seq: stamp.headSeq, state }
  const writeBeside = async (): Promise<void> => {
    for (const [id, bytes] of drafts) await updateDraft(trx, id, bytes)
    await forgetAccepting(trx, documentId)
    await updateBeside(trx, besideWithout(await findBeside(trx, documentId), quote, ranges))
  }
  if (quote === null && changed.size === 0) {
    await writeBeside()
    return { seq: 0, ranges, snapshot }
  }
  await sealHeld(trx, [documentId])
  await updateTexts(trx, texts)
  for (const { id, name, note } of await findNames(trx, documentId)) {
    const words = { name: masked(name, quote), note: masked(note, quote) }
    if (words.name !== name || words.note !== note) await updateName(trx, id, words)
  }
  await writeBeside()
  await replaceSnapshots(trx, documentId, snapshot)
  await raiseEpoch(trx, documentId, title)

  const payloads = await payloadsAfter(trx, wish, changed)
  const replaced = await statements(trx, wish, payloads, texts)
  if (replaced.length === 0 && changed.size === 0) {
    throw new AppError('conflict', { detail: 'The words are gone already.' })
  }
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

/** Sends everybody out of the document's room, and drops what it was storing of its memory as it went. */
async function letRoomGo({ db, rooms }: TakingOutDeps, documentId: string, { snapshot }: TakenOut): Promise<void> {
  await rooms.reload(documentId)
  await db.transaction().execute((trx) => replaceSnapshots(trx, documentId, snapshot))
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
    for (const { seq, payload } of await findBatches(trx, planId, { documentId, seqs }))
      add(seq, batchWith(payload, changed))
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
