/** What every act in a thread goes through: who may, what is held, whom it mentions, and its entry in the plan's record. */
import { randomBytes } from 'node:crypto'
import { AppError, refuseField } from '@cabildo/protocol/errors'
import type { Json } from '@cabildo/record/canonical-json'
import { payloadCommitment, saltLength } from '@cabildo/record/hash'
import type { Transaction } from 'kysely'
import { demandAlive } from '../../auth/renewal.ts'
import { isMuted } from '../../auth/rules.ts'
import type { Actor } from '../../auth/sessions.ts'
import { holdDocumentAsIs } from '../../db/holding.ts'
import { newId } from '../../db/ids.ts'
import type { Database } from '../../db/types.ts'
import { type DocumentMembership, enterDocument } from '../../people/service.ts'
import { appendEntry } from '../../record/service.ts'
import { findThreads } from './read-store.ts'
import { mentionsIn, type ThreadRow } from './rules.ts'
import { findMembersAmong, holdThread, insertComment } from './store.ts'
import type { ThreadAddress, ThreadDeps } from './tell.ts'

/** Opens a transaction in which somebody who may speak here changes something of a thread, which is held. */
export async function change(
  { db }: Pick<ThreadDeps, 'db'>,
  actor: Actor,
  { documentId, threadId }: ThreadAddress,
  work: (trx: Transaction<Database>, membership: DocumentMembership, thread: ThreadRow) => Promise<void>,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await demandAlive(trx, actor)
    const held = await holdThread(trx, documentId, threadId)
    const { membership } = await enterWriting(trx, actor, documentId)
    const [thread] = held ? await findThreads(trx, documentId, { threadId }) : []
    if (!thread) throw new AppError('not_found')
    await work(trx, membership, thread)
  })
}

/**
 * Holds a document as it is, after the threads or proposals that are held, and reads only then what somebody may say (or
 * propose, or decide) beside it: it may have been archived while this waited, and they muted. Answers its epoch, too.
 */
export async function enterWriting(
  trx: Transaction<Database>,
  actor: Actor,
  documentId: string,
  action: 'thread.write' | 'proposal.write' | 'proposal.decide' = 'thread.write',
): Promise<{ membership: DocumentMembership; epoch: number | undefined }> {
  const epoch = await holdDocumentAsIs(trx, documentId)
  const membership = await enterDocument(trx, actor, documentId, action)
  if (isMuted(membership)) throw new AppError('forbidden', { detail: 'You are muted.' })
  if (membership.status === 'archived') throw new AppError('frozen')
  return { membership, epoch }
}

/** Writes a comment into a thread that is held, and enters that it was. */
export async function addComment(
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
export async function enter(
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
export async function demandMentioned(
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
