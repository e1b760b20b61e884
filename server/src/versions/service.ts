/**
 * Versions: the document at one entry of its log, kept with its canonical text and the hash of exactly that text.
 * A restore brings one back as a new edit, in three steps that each stand by themselves:
 * 1. what stands now is kept as a version, unless it is one already;
 * 2. the room makes one edit of it, and the log only grows;
 * 3. what the log then says is kept as a version, with the hash of the one that was brought back.
 */
import { AppError } from '@cabildo/protocol/errors'
import type { Diff, Version, VersionItem } from '@cabildo/protocol/http/api'
import type { Person } from '@cabildo/protocol/http/common'
import { canonicalJson, contentHash, textHash } from '@cabildo/schema/canonical'
import { applyContent, type Content, contentOf, contentOfState } from '@cabildo/schema/content'
import { diffContents } from '@cabildo/schema/diff'
import { contentHtml } from '@cabildo/schema/html'
import type { Kysely, Transaction } from 'kysely'
import * as Y from 'yjs'
import type { z } from 'zod'
import type { Actor } from '../auth/sessions.ts'
import { newId } from '../db/ids.ts'
import type { Database } from '../db/types.ts'
import { enterDocument, peopleOf } from '../people/service.ts'
import { sealHeld } from '../record/sealing/service.ts'
import { appendEntry, pidsOf } from '../record/service.ts'
import type { Committed, Rooms, UpdateLog } from '../rooms/ports.ts'
import { columnsOf, type Making, needsKeeping, type Side, sidesOf } from './rules.ts'
import {
  findAuthors,
  findByNumber,
  findLatest,
  findRestoreRow,
  findVersion,
  findVersions,
  insertVersion,
  lockDocument,
  type VersionRow,
} from './store.ts'
import { inTurn } from './turns.ts'

/** What versions are made with. `now` stamps them. */
export interface VersionDeps {
  db: Kysely<Database>
  rooms: Pick<Rooms, 'read' | 'edit' | 'stateAt'>
  now: () => Date
}

/** The document after row `seq`, with what is kept of it. `text` is canonical, and `contentHash` is the hash of it. */
export interface Moment {
  seq: number
  state: Uint8Array
  text: string
  contentHash: string
}

/** Encodes and hashes a state. */
export function momentOf(seq: number, state: Uint8Array): Moment {
  const content = contentOfState(state)
  return { seq, state, text: canonicalJson(content), contentHash: contentHash(content) }
}

/** The document after row `seq`. Throws when the log has no such row. */
export async function momentAt(log: Pick<UpdateLog, 'stateAt'>, documentId: string, seq: number): Promise<Moment> {
  const found = await log.stateAt(documentId, seq)
  if (!found) throw new Error(`document ${documentId} has no row ${seq}`)
  return momentOf(seq, found.state)
}

/** Keeps a moment as the next version of its document. The document's row must be held by `trx`. */
export async function keepMoment(
  trx: Transaction<Database>,
  documentId: string,
  moment: Moment,
  making: Making,
  createdAt: Date,
): Promise<VersionRow> {
  const { seq, state, text, contentHash } = moment
  const authorIds = await findAuthors(trx, documentId, seq)
  const values = { id: newId(), seq, state, content: text, contentHash, authorIds, createdAt, ...columnsOf(making) }
  const html = contentHtml(parse(text))
  const row = await insertVersion(trx, documentId, { ...values, html })
  await logVersion(trx, documentId, row, html)
  return row
}

/**
 * Enters a version into the record, after all that was written before it: its text by hash, as it is compared and as
 * people read it, and whose edits it holds.
 */
async function logVersion(
  trx: Transaction<Database>,
  documentId: string,
  row: VersionRow,
  html: string,
): Promise<void> {
  const { planId } = await lockDocument(trx, documentId)
  await sealHeld(trx, [documentId])
  const { id, number, kind, name, note, seq, restoredFrom } = row
  const authors = await pidsOf(trx, planId, row.authorIds)
  await appendEntry(trx, planId, {
    type: 'version',
    userId: row.createdBy,
    documentId,
    payload: { version: id, document: documentId, number, kind, name, note, restoredFrom, authors },
    content: { document: documentId, number, seq, sha256: row.contentHash, html: textHash(html) },
  })
}

