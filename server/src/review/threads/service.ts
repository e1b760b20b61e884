/**
 * Threads: what people say beside a document's text.
 * 1. Words that somebody points at are traced to their original ids, so that the thread follows them wherever they go.
 * 2. Each act is entered in the plan's record in its transaction: that it happened, by whom, and a salted hash of what was
 *    said. The words themselves stand here, and can be taken back.
 * 3. Whoever has the document open is told after the commit that something changed, and asks.
 */
import { randomBytes } from 'node:crypto'
import type { Traced } from '@cabildo/authorship/anchor'
import { AppError, refuseField } from '@cabildo/protocol/errors'
import type { Person } from '@cabildo/protocol/http/common'
import type { Comment, ReactionKind, TextPlace, TextSpan, Thread, ThreadKind } from '@cabildo/protocol/http/threads'
import { toHex } from '@cabildo/record/bytes'
import type { Json } from '@cabildo/record/canonical-json'
import { payloadCommitment, saltLength } from '@cabildo/record/hash'
import type { Kysely, Transaction } from 'kysely'
import { demandAlive } from '../../auth/renewal.ts'
import { may } from '../../auth/rules.ts'
import type { Actor } from '../../auth/sessions.ts'
import type { Keeper } from '../../authorship/keeper.ts'
import { newId } from '../../db/ids.ts'
import type { Database } from '../../db/types.ts'
import { type DocumentMembership, enterDocument, peopleOf } from '../../people/service.ts'
import { appendEntry } from '../../record/service.ts'
import type { Rooms } from '../../rooms/ports.ts'
import {
  demandField,
  isMuted,
  longestQuote,
  mentionsIn,
  mostComments,
  mostThreads,
  placeOf,
  spanOf,
  tupleOf,
} from './rules.ts'
import {
  blankComments,
  blankWordsOf,
  type CommentRow,
  findComments,
  findHeadSeq,
  findMembersAmong,
  findReactions,
  findSent,
  findSteps,
  findThreads,
  findWordings,
  holdThread,
  holdThreads,
  insertComment,
  insertStep,
  insertThread,
  nextThreadNumber,
  type ReactionRow,
  rewordComment,
  type StepRow,
  setReaction,
  type ThreadRow,
} from './store.ts'

/** What threads need. */
export interface ThreadDeps {
  db: Kysely<Database>
  rooms: Pick<Rooms, 'announce'>
  keeper: Keeper
}

/** The document and the thread that an address names. */
interface ThreadAddress {
  documentId: string
  threadId: string
}

/** Reads the threads on a document, and where their words stand after row `seq`, the last one. */
export async function listThreads(
  deps: ThreadDeps,
  actor: Actor,
  documentId: string,
): Promise<{ seq: number; items: Thread[] }> {
  const membership = await enterDocument(deps.db, actor, documentId, 'document.open')
  const threads = await findThreads(deps.db, documentId)
  const { seq, places } = await locate(deps, documentId, threads)
  return { seq, items: await tell(deps.db, actor, membership, threads, places) }
}

/** Reads where the words of each thread stand. */
export async function listPlaces(
  deps: ThreadDeps,
  actor: Actor,
  documentId: string,
): Promise<{ seq: number; items: { id: Thread['id']; places: TextPlace[] }[] }> {
  await enterDocument(deps.db, actor, documentId, 'document.open')
  const threads = await findThreads(deps.db, documentId)
  const { seq, places } = await locate(deps, documentId, threads)
  return { seq, items: threads.map(({ id }) => ({ id: id as Thread['id'], places: places.get(id) ?? [] })) }
}

/** What opens a thread. */
export interface Opening {
  key: string
  kind: ThreadKind
  field?: string | undefined
  ids?: TextSpan[] | undefined
  body: string
  mentions: readonly string[]
}

/**
 * Opens a thread. The same key again answers the thread that it opened. Words that are not (all) in the log yet, or stand
 * in several fields, are a `conflict`.
 */
