import { AppError } from '@cabildo/protocol/errors'
import type { Document, DocumentOpening, HistoryRun } from '@cabildo/protocol/http/api'
import type { Person } from '@cabildo/protocol/http/common'
import { contentHash } from '@cabildo/schema/canonical'
import { type Content, contentOfState } from '@cabildo/schema/content'
import { schemaHash } from '@cabildo/schema/rules'
import type { Kysely } from 'kysely'
import { isMuted, may, mayWrite } from '../auth/rules.ts'
import type { Actor } from '../auth/sessions.ts'
import type { Database } from '../db/types.ts'
import { enterDocument, peopleOf } from '../people/service.ts'
import type { Committed, Rooms } from '../rooms/ports.ts'
import type { ContentMemo } from './content-memo.ts'
import { findRuns } from './store.ts'

/** What reading documents needs. */
export interface DocumentDeps {
  db: Kysely<Database>
  rooms: Pick<Rooms, 'read' | 'stateAt'>
  contentAt: ContentMemo
}

/**
 * A document as it stands: committed edits only, with the hash of exactly the content shown, and what the reader may do
 * with it now.
 */
export async function readDocument(deps: DocumentDeps, actor: Actor, documentId: string): Promise<Document> {
  const { opening, committed } = await open(deps, actor, documentId)
  return { ...opening, ...deps.contentAt(documentId, committed) }
}

/** The same without the content, which a room brings by itself: nothing is rendered and little crosses the wire. */
export async function readOpening(deps: DocumentDeps, actor: Actor, documentId: string): Promise<DocumentOpening> {
  return (await open(deps, actor, documentId)).opening
}

async function open(
  { db, rooms }: DocumentDeps,
  actor: Actor,
  documentId: string,
): Promise<{ opening: DocumentOpening; committed: Committed }> {
  const { planId, role, workshop, person, kind, shape } = await enterDocument(db, actor, documentId, 'document.open')
  const committed = await rooms.read(documentId)
  if (!committed) throw new AppError('not_found')
  const isOpen = committed.status === 'open'
  const opening = {
    id: documentId as Document['id'],
    planId: planId as Document['planId'],
    kind,
    schema: schemaHash,
    template: shape.id,
    templateVersion: shape.version,
    epoch: committed.epoch,
    headSeq: committed.headSeq,
    status: committed.status,
    may: {
      edit: isOpen && mayWrite(role, workshop === 'writes'),
      saveVersion: may(role, 'version.save'),
      restore: isOpen && may(role, 'version.restore'),
      writeFor: isOpen && may(role, 'workshop.write_for'),
      propose: committed.status !== 'archived' && may(role, 'proposal.write') && !isMuted({ role, workshop }),
    },
    // To oneself one is always oneself.
    me: { ...person, name: actor.name },
  } as const
  return { opening, committed }
}

/** A document as it stood after row `seq` of its log, and who wrote that row when. No such row: `not_found`. */
export async function readDocumentAt(
  deps: DocumentDeps,
  actor: Actor,
  documentId: string,
  seq: number,
): Promise<{ seq: number; at: string | null; author: Person | null; content: Content; contentHash: string }> {
  const { planId } = await enterDocument(deps.db, actor, documentId, 'document.open')
  const past = await deps.rooms.stateAt(documentId, seq)
  if (!past) throw new AppError('not_found')
  const people = await peopleOf(deps.db, planId, past.userId ? [past.userId] : [])
  const content = contentOfState(past.state)
  return {
    seq,
    at: past.storedAt?.toISOString() ?? null,
    author: (past.userId && people.get(past.userId)) || null,
    content,
    contentHash: contentHash(content),
  }
}

/** Who wrote when, oldest first: the runs that begin after row `after`, at most `limit`. */
export async function readHistory(
  deps: Pick<DocumentDeps, 'db'>,
  actor: Actor,
  documentId: string,
  page: { after: number; limit: number },
): Promise<HistoryRun[]> {
  const { planId } = await enterDocument(deps.db, actor, documentId, 'document.open')
  const runs = await findRuns(deps.db, documentId, page)
  const people = await peopleOf(
    deps.db,
    planId,
    runs.flatMap(({ userId, behalfId }) => (behalfId === null ? [userId] : [userId, behalfId])),
  )
  return runs.flatMap(({ userId, behalfId, startedAt, endedAt, ...run }) => {
    const author = people.get(behalfId ?? userId)
    const typedBy = (behalfId !== null && people.get(userId)) || null
    // Accounts are suspended and never deleted, so every writer is found.
    if (!author) return []
    return { ...run, author, typedBy, startedAt: startedAt.toISOString(), endedAt: endedAt.toISOString() }
  })
}
