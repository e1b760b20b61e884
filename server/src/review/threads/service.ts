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
import type { ReactionKind, TextSpan, Thread, ThreadKind } from '@cabildo/protocol/http/threads'
import { payloadCommitment, saltLength } from '@cabildo/record/hash'
import type { Transaction } from 'kysely'
import { demandAlive } from '../../auth/renewal.ts'
import type { Actor } from '../../auth/sessions.ts'
import { findEpoch } from '../../db/document-epoch.ts'
import { holdThreadNumbers, holdThreadsWith } from '../../db/holding.ts'
import { newId } from '../../db/ids.ts'
import type { Database } from '../../db/types.ts'
import { enterDocument } from '../../people/service.ts'
import { addComment, change, demandMentioned, enter, enterWriting } from './acting.ts'
import { findComments, findHeadSeq } from './read-store.ts'
import {
  type CommentRow,
  demandSubject,
  longestQuote,
  mostComments,
  mostThreads,
  type StepRow,
  spanOf,
  type ThreadRow,
  tupleOf,
} from './rules.ts'
import {
  blankComments,
  blankWordsOf,
  findSent,
  insertStep,
  insertThread,
  nextThreadNumber,
  rewordComment,
  setReaction,
} from './store.ts'
import { mayResolve, readThread, type ThreadAddress, type ThreadDeps } from './tell.ts'

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
  const { shape } = await enterDocument(db, actor, documentId, 'thread.write')
  const sent = await findSent(db, actor.userId, opening.key)
  if (sent) return oneSent(deps, actor, documentId, sent)
  demandSubject(shape, opening.field)
  for (let tries = 0; tries < mostTries; tries += 1) {
    // Before the words are read: what was taken out since raised it.
    const epoch = await findEpoch(db, documentId)
    const seq = await findHeadSeq(db, documentId)
    const spans = opening.ids?.map(spanOf)
    const traced = spans && (await keeper.look(documentId, seq, (held) => held.trace(spans)))
    if (spans) demandTraced(traced)
    if (!(await storeThread(deps, actor, documentId, opening, { epoch, seq, traced }))) continue
    const opened = await findSent(db, actor.userId, opening.key)
    if (!opened) throw new Error('a thread was opened and is not there')
    return done(deps, actor, { documentId, threadId: opened.threadId })
  }
  throw new AppError('conflict', { detail: 'The text was replaced: try again.' })
}

/** A second one follows words that were taken out, or a version that was brought back, meanwhile. */
const mostTries = 3

/** Stores a thread, unless it is there already; false when the document is another since its words were read. */
function storeThread(
  { db }: ThreadDeps,
  actor: Actor,
  documentId: string,
  opening: Opening,
  { epoch, seq, traced }: { epoch: number; seq: number; traced: Traced | undefined },
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    await demandAlive(trx, actor)
    await holdThreadNumbers(trx, documentId)
    const { membership, epoch: now } = await enterWriting(trx, actor, documentId)
    // Whoever sends it twice at once is held above, so that the second finds the first.
    if (await findSent(trx, actor.userId, opening.key)) return true
    if (now !== epoch) return false
    const number = await nextThreadNumber(trx, documentId)
    if (number > mostThreads)
      throw new AppError('too_large', { detail: `A document has at most ${mostThreads} threads.` })
    const { kind } = opening
    const thread = {
      ...{ id: newId(), planId: membership.planId, documentId, number, kind, seq, openedBy: actor.userId },
      field: traced?.field ?? opening.field ?? null,
      origins: traced?.origins.map(tupleOf) ?? null,
      // The database holds no U+0000; each unit stays one, as its id is.
      quote: traced?.text.replaceAll('\u0000', '\ufffd') ?? null,
    }
    await insertThread(trx, thread)
    await addComment(trx, actor, membership, thread, { act: 'opened', number: 1, ...opening })
    return true
  })
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
  if (sent && sent.threadId !== address.threadId) throw usedElsewhere()
  if (sent) return readThread(deps, actor, address)
  await change(deps, actor, address, async (trx, membership, thread) => {
    const meanwhile = await findSent(trx, actor.userId, said.key)
    if (meanwhile && meanwhile.threadId !== thread.id) throw usedElsewhere()
    if (meanwhile) return
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
    const salt = reason === '' ? new Uint8Array() : randomBytes(saltLength)
    const entry = await enter(trx, actor, membership.planId, address.documentId, thread, {
      act: step,
      ...(reason !== '' && { reason: payloadCommitment(salt, reason) }),
    })
    await insertStep(trx, { threadId: thread.id, step, reason, salt, byId: actor.userId, entry })
  })
  return done(deps, actor, address)
}

/**
 * Blanks what people said beside texts, who are being erased: it was answered, so that there was something stays. Their
 * accounts must be held, and no document nor the head of a record.
 */
export async function forgetWords(trx: Transaction<Database>, userIds: readonly string[]): Promise<void> {
  await holdThreadsWith(trx, userIds)
  for (const userId of userIds) await blankWordsOf(trx, userId)
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
  if (sent.documentId !== documentId) throw usedElsewhere()
  return readThread(deps, actor, { documentId, threadId: sent.threadId })
}

const usedElsewhere = () => refuseField('/key', 'This key was used elsewhere.')