/** Lists at most `limit` versions, newest first; with `below`, those numbered less. */
export async function listVersions(
  { db }: Pick<VersionDeps, 'db'>,
  actor: Actor,
  { documentId, ...page }: { documentId: string; below: number | undefined; limit: number },
): Promise<z.input<typeof VersionItem>[]> {
  const { planId } = await enterDocument(db, actor, documentId, 'document.open')
  return itemsOf(db, planId, await findVersions(db, documentId, page))
}

/** Reads one version with its content. */
export async function readVersion(
  { db }: Pick<VersionDeps, 'db'>,
  actor: Actor,
  { documentId, versionId }: { documentId: string; versionId: string },
): Promise<z.input<typeof Version>> {
  const { planId } = await enterDocument(db, actor, documentId, 'document.open')
  const row = await findVersion(db, documentId, versionId)
  if (!row) throw new AppError('not_found')
  return { ...(await itemOf(db, planId, row)), content: JSON.parse(row.content) }
}

/** Keeps the committed document under a name. The same text may be kept twice: each name is somebody's decision. */
export async function saveVersion(
  deps: VersionDeps,
  actor: Actor,
  { documentId, name, note }: { documentId: string; name: string; note?: string | undefined },
): Promise<z.input<typeof VersionItem>> {
  const { planId } = await enterDocument(deps.db, actor, documentId, 'version.save')
  const making: Making = { kind: 'named', name, note: note || null, createdBy: actor.userId }
  const row = await inTurn(documentId, async () => {
    const { headSeq, state } = await head(deps, documentId)
    return keep(deps, documentId, [[momentOf(headSeq, state), making]])
  })
  return itemOf(deps.db, planId, row)
}

/**
 * Compares two sides (see `sidesOf`): what happened from `from` to `to`. `from` is null before the first version,
 * `to` is null for the document as it stands.
 */
export async function compareVersions(
  deps: VersionDeps,
  actor: Actor,
  { documentId, versionId, wanted }: { documentId: string; versionId: string; wanted?: string | undefined },
): Promise<z.input<typeof Diff>> {
  const { planId } = await enterDocument(deps.db, actor, documentId, 'document.open')
  const sides = sidesOf(versionId, wanted)
  const from = await readSide(deps, documentId, sides.from)
  const to = await readSide(deps, documentId, sides.to)
  if (!to.content) throw new AppError('not_found')
  return {
    from: from.row ? await itemOf(deps.db, planId, from.row) : null,
    to: to.row ? await itemOf(deps.db, planId, to.row) : null,
    ...diffContents(from.content, to.content),
  }
}

/**
 * Brings a version back and answers the `restored` version and the document's head. When the document already says the
 * same, nothing is stored and the version asked for is the one answered.
 */
export async function restoreVersion(
  deps: VersionDeps,
  actor: Actor,
  { documentId, versionId }: { documentId: string; versionId: string },
): Promise<{ version: z.input<typeof VersionItem>; headSeq: number }> {
  const { db, rooms } = deps
  const { userId, sessionId } = actor
  const { planId, groupId, status } = await enterDocument(db, actor, documentId, 'version.restore')
  if (status !== 'open') throw new AppError('frozen')
  const { row, headSeq } = await inTurn(documentId, async () => {
    const target = await findVersion(db, documentId, versionId)
    if (!target) throw new AppError('not_found')
    const before = await head(deps, documentId)
    const standing = momentOf(before.headSeq, before.state)
    if (standing.contentHash === target.contentHash) return { row: target, headSeq: before.headSeq }

    const content = parse(target.content)
    rehearse(before.state, content, target.contentHash)
    if (needsKeeping(await findLatest(db, documentId), standing.seq)) {
      await keep(deps, documentId, [[standing, { kind: 'before_restore', createdBy: userId }]])
    }

    const writer = { userId, sessionId, groupId }
    const { headSeq } = await rooms.edit(documentId, { writer, via: 'restore', raiseEpoch: true }, (doc) =>
      applyContent(doc, content),
    )
    const seq = await findRestoreRow(db, documentId, { userId, after: standing.seq, upTo: headSeq })
    // Somebody wrote exactly this text in the meantime: the edit had nothing left to change.
    if (seq === undefined) return { row: target, headSeq }

    const restored = await momentAt(rooms, documentId, seq)
    if (restored.contentHash !== target.contentHash) {
      throw new Error(`restoring version ${versionId} gave another text than it holds`)
    }
    const made: [Moment, Making][] = [[restored, { kind: 'restored', restoredFrom: target.number, createdBy: userId }]]
    // Rows that came between the first step and the second were also standing before the restore.
    if (seq - 1 > standing.seq) {
      made.unshift([await momentAt(rooms, documentId, seq - 1), { kind: 'before_restore', createdBy: userId }])
    }
    return { row: await keep(deps, documentId, made), headSeq }
  })
  return { version: await itemOf(db, planId, row), headSeq }
}