export async function openThread(
  deps: ThreadDeps,
  actor: Actor,
  documentId: string,
  opening: Opening,
): Promise<Thread> {
  const { db, keeper } = deps
  await enterDocument(db, actor, documentId, 'thread.write')
  const sent = await findSent(db, actor.userId, opening.key)
  if (sent) return oneSent(deps, actor, documentId, sent)
  demandField(opening.field)
  const seq = await findHeadSeq(db, documentId)
  const traced =
    opening.ids && (await keeper.look(documentId, seq, (held) => held.trace((opening.ids ?? []).map(spanOf))))
  if (opening.ids) demandTraced(traced)
  const threadId = newId()
  await db.transaction().execute(async (trx) => {
    await demandAlive(trx, actor)
    const membership = await enterWriting(trx, actor, documentId)
    // Whoever sends it twice at once is held above, so that the second finds the first.
    if (await findSent(trx, actor.userId, opening.key)) return
    await holdThreads(trx, documentId)
    const number = await nextThreadNumber(trx, documentId)
    if (number > mostThreads)
      throw new AppError('too_large', { detail: `A document has at most ${mostThreads} threads.` })
    const thread = {
      ...{
        id: threadId,
        planId: membership.planId,
        documentId,
        number,
        kind: opening.kind,
        seq,
        openedBy: actor.userId,
      },
      field: traced?.field ?? opening.field ?? null,
      origins: traced?.origins.map(tupleOf) ?? null,
      quote: traced?.text ?? null,
    }
    await insertThread(trx, thread)
    await addComment(trx, actor, membership, thread, { act: 'opened', number: 1, ...opening })
  })
  const opened = await findSent(db, actor.userId, opening.key)
  if (!opened) throw new Error('a thread was opened and is not there')
  return done(deps, actor, { documentId, threadId: opened.threadId })
}

function demandTraced(traced: Traced | undefined): asserts traced is Traced {
  if (!traced)
    throw new AppError('conflict', { detail: 'These words are not in the stored text, or not in one field.' })
  if (traced.text.length > longestQuote) throw refuseField('/ids', `At most ${longestQuote} letters can be pointed at.`)
}

/** Replies to a thread, resolved or not. The same key again changes nothing. */
export async function reply(
  deps: ThreadDeps,
  actor: Actor,
  address: ThreadAddress,
  said: { key: string; body: string; mentions: readonly string[] },
): Promise<Thread> {
  const { db } = deps
  await enterDocument(db, actor, address.documentId, 'thread.write')
  const sent = await findSent(db, actor.userId, said.key)
  if (sent) return oneSent(deps, actor, address.documentId, sent)
  await change(deps, actor, address, async (trx, membership, thread) => {
    if (await findSent(trx, actor.userId, said.key)) return
    const number = ((await findComments(trx, [thread.id])).at(-1)?.number ?? 0) + 1
    if (number > mostComments)
      throw new AppError('too_large', { detail: `A thread has at most ${mostComments} comments.` })
    await addComment(trx, actor, membership, thread, { act: 'replied', number, ...said })
  })
  return done(deps, actor, address)
}

/** Puts one's own comment in other words. */
export async function reword(
  deps: ThreadDeps,
  actor: Actor,
  address: ThreadAddress & { commentId: string },
  { body, mentions }: { body: string; mentions: readonly string[] },
): Promise<Thread> {
  await change(deps, actor, address, async (trx, { planId }, thread) => {
    const comment = await ownComment(trx, actor, thread, address.commentId)
    if (comment.body === body) return
    const mentioned = await demandMentioned(trx, planId, body, mentions)
    const salt = randomBytes(saltLength)
    const entry = await enter(trx, actor, planId, address.documentId, thread, {
      act: 'reworded',
      comment: comment.number,
      text: payloadCommitment(salt, body),
    })
    await rewordComment(trx, comment, { body, salt, entry }, mentioned)
  })
  return done(deps, actor, address)
}

/** Takes one's own comment back. */
export async function takeBack(
  deps: ThreadDeps,
  actor: Actor,
  address: ThreadAddress & { commentId: string },
): Promise<Thread> {
  await change(deps, actor, address, async (trx, { planId }, thread) => {
    const comment = await ownComment(trx, actor, thread, address.commentId)
    await enter(trx, actor, planId, address.documentId, thread, { act: 'taken_back', comment: comment.number })
    await blankComments(trx, [comment.id])
  })
  return done(deps, actor, address)
}

