/**
 * Drafts: edits the room would not take any more, handed in by their author and kept whole.
 * 1. What the document already holds is dropped; what is left must be the author's own and pass the room's gate.
 * 2. The draft is placed on the newest state of the document on which all its words show.
 * 3. Its author reads what that state says with their words, and what exactly they wrote.
 */
import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { AppError } from '@cabildo/protocol/errors'
import type { Draft, DraftItem } from '@cabildo/protocol/http/api'
import type { Person } from '@cabildo/protocol/http/common'
import { contentHash } from '@cabildo/schema/canonical'
import { contentOf } from '@cabildo/schema/content'
import { diffContents } from '@cabildo/schema/diff'
import { redactUpdate, type TextRange } from '@cabildo/verify/redact'
import type { Kysely, Transaction } from 'kysely'
import * as Y from 'yjs'
import type { z } from 'zod'
import { demandAlive } from '../auth/renewal.ts'
import type { Actor } from '../auth/sessions.ts'
import { newId } from '../db/ids.ts'
import type { Database } from '../db/types.ts'
import { enterDocument, peopleOf } from '../people/service.ts'
import type { Ownership } from '../rooms/core/gate.ts'
import type { Rooms } from '../rooms/ports.ts'
import { inTurn } from '../versions/turns.ts'
import { addWhatFits, clientsWithNews, holds, type Judgement, judge, lay, newestShowing } from './rules.ts'
import {
  type DraftRow,
  dismissOwnDraft,
  findOpenDrafts,
  findOwnDraft,
  findOwnDrafts,
  findOwners,
  findPlanWrittenIn,
  findRowsOf,
  findSame,
  findTakenOut,
  holdEpoch,
  insertDraft,
  type NewDraft,
} from './store.ts'

/** What drafts are made with. `now` stamps them. */
export interface DraftDeps {
  db: Kysely<Database>
  rooms: Pick<Rooms, 'read' | 'stateAt' | 'limits'>
  now: () => Date
}

/** How much of one document one person may have kept and not put away. A broken client knows no end by itself. */
const mostKept = { drafts: 100, bytes: 16 << 20 }

/**
 * Keeps what the document lacks of an author's edits. `update` is base64 of a Yjs update: the client's whole state, or
 * everything it has that the document lacks. Null when nothing is left to keep. The same edits again give the same
 * draft, and a draft that holds more puts away the one it grew from. Open to whoever may open the document, and to
 * whoever once wrote in it: a right that ended must not take the words along.
 */
export async function keepDraft(
  deps: DraftDeps,
  actor: Actor,
  {
    documentId,
    update,
    reason,
    author,
  }: { documentId: string; update: string; reason: DraftItem['reason']; author?: string | undefined },
): Promise<{ kept: z.input<typeof DraftItem> | null }> {
  const { db, rooms, now } = deps
  const { userId } = actor
  // On a device that is shared, one person's words must not become another's draft.
  if (author !== undefined && author !== userId) throw new AppError('signed_out')
  const planId =
    (await findPlanWrittenIn(db, documentId, userId)) ??
    (await enterDocument(db, actor, documentId, 'draft.keep')).planId
  const uploaded = new Uint8Array(Buffer.from(update, 'base64'))
  if (uploaded.length > rooms.limits.documentBytes + rooms.limits.frameBytes) throw new AppError('too_large')

  for (let tries = 0; tries < mostTries; tries += 1) {
    const ranges = await findTakenOut(db, documentId)
    const placed = await placeOf(deps, documentId, userId, withoutTakenOut(ranges, uploaded))
    if (!placed) return { kept: null }
    const { epoch, ...place } = placed
    const bytesHash = createHash('sha256').update(place.bytes).digest('hex')
    const draft = { id: newId(), documentId, userId, reason, ...place, bytesHash, createdAt: now() }
    const row = await db.transaction().execute(async (trx) => {
      await demandAlive(trx, actor)
      if (!(await holdEpoch(trx, documentId, epoch))) return undefined
      // What was taken out before the text was read, and after the ranges were, raised no epoch that is seen here.
      if (!isDeepStrictEqual(await findTakenOut(trx, documentId), ranges)) return undefined
      return store(trx, draft)
    })
    if (row) return { kept: itemOf(row, await authorOf(db, planId, userId)) }
    // Words were taken out meanwhile, or a version brought back: once that is over, the text is another.
    await inTurn(documentId, async () => undefined)
  }
  throw new AppError('unavailable', { detail: 'The text was replaced: try again.', retryAfter: 1 })
}

