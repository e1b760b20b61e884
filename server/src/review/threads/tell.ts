/** Reads threads: what is said, by whom, and where the words that it is about stand now. */

import { AppError } from '@cabildo/protocol/errors'
import type { Person } from '@cabildo/protocol/http/common'
import type { Comment, TextPlace, Thread } from '@cabildo/protocol/http/threads'
import { toHex } from '@cabildo/record/bytes'
import type { Kysely } from 'kysely'
import { isMuted, may } from '../../auth/rules.ts'
import type { Actor } from '../../auth/sessions.ts'
import type { Keeper } from '../../authorship/keeper.ts'
import type { Database } from '../../db/types.ts'
import { type DocumentMembership, enterDocument, peopleOf } from '../../people/service.ts'
import type { Rooms } from '../../rooms/ports.ts'
import {
  findChangesUpTo,
  findComments,
  findHeadSeq,
  findReactions,
  findSteps,
  findThreads,
  findWordings,
  type WantedThreads,
} from './read-store.ts'
import { type CommentRow, mentionsIn, placeOf, type ReactionRow, spanOf, type ThreadRow } from './rules.ts'

/** What threads need. */
export interface ThreadDeps {
  db: Kysely<Database>
  rooms: Pick<Rooms, 'announce'>
  keeper: Keeper
}

/** The document and the thread that an address names. */
export interface ThreadAddress {
  documentId: string
  threadId: string
}

/**
 * Reads a page of the threads on a document, or of those that changed since the answer that gave `token`, and where their
 * words stand after row `seq`, the last one.
 */
export async function listThreads(
  deps: ThreadDeps,
  actor: Actor,
  documentId: string,
  token: string | undefined,
  wanted: Pick<WantedThreads, 'after' | 'limit'>,
): Promise<{ seq: number; syncToken: string; items: Thread[] }> {
  const membership = await enterDocument(deps.db, actor, documentId, 'document.open')
  // Before the threads are read: what is committed in between is told, and told again next time.
  const [since, rights] = token?.split('.') ?? []
  const { upTo, known } = await findChangesUpTo(deps.db, since)
  // What one may do is told with each thread: all of them are told again when that is other than it was.
  const now = rightsOf(membership)
  const threads = await findThreads(deps.db, documentId, {
    ...wanted,
    changedIn: known && rights === now ? since : undefined,
  })
  const { seq, places } = await locate(deps, documentId, threads)
  return { seq, syncToken: `${upTo}.${now}`, items: await tell(deps.db, actor, membership, threads, places) }
}

/** From what follows what somebody may do in a thread, as part of a token. */
const rightsOf = ({ role, workshop, status }: DocumentMembership): string =>
  [role, workshop ?? 'none', status].join('-')

/** Reads where the words of threads stand: a page of those that are on words. */
export async function listPlaces(
  deps: ThreadDeps,
  actor: Actor,
  documentId: string,
  wanted: Pick<WantedThreads, 'after' | 'limit'>,
): Promise<{ seq: number; items: { id: Thread['id']; number: number; places: TextPlace[] }[] }> {
  await enterDocument(deps.db, actor, documentId, 'document.open')
  const threads = await findThreads(deps.db, documentId, { ...wanted, onWords: true })
  const { seq, places } = await locate(deps, documentId, threads)
  const items = threads.map(({ id, number }) => ({ id: id as Thread['id'], number, places: places.get(id) ?? [] }))
  return { seq, items }
}

/** Reads the earlier words of a comment. */
export async function readWordings(
  { db }: ThreadDeps,
  actor: Actor,
  { documentId, threadId, commentId }: ThreadAddress & { commentId: string },
): Promise<{ body: string; until: string; entry: number; salt: string | null }[]> {
  await enterDocument(db, actor, documentId, 'document.open')
  const [thread] = await findThreads(db, documentId, { threadId })
  const comment = thread && (await findComments(db, [thread.id])).find(({ id }) => id === commentId)
  if (!comment) throw new AppError('not_found')
  const wordings = await findWordings(db, commentId)
  return wordings.map(({ until, salt, ...row }) => ({
    ...row,
    until: until.toISOString(),
    salt: saltOf(salt),
  }))
}

/** Whoever writes in the document resolves and reopens threads, and whoever opened one theirs. */
export function mayResolve({ role }: DocumentMembership, opener: boolean): boolean {
  return opener || may(role, 'thread.resolve')
}