/** Reads the earlier words of a comment. */
export async function readWordings(
  { db }: ThreadDeps,
  actor: Actor,
  { documentId, threadId, commentId }: ThreadAddress & { commentId: string },
): Promise<{ body: string; until: string; entry: number; salt: string | null }[]> {
  await enterDocument(db, actor, documentId, 'document.open')
  const [thread] = await findThreads(db, documentId, threadId)
  const comment = thread && (await findComments(db, [thread.id])).find(({ id }) => id === commentId)
  if (!comment) throw new AppError('not_found')
  const wordings = await findWordings(db, commentId)
  return wordings.map(({ until, salt, ...row }) => ({
    ...row,
    until: until.toISOString(),
    salt: salt.length === 0 ? null : toHex(salt),
  }))
}

/** Reacts to a comment, or takes the reaction back. Not part of the record: it says nothing that needs an answer. */
export async function react(
  deps: ThreadDeps,
  actor: Actor,
  address: ThreadAddress & { commentId: string },
  kind: ReactionKind,
  given: boolean,
): Promise<Thread> {
  await change(deps, actor, address, async (trx, _membership, thread) => {
    const { commentId } = address
    const comment = (await findComments(trx, [thread.id])).find(({ id }) => id === commentId)
    if (!comment || comment.removedAt) throw new AppError('not_found')
    await setReaction(trx, { commentId, userId: actor.userId, kind }, given)
  })
  return done(deps, actor, address)
}

/** Resolves a thread, or opens it again. Doing so twice is a `conflict`: somebody else was faster, with a reason of theirs. */
export async function settle(
  deps: ThreadDeps,
  actor: Actor,
  address: ThreadAddress,
  { step, reason }: { step: StepRow['step']; reason: string },
): Promise<Thread> {
  await change(deps, actor, address, async (trx, membership, thread) => {
    if (!mayResolve(membership, thread.openedBy === actor.userId)) throw new AppError('forbidden')
    if ((thread.resolvedAt !== null) === (step === 'resolved')) throw new AppError('conflict')
    const entry = await enter(trx, actor, membership.planId, address.documentId, thread, {
      act: step,
      ...(reason !== '' && { reason }),
    })
    await insertStep(trx, { threadId: thread.id, step, reason, byId: actor.userId, entry })
  })
  return done(deps, actor, address)
}

/**
 * Blanks what somebody said beside texts, who is being erased: it was answered, so that there was something stays. Their
 * account must be held.
 */
export function forgetWords(trx: Transaction<Database>, userId: string): Promise<void> {
  return blankWordsOf(trx, userId)
}

/** Whoever writes in the document resolves and reopens threads, and whoever opened one theirs. */
function mayResolve({ role }: DocumentMembership, opener: boolean): boolean {
  return opener || may(role, 'thread.resolve')
}

/** Opens a transaction in which somebody who may speak here changes something of a thread, which is held. */
async function change(
  { db }: ThreadDeps,
  actor: Actor,
  { documentId, threadId }: ThreadAddress,
  work: (trx: Transaction<Database>, membership: DocumentMembership, thread: ThreadRow) => Promise<void>,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await demandAlive(trx, actor)
    const membership = await enterWriting(trx, actor, documentId)
    const thread = await holdThread(trx, documentId, threadId)
    if (!thread) throw new AppError('not_found')
    await work(trx, membership, thread)
  })
}

async function enterWriting(db: Kysely<Database>, actor: Actor, documentId: string): Promise<DocumentMembership> {
  const membership = await enterDocument(db, actor, documentId, 'thread.write')
  if (isMuted(membership)) throw new AppError('forbidden', { detail: 'You are muted.' })
  if (membership.status === 'archived') throw new AppError('frozen')
  return membership
}