/** A second one follows a text that was replaced meanwhile. */
const mostTries = 3

/**
 * What a device handed in, with filler for what was taken out of the document since: it may hold text that the document
 * never had, but a draft did. What is no update stays as it is, and is refused.
 */
function withoutTakenOut(ranges: readonly TextRange[], uploaded: Uint8Array): Uint8Array {
  if (ranges.length === 0 || !clientsWithNews(new Y.Doc(), uploaded)) return uploaded
  return redactUpdate(uploaded, ranges)
}

/** Stores a draft, unless it is there already or inside another one. */
async function store(trx: Transaction<Database>, draft: NewDraft): Promise<DraftRow> {
  const { documentId, userId, bytes, createdAt } = draft
  const open = await findOpenDrafts(trx, documentId, userId)
  const same = (await findSame(trx, draft)) ?? open.find((other) => holds(other.bytes, bytes))
  if (same) return same
  for (const { id } of open.filter((other) => holds(bytes, other.bytes))) {
    await dismissOwnDraft(trx, { documentId, userId, draftId: id, at: createdAt })
  }
  const size = open.reduce((sum, other) => sum + other.bytes.length, bytes.length)
  if (open.length >= mostKept.drafts || size > mostKept.bytes) {
    throw new AppError('too_large', { detail: 'Too many drafts are kept already: put some away.' })
  }
  await insertDraft(trx, draft)
  const row = await findSame(trx, draft)
  if (!row) throw new Error('a draft was stored and is not there')
  return row
}

/** Lists at most `limit` of one's own drafts of a document, newest first, those put away too; those after `after`. */
export async function listDrafts(
  { db }: Pick<DraftDeps, 'db'>,
  actor: Actor,
  page: { documentId: string; after: string | undefined; limit: number },
): Promise<z.input<typeof DraftItem>[]> {
  const { person } = await enterDocument(db, actor, page.documentId, 'document.open')
  const rows = await findOwnDrafts(db, { ...page, userId: actor.userId })
  return rows.map((row) => itemOf(row, person))
}

/**
 * Reads one's own draft: the document as its author would have it, on the newest state on which their words show, and
 * what they changed there. Their draft shows the document too, so it takes the right to open it.
 */
export async function readDraft(
  deps: DraftDeps,
  actor: Actor,
  { documentId, draftId }: { documentId: string; draftId: string },
): Promise<z.input<typeof Draft>> {
  const { userId } = actor
  const { person } = await enterDocument(deps.db, actor, documentId, 'document.open')
  const row = await findOwnDraft(deps.db, { documentId, userId, draftId })
  if (!row) throw new AppError('not_found')
  const { doc, judgement } = await ground(deps, documentId, userId, row.baseSeq, row.bytes, () => 'mine')
  if (judgement.kind !== 'fits') throw new Error(`draft ${draftId} does not fit row ${row.baseSeq} any more`)
  const before = contentOf(doc)
  lay(doc, judgement.update)
  const content = contentOf(doc)
  return { ...itemOf(row, person), content, diff: { from: null, to: null, ...diffContents(before, content) } }
}

/** Puts one's own draft away. It stays stored. */
export async function dismissDraft(
  { db, now }: Pick<DraftDeps, 'db' | 'now'>,
  actor: Actor,
  { documentId, draftId }: { documentId: string; draftId: string },
): Promise<void> {
  await enterDocument(db, actor, documentId, 'document.open')
  const found = await dismissOwnDraft(db, { documentId, userId: actor.userId, draftId, at: now() })
  if (!found) throw new AppError('not_found')
}