/** Reads one thread. Throws `not_found`. */
export async function readThread(
  deps: ThreadDeps,
  actor: Actor,
  { documentId, threadId }: ThreadAddress,
): Promise<Thread> {
  const membership = await enterDocument(deps.db, actor, documentId, 'document.open')
  const threads = await findThreads(deps.db, documentId, { threadId })
  const { places } = await locate(deps, documentId, threads)
  const [item] = await tell(deps.db, actor, membership, threads, places)
  if (!item) throw new AppError('not_found')
  return item
}

async function locate(
  { db, keeper }: ThreadDeps,
  documentId: string,
  threads: readonly ThreadRow[],
): Promise<{ seq: number; places: Map<string, TextPlace[]> }> {
  const head = await findHeadSeq(db, documentId)
  const wanted = threads.flatMap(({ id, origins }) => (origins ? [[id, origins.map(spanOf)] as const] : []))
  if (wanted.length === 0) return { seq: head, places: new Map() }
  const { seq, found } = await keeper.lookAtLeast(documentId, head, (held) => held.locate(wanted))
  return { seq, places: new Map([...found].map(([id, places]) => [id, places.map(placeOf)])) }
}

async function tell(
  db: Kysely<Database>,
  actor: Actor,
  membership: DocumentMembership,
  threads: readonly ThreadRow[],
  places: ReadonlyMap<string, TextPlace[]>,
): Promise<Thread[]> {
  const ids = threads.map(({ id }) => id)
  const comments = await findComments(db, ids)
  const steps = await findSteps(db, ids)
  const reactions = await findReactions(db, ids, actor.userId)
  const people = await peopleOf(db, membership.planId, [
    ...new Set([
      ...comments.flatMap(({ authorId, body }) => [authorId, ...mentionsIn(body)]),
      ...steps.map(({ byId }) => byId),
    ]),
  ])
  const speaks = membership.status !== 'archived' && !isMuted(membership)
  const told = Map.groupBy(comments, ({ threadId }) => threadId)
  const taken = Map.groupBy(steps, ({ threadId }) => threadId)
  const given = Map.groupBy(reactions, ({ commentId }) => commentId)
  return threads.map(({ id, kind, field, quote, seq, number, openedBy, openedAt, changedAt, resolvedAt }) => ({
    id: id as Thread['id'],
    ...{ number, kind, field, quote, seq },
    places: places.get(id) ?? [],
    openedAt: openedAt.toISOString(),
    changedAt: changedAt.toISOString(),
    resolved: resolvedAt !== null,
    steps: (taken.get(id) ?? []).map(({ step, reason, salt, byId, at, entry }) => ({
      ...{ step, reason, entry, at: at.toISOString(), salt: saltOf(salt) },
      by: known(people, byId),
    })),
    comments: (told.get(id) ?? []).map((row) => commentOf(row, actor, people, given.get(row.id) ?? [])),
    may: { reply: speaks, resolve: speaks && mayResolve(membership, openedBy === actor.userId) },
  }))
}

function commentOf(
  { id, number, authorId, body, salt, entry, writtenAt, editedAt, removedAt }: CommentRow,
  { userId }: Actor,
  people: ReadonlyMap<string, Person>,
  reactions: readonly ReactionRow[],
): Comment {
  return {
    id: id as Comment['id'],
    ...{ number, body, entry, own: authorId === userId },
    author: known(people, authorId),
    mentions: mentionsIn(body).flatMap((mentioned) => people.get(mentioned) ?? []),
    reactions: reactions.map(({ kind, count, mine }) => ({ kind, count, mine })),
    writtenAt: writtenAt.toISOString(),
    editedAt: editedAt?.toISOString() ?? null,
    removedAt: removedAt?.toISOString() ?? null,
    salt: saltOf(salt),
  }
}

/** Accounts are suspended or erased and never deleted, so everybody is found. */
function known(people: ReadonlyMap<string, Person>, userId: string): Person {
  const person = people.get(userId)
  if (!person) throw new Error(`there is no user ${userId}`)
  return person
}

/** A salt as it is told; null once nothing can be checked with it. */
function saltOf(salt: Uint8Array): string | null {
  return salt.length === 0 ? null : toHex(salt)
}