/** Proves on a copy that the edit will give this very content, before anything is changed. */
function rehearse(state: Uint8Array, content: Content, hash: string): void {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, state)
  applyContent(copy, content)
  if (contentHash(contentOf(copy)) !== hash) throw new Error(`content ${hash} cannot be brought back to the letter`)
}

/** Keeps moments in one transaction, in order, and answers the last version made. */
function keep(
  { db, now }: VersionDeps,
  documentId: string,
  moments: readonly (readonly [Moment, Making])[],
): Promise<VersionRow> {
  return db.transaction().execute(async (trx) => {
    await lockDocument(trx, documentId)
    let row: VersionRow | undefined
    for (const [moment, making] of moments) row = await keepMoment(trx, documentId, moment, making, now())
    if (!row) throw new Error('nothing to keep')
    return row
  })
}

async function head({ rooms }: VersionDeps, documentId: string): Promise<Committed> {
  const committed = await rooms.read(documentId)
  if (!committed) throw new AppError('not_found')
  return committed
}

async function readSide(
  deps: VersionDeps,
  documentId: string,
  side: Side,
): Promise<{ row: VersionRow | null; content: Content | null }> {
  if (side.kind === 'head') return { row: null, content: contentOfState((await head(deps, documentId)).state) }
  const row = await findVersion(deps.db, documentId, side.id)
  if (!row) throw new AppError('not_found')
  if (side.kind === 'version') return { row, content: parse(row.content) }
  const earlier = await findByNumber(deps.db, documentId, row.number - 1)
  return earlier ? { row: earlier, content: parse(earlier.content) } : { row: null, content: null }
}

/** The text of a version is the canonical form of a content that was read through the schema. */
function parse(text: string): Content {
  return JSON.parse(text) as Content
}

async function itemOf(db: Kysely<Database>, planId: string, row: VersionRow): Promise<z.input<typeof VersionItem>> {
  const [item] = await itemsOf(db, planId, [row])
  if (!item) throw new Error('one row gives one item')
  return item
}

async function itemsOf(
  db: Kysely<Database>,
  planId: string,
  rows: readonly VersionRow[],
): Promise<z.input<typeof VersionItem>[]> {
  const people = await peopleOf(
    db,
    planId,
    rows.flatMap(({ authorIds, createdBy }) => (createdBy ? [...authorIds, createdBy] : authorIds)),
  )
  const known = (id: string): Person[] => {
    const person = people.get(id)
    return person ? [person] : []
  }
  return rows.map(({ id, number, kind, name, note, seq, contentHash, restoredFrom, ...row }) => ({
    id,
    number,
    kind,
    name,
    note,
    seq,
    contentHash,
    createdAt: row.createdAt.toISOString(),
    createdBy: (row.createdBy && people.get(row.createdBy)) || null,
    // Two ids may have turned out to be one person.
    authors: [...new Map(row.authorIds.flatMap(known).map((author) => [author.id, author])).values()],
    restoredFrom,
  }))
}