/** What is left of an upload, and the seq to lay it on. Undefined when it adds nothing that anybody could see. */
async function placeOf(
  deps: DraftDeps,
  documentId: string,
  userId: string,
  uploaded: Uint8Array,
): Promise<{ bytes: Uint8Array; baseSeq: number; epoch: number } | undefined> {
  const { db, rooms } = deps
  const committed = await rooms.read(documentId)
  if (!committed) throw new AppError('not_found')
  const { epoch } = committed
  const doc = docOf(committed.state)
  const clients = clientsWithNews(doc, uploaded)
  if (!clients) throw refusalOf({ kind: 'refused', reason: 'malformed' })
  const owners = await findOwners(db, documentId, clients)
  const owns = (client: number): Ownership => {
    const owner = owners.get(client)
    return owner === undefined ? 'free' : owner === userId ? 'mine' : 'other'
  }

  const judgement = judge(doc, uploaded, owns, rooms.limits)
  if (judgement.kind !== 'fits') throw refusalOf(judgement)
  const { update: bytes, changes } = judgement
  if (!changes) return undefined
  const before = contentHash(contentOf(doc))
  if (lay(doc, bytes)) {
    return contentHash(contentOf(doc)) === before ? undefined : { bytes, baseSeq: committed.headSeq, epoch }
  }
  const baseSeq = await newestShowing(committed.headSeq, async (seq) => {
    const { doc, judgement } = await ground(deps, documentId, userId, seq, bytes, owns)
    if (judgement.kind === 'refused') throw refusalOf(judgement)
    if (judgement.kind === 'early') return 'early'
    return lay(doc, judgement.update) ? 'shown' : 'hidden'
  })
  return { bytes, baseSeq, epoch }
}

/**
 * The document after row `seq` as the author may have had it: when the bytes refer to more, with the rows the author
 * sent later. An author has their own rows before anybody else's that were committed first.
 */
async function ground(
  { db, rooms }: DraftDeps,
  documentId: string,
  userId: string,
  seq: number,
  bytes: Uint8Array,
  owns: (client: number) => Ownership,
): Promise<{ doc: Y.Doc; judgement: Judgement }> {
  const found = await rooms.stateAt(documentId, seq)
  if (!found) throw new Error(`document ${documentId} has no row ${seq}`)
  const doc = docOf(found.state)
  const judgement = judge(doc, bytes, owns, rooms.limits)
  if (judgement.kind !== 'early') return { doc, judgement }
  addWhatFits(doc, await findRowsOf(db, documentId, userId, seq), rooms.limits)
  return { doc, judgement: judge(doc, bytes, owns, rooms.limits) }
}

function docOf(state: Uint8Array): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  return doc
}

function refusalOf(judgement: Exclude<Judgement, { kind: 'fits' }>): AppError {
  if (judgement.kind === 'early') return unreadable('It refers to edits that the document never had.')
  switch (judgement.reason) {
    case 'malformed':
      return unreadable('It is no Yjs update.')
    case 'foreign_client':
      return new AppError('foreign_author')
    default:
      return new AppError(judgement.reason)
  }
}

function unreadable(detail: string): AppError {
  return new AppError('invalid', { detail, errors: [{ pointer: '/update', detail }] })
}

async function authorOf(db: Kysely<Database>, planId: string, userId: string): Promise<Person> {
  const person = (await peopleOf(db, planId, [userId])).get(userId)
  if (!person) throw new Error(`there is no user ${userId}`)
  return person
}

function itemOf({ id, reason, createdAt, dismissedAt }: DraftRow, author: Person): z.input<typeof DraftItem> {
  return {
    id,
    reason,
    createdAt: createdAt.toISOString(),
    author,
    dismissedAt: dismissedAt?.toISOString() ?? null,
  }
}