/** Writes a comment into a thread that is held, and enters that it was. */
async function addComment(
  trx: Transaction<Database>,
  actor: Actor,
  { planId, documentId, groupId }: DocumentMembership,
  thread: Pick<ThreadRow, 'id' | 'number' | 'kind' | 'field'>,
  {
    act,
    number,
    key,
    body,
    mentions,
  }: { act: 'opened' | 'replied'; number: number; key: string; body: string; mentions: readonly string[] },
): Promise<void> {
  const mentioned = await demandMentioned(trx, planId, body, mentions)
  const salt = randomBytes(saltLength)
  const entry = await enter(trx, actor, planId, documentId, thread, {
    act,
    comment: number,
    text: payloadCommitment(salt, body),
    ...(act === 'opened' && { kind: thread.kind, ...(thread.field && { field: thread.field }) }),
  })
  const comment = { id: newId(), threadId: thread.id, number, authorId: actor.userId, groupId, key, body, salt, entry }
  await insertComment(trx, comment, mentioned)
}

/** Enters an act in the record; the number of its entry. The last thing of a transaction that takes a lock. */
async function enter(
  trx: Transaction<Database>,
  { userId }: Actor,
  planId: string,
  documentId: string,
  { number }: Pick<ThreadRow, 'number'>,
  told: { [key: string]: Json },
): Promise<number> {
  const payload = { document: documentId, thread: number, ...told }
  const { seq } = await appendEntry(trx, planId, { type: 'comment', userId, payload, documentId })
  return seq
}

/** Whom a text mentions, as it says itself: people of the plan, and those alone. */
async function demandMentioned(
  trx: Transaction<Database>,
  planId: string,
  body: string,
  mentions: readonly string[],
): Promise<string[]> {
  const mentioned = mentionsIn(body)
  if (mentioned.length !== new Set(mentions).size || mentioned.some((userId) => !mentions.includes(userId)))
    throw refuseField('/mentions', 'Name exactly those whom the text mentions.')
  const members = await findMembersAmong(trx, planId, mentioned)
  if (mentioned.some((userId) => !members.has(userId))) throw refuseField('/mentions', 'The plan has no such person.')
  return mentioned
}

async function ownComment(
  trx: Transaction<Database>,
  { userId }: Actor,
  thread: ThreadRow,
  commentId: string,
): Promise<CommentRow> {
  const comment = (await findComments(trx, [thread.id])).find(({ id }) => id === commentId)
  if (!comment || comment.removedAt) throw new AppError('not_found')
  if (comment.authorId !== userId) throw new AppError('forbidden')
  return comment
}

/** After the commit: tells the room, and answers the thread as it now is. */
async function done(deps: ThreadDeps, actor: Actor, address: ThreadAddress): Promise<Thread> {
  deps.rooms.announce(address.documentId, 'threads')
  return readThread(deps, actor, address)
}

function oneSent(
  deps: ThreadDeps,
  actor: Actor,
  documentId: string,
  sent: { threadId: string; documentId: string },
): Promise<Thread> {
  if (sent.documentId !== documentId) throw refuseField('/key', 'This key was used elsewhere.')
  return readThread(deps, actor, { documentId, threadId: sent.threadId })
}

async function readThread(deps: ThreadDeps, actor: Actor, { documentId, threadId }: ThreadAddress): Promise<Thread> {
  const membership = await enterDocument(deps.db, actor, documentId, 'document.open')
  const threads = await findThreads(deps.db, documentId, threadId)
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
  const seq = await findHeadSeq(db, documentId)
  const wanted = threads.flatMap(({ id, origins }) => (origins ? [[id, origins.map(spanOf)] as const] : []))
  if (wanted.length === 0) return { seq, places: new Map() }
  const found = await keeper.look(documentId, seq, (held) => held.locate(wanted))
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
    steps: (taken.get(id) ?? []).map(({ step, reason, byId, at, entry }) => ({
      ...{ step, reason, entry, at: at.toISOString() },
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
    salt: salt.length === 0 ? null : toHex(salt),
  }
}

/** Accounts are suspended or erased and never deleted, so everybody is found. */
function known(people: ReadonlyMap<string, Person>, userId: string): Person {
  const person = people.get(userId)
  if (!person) throw new Error(`there is no user ${userId}`)
  return person
}
