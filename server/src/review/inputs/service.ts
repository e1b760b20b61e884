/**
 * Inputs: what people bring to a plan, online, at a meeting, on paper or by word of mouth, each with a number.
 * 1. Whoever types it says whose it is; what names somebody stands where it can be deleted, and needs their consent.
 * 2. Each is entered in the plan's record as a `contribution`, with a salted hash of its words; the words stand here.
 * 3. A key of the client's keeps the same one from being stored twice, when a list is sent again since the answer was lost.
 */
import { randomBytes } from 'node:crypto'
import { AppError, refuseField } from '@cabildo/protocol/errors'
import type { Display, Sector } from '@cabildo/protocol/http/common'
import type { Input, NewInput } from '@cabildo/protocol/http/inputs'
import type { Json } from '@cabildo/record/canonical-json'
import { payloadCommitment, saltLength } from '@cabildo/record/hash'
import type { Transaction } from 'kysely'
import { demandAlive } from '../../auth/renewal.ts'
import { isMuted, may } from '../../auth/rules.ts'
import type { Actor } from '../../auth/sessions.ts'
import { holdDocumentAsIs, holdInputNumbers, holdPeople } from '../../db/holding.ts'
import { newId } from '../../db/ids.ts'
import type { Database } from '../../db/types.ts'
import { enterDocument, enterPlan, groupsOf, type Membership, partIn } from '../../people/service.ts'
import { appendEntries, type Fact } from '../../record/service.ts'
import { townDay } from '../../town-time.ts'
import { findHunks, findProposal, findSteps, holdProposal } from '../proposals/store.ts'
import { findComments, findThreads } from '../threads/read-store.ts'
import { holdThread } from '../threads/store.ts'
import { findAttachments, removeAttachment } from './attachments/store.ts'
import { linkWritten, wordsOfRow } from './passages.ts'
import { findInputs, findMeetingNumber, isDocumentOf, maySpeak } from './read-store.ts'
import { demandFrom, demandLinkField, type InputRow, mostInputs, wordsOfComment, wordsOfProposal } from './rules.ts'
import {
  blankInputs,
  blankWordsOf,
  deleteName,
  findLastNumber,
  findOfProposal,
  findOfThread,
  findSent,
  holdInputs,
  insertInput,
  insertLink,
  type SentInput,
} from './store.ts'
import { type InputAddress, type InputDeps, readInput } from './tell.ts'

/** An input that was stored, now or by an earlier try with the same key. */
export interface Brought {
  key: string
  id: Input['id']
  number: number
  entry: number
  /** Whether what is stored is what was sent now. */
  same: boolean
}

/**
 * Stores inputs, all or none, and answers them in their order. Bringing for somebody else takes the right to. Throws
 * `invalid` naming the one that cannot be taken.
 */
export async function bringInputs(
  deps: InputDeps,
  actor: Actor,
  plan: string,
  inputs: readonly NewInput[],
): Promise<Brought[]> {
  const { db } = deps
  const { planId } = await enterPlan(db, actor, plan, 'input.bring')
  for (const [at, { from, consent, field, documentId }] of inputs.entries()) {
    demandFrom(from, consent, `/inputs/${at}`)
    demandLinkField(field, documentId, `/inputs/${at}`)
  }
  const keys = inputs.map(({ key }) => key)
  if (new Set(keys).size < keys.length) throw refuseField('/inputs', 'Each input has a key of its own.')
  await db.transaction().execute(async (trx) => {
    await holdPeople(trx, [actor.userId, ...inputs.flatMap(({ from }) => from?.userId ?? [])])
    await demandAlive(trx, actor)
    await holdInputNumbers(trx, planId)
    const membership = await enterSpeaking(trx, actor, planId)
    const sent = await findSent(trx, actor.userId, keys)
    for (const [at, { key }] of inputs.entries()) {
      const before = sent.get(key)
      if (before && before.planId !== planId) throw refuseField(`/inputs/${at}/key`, 'This key was used elsewhere.')
    }
    const fresh = inputs.flatMap((input, at) => (sent.has(input.key) ? [] : [{ input, at }]))
    const prepared: Prepared[] = []
    for (const { input, at } of fresh) prepared.push(await prepare(trx, actor, membership, input, `/inputs/${at}`))
    await store(trx, actor, membership, prepared)
  })
  for (const documentId of new Set(inputs.flatMap(({ documentId }) => documentId ?? [])))
    deps.rooms.announce(documentId, 'inputs')
  const stored = await findSent(db, actor.userId, keys)
  return inputs.map((input) => {
    const { key } = input
    const one = stored.get(key)
    if (!one) throw new Error('an input was stored and is not there')
    // Made by `newId`, so already what its brand promises.
    return {
      key,
      id: one.id as Input['id'],
      number: one.number,
      entry: one.entry,
      same: isSame(input, one),
    }
  })
}

/** Whether what was sent is what is stored; what was left out of it is as it is. */
function isSame({ words, channel, place, language, saidOn, from }: NewInput, stored: SentInput): boolean {
  // Half a sign is stored as the sign that stands for it.
  const kept = (text: string | undefined) => text?.toWellFormed() ?? null
  return (
    kept(words) === stored.words &&
    channel === stored.channel &&
    kept(place) === stored.place &&
    language === stored.language &&
    (saidOn === undefined || saidOn === stored.saidOn) &&
    kept(from?.name) === stored.name
  )
}

/** Whoever a facilitator muted says nothing here either. Rights are read now, with what is held. */
export async function enterSpeaking(trx: Transaction<Database>, actor: Actor, planId: string): Promise<Membership> {
  const membership = await enterPlan(trx, actor, planId, 'input.bring')
  if (actor.workshopId !== null && !(await maySpeak(trx, actor.workshopId, actor.userId)))
    throw new AppError('forbidden', { detail: 'You are muted.' })
  return membership
}

/** What of an input does not depend on whose it is. */
type StoredInput = Omit<NewInput, 'from' | 'documentId'> & { documentId?: string | undefined }

/** An input of which it is known whose it is. */
interface Prepared {
  input: StoredInput
  fromId: string | null
  /** Of somebody without an account. */
  name?: string | undefined
  display: Display
  groupId: string | null
  threadId: string | null
  proposalId: string | null
  /** The number of the meeting at which it was brought. */
  meeting?: number | undefined
  /** Where it stands in what was sent. */
  pointer: string
}

async function prepare(
  trx: Transaction<Database>,
  actor: Actor,
  { planId, role, groupId }: Membership,
  { from, ...input }: NewInput,
  pointer: string,
): Promise<Prepared> {
  const { documentId, meetingId } = input
  if (documentId !== undefined && !(await isReachable(trx, actor, planId, documentId)))
    throw refuseField(`${pointer}/documentId`, 'The plan has no such commitment.')
  let meeting: number | undefined
  if (meetingId !== undefined) {
    // Which inputs belong to a meeting is said by those who run it.
    if (!may(role, 'meeting.write')) throw new AppError('forbidden')
    meeting = await findMeetingNumber(trx, planId, meetingId)
    if (meeting === undefined) throw refuseField(`${pointer}/meetingId`, 'The plan has no such meeting.')
  }
  const beside = { threadId: null, proposalId: null, meeting, pointer }
  if (!from) return { input: { ...input, consent: true }, fromId: actor.userId, display: 'name', groupId, ...beside }
  if (!may(role, 'input.bring_for')) throw new AppError('forbidden')
  if (from.userId !== undefined) {
    const part = await partIn(trx, from.userId, planId)
    if (!part) throw refuseField(`${pointer}/from/userId`, 'The plan has no such person.')
    return { input, fromId: from.userId, display: 'name', groupId: part.groupId, ...beside }
  }
  const { name, display } = from
  return { input, fromId: null, name, display, groupId: from.groupId ?? null, ...beside }
}

async function isReachable(
  trx: Transaction<Database>,
  actor: Actor,
  planId: string,
  documentId: string,
): Promise<boolean> {
  if (!(await isDocumentOf(trx, planId, documentId))) return false
  if (actor.workshopId === null) return true
  return enterDocument(trx, actor, documentId, 'document.open').then(
    () => true,
    () => false,
  )
}

/** Numbers, enters and stores inputs; the plan's numbers are held. */
async function store(
  trx: Transaction<Database>,
  actor: Actor,
  { planId, role }: Membership,
  prepared: readonly Prepared[],
): Promise<void> {
  if (prepared.length === 0) return
  const last = await findLastNumber(trx, planId)
  if (last + prepared.length > mostInputs)
    throw new AppError('too_large', { detail: `A plan has at most ${mostInputs} inputs.` })
  const sides = new Map((await groupsOf(trx, planId)).map(({ id, sector }): [string, Sector] => [id, sector]))
  const made = prepared.map((one, at) => {
    if (one.groupId !== null && !sides.has(one.groupId))
      throw refuseField(`${one.pointer}/from/groupId`, 'The plan has no such group.')
    return { ...one, id: newId(), number: last + at + 1, salt: randomBytes(saltLength) }
  })
  const entries = await appendEntries(
    trx,
    planId,
    made.map((one) => factOf(actor, one)),
  )
  for (const [at, one] of made.entries()) {
    const { input, id, number, salt, fromId, name, display, groupId, threadId, proposalId } = one
    const { key, channel, place = null, saidOn, language, words, consent, documentId, field = null } = input
    const { meetingId = null } = input
    const entry = entries[at]?.seq ?? 0
    await insertInput(
      trx,
      {
        ...{ id, planId, number, key, channel, place, saidOn, language, words, salt, consent, display },
        ...{ typedBy: actor.userId, fromId, groupId, role, threadId, proposalId, meetingId, entry },
        side: groupId === null ? null : (sides.get(groupId) ?? null),
      },
      name,
    )
    if (documentId !== undefined)
      await insertLink(trx, {
        ...{ inputId: id, number: 1, planId, documentId, field, versionId: null, byId: actor.userId, entry },
      })
  }
}

/** What the record tells of an input. The words are a person's, and may name others: there is a hash of them. */
function factOf(
  actor: Actor,
  { input, number, salt, fromId, groupId, meeting }: Prepared & { number: number; salt: Uint8Array },
): Fact {
  const { channel, language, words, consent, documentId, field } = input
  const payload: { [key: string]: Json } = {
    ...{ kind: 'input', act: 'brought', input: number, channel, language, consent },
    text: payloadCommitment(salt, words),
    ...(documentId !== undefined && { document: documentId }),
    ...(field !== undefined && { field }),
    ...(meeting !== undefined && { meeting }),
  }
  return {
    ...{ type: 'contribution', userId: actor.userId, payload },
    ...(fromId !== null && fromId !== actor.userId && { behalfId: fromId }),
    ...(documentId !== undefined && { documentId }),
    ...(fromId === null && groupId !== null && { groupId }),
  }
}

/**
 * Makes the comment that opened a thread an input of its author. Whoever opened it may, and whoever links inputs. Again,
 * it is the same one.
 */
export async function bringThread(
  deps: InputDeps,
  actor: Actor,
  { documentId, threadId }: { documentId: string; threadId: string },
): Promise<Input> {
  const { planId, shape } = await enterDocument(deps.db, actor, documentId, 'thread.write')
  const [seen] = await findThreads(deps.db, documentId, { threadId })
  if (!seen) throw new AppError('not_found')
  await deps.db.transaction().execute(async (trx) => {
    await holdPeople(trx, [actor.userId, seen.openedBy])
    await demandAlive(trx, actor)
    // What is said beside a text comes before what was brought, as where words are taken out (holding.ts).
    await holdThread(trx, documentId, threadId)
    await holdInputNumbers(trx, planId)
    if (await findOfThread(trx, threadId)) return
    const membership = await enterDocument(trx, actor, documentId, 'thread.write')
    if (isMuted(membership)) throw new AppError('forbidden', { detail: 'You are muted.' })
    if (seen.openedBy !== actor.userId && !may(membership.role, 'input.link')) throw new AppError('forbidden')
    const [comment] = await findComments(trx, [threadId])
    if (!comment || comment.removedAt) throw new AppError('conflict', { detail: 'The comment was taken back.' })
    // Nobody agrees to anything for somebody else.
    const isOwn = comment.authorId === actor.userId
    const input = {
      ...{ key: newId(), channel: 'online' as const, language: 'es', consent: isOwn, documentId },
      words: wordsOfComment(comment.body),
      saidOn: townDay(comment.writtenAt),
      // What was said of a fact is of the commitment: an input is linked to what has words.
      ...(seen.field !== null && shape.fields.some(({ name }) => name === seen.field) && { field: seen.field }),
    }
    const { authorId: fromId, groupId } = comment
    await store(trx, actor, membership, [
      { input, fromId, display: 'name', groupId, threadId, proposalId: null, pointer: '' },
    ])
  })
  deps.rooms.announce(documentId, 'inputs')
  const made = await findOfThread(deps.db, threadId)
  if (!made) throw new Error('a thread became an input and is not there')
  return readInput(deps, actor, { planId, inputId: made.id })
}

/**
 * Makes a proposal an input of whoever made it: they may, and whoever links inputs. What was accepted of it already is
 * linked to the words it brought, what is accepted later then. Again, it is the same one.
 */
export async function bringProposal(
  deps: InputDeps,
  actor: Actor,
  { documentId, proposalId }: { documentId: string; proposalId: string },
): Promise<Input> {
  const { planId } = await enterDocument(deps.db, actor, documentId, 'proposal.write')
  const seen = await findProposal(deps.db, documentId, proposalId)
  if (!seen) throw new AppError('not_found')
  const accepted = (await findSteps(deps.db, [proposalId])).filter(({ step }) => step === 'accepted')
  const words = await Promise.all(accepted.map(({ seq }) => wordsOfRow(deps, documentId, seq ?? 0)))
  await deps.db.transaction().execute(async (trx) => {
    await holdPeople(trx, [actor.userId, seen.authorId])
    await demandAlive(trx, actor)
    await holdInputNumbers(trx, planId)
    if (await findOfProposal(trx, proposalId)) return
    await holdProposal(trx, documentId, proposalId)
    const epoch = await holdDocumentAsIs(trx, documentId)
    const membership = await enterDocument(trx, actor, documentId, 'proposal.write')
    if (isMuted(membership)) throw new AppError('forbidden', { detail: 'You are muted.' })
    if (seen.authorId !== actor.userId && !may(membership.role, 'input.link')) throw new AppError('forbidden')
    const proposal = await findProposal(trx, documentId, proposalId)
    const hunks = await findHunks(trx, [proposalId])
    const said = proposal ? wordsOfProposal(proposal.note, hunks) : ''
    if (said === '') throw new AppError('conflict', { detail: 'Nothing is left of its words.' })
    const steps = (await findSteps(trx, [proposalId])).filter(({ step }) => step === 'accepted')
    if (steps.length !== accepted.length || words.some((one) => one.epoch !== epoch))
      throw new AppError('conflict', { detail: 'It was decided on, or the text replaced, meanwhile: try again.' })
    const fields = [...new Set(hunks.filter(({ target }) => target !== 'fact').map(({ field }) => field))]
    const [field] = fields
    const input = {
      ...{
        key: newId(),
        channel: 'online' as const,
        language: 'es',
        consent: seen.authorId === actor.userId,
        documentId,
      },
      ...{ words: said, saidOn: townDay(seen.madeAt) },
      ...(fields.length === 1 && field !== undefined && { field }),
    }
    const { authorId: fromId, groupId } = seen
    await store(trx, actor, membership, [
      { input, fromId, display: 'name', groupId, threadId: null, proposalId, pointer: '' },
    ])
    const made = await findOfProposal(trx, proposalId)
    for (const [at, { byId }] of steps.entries())
      if (made) await linkWritten(trx, { planId, documentId, inputId: made.id, byId }, words[at]?.passages ?? [])
  })
  deps.rooms.announce(documentId, 'inputs')
  const made = await findOfProposal(deps.db, proposalId)
  if (!made) throw new Error('a proposal became an input and is not there')
  return readInput(deps, actor, { planId, inputId: made.id })
}

/** Takes back what one brought or typed: its words go, that there was an input stays, and what was answered. */
export async function takeBackInput(deps: InputDeps, actor: Actor, address: InputAddress): Promise<Input> {
  return changeOwn(deps, actor, address, async (trx, planId, { id, number, takenBackAt }) => {
    if (takenBackAt) return
    const payload = { kind: 'input', act: 'taken_back', input: number }
    await appendEntries(trx, planId, [{ type: 'contribution', userId: actor.userId, payload }])
    await blankInputs(trx, [id])
  })
}

/**
 * Deletes the name of somebody without an account, and the files beside the input, which are their hand, face or voice:
 * whoever typed it may, and whoever brings for others. Of somebody who has an account nothing stands here.
 */
export async function forgetName(deps: InputDeps, actor: Actor, address: InputAddress): Promise<Input> {
  return changeOwn(
    deps,
    actor,
    address,
    async (trx, planId, input) => {
      if (input.fromId !== null) return
      await deleteName(trx, input.id)
      await detachAll(trx, actor, planId, input)
    },
    'others too',
  )
}

/** Removes every file beside an input that is held, each entered as if it were removed by hand. */
async function detachAll(
  trx: Transaction<Database>,
  actor: Actor,
  planId: string,
  input: Pick<InputRow, 'id' | 'number'>,
): Promise<void> {
  const files = await findAttachments(trx, input.id)
  if (files.length === 0) return
  await appendEntries(
    trx,
    planId,
    files.map(({ number, entry }) => detached(actor, input, { number, entry })),
  )
  for (const { number } of files) await removeAttachment(trx, input.id, number)
}

/** What the record tells when a file is removed from beside an input. */
export function detached(
  { userId }: Actor,
  input: Pick<InputRow, 'number'>,
  { number, entry }: { number: number; entry: number },
): Fact {
  const payload = { kind: 'input', act: 'detached', input: input.number, attachment: number }
  return { type: 'contribution', userId, refs: [entry], payload }
}

async function changeOwn(
  deps: InputDeps,
  actor: Actor,
  { planId: plan, inputId }: InputAddress,
  work: (
    trx: Transaction<Database>,
    planId: string,
    input: Awaited<ReturnType<typeof findInputs>>[number],
  ) => Promise<void>,
  whose: 'own' | 'others too' = 'own',
): Promise<Input> {
  const { planId } = await enterPlan(deps.db, actor, plan, 'input.bring')
  await deps.db.transaction().execute(async (trx) => {
    await demandAlive(trx, actor)
    await holdInputs(trx, planId, [inputId])
    const { role } = await enterSpeaking(trx, actor, planId)
    const [input] = await findInputs(trx, planId, { id: inputId })
    const own = input !== undefined && [input.typedBy, input.fromId].includes(actor.userId)
    if (!input || (!own && actor.workshopId !== null)) throw new AppError('not_found')
    if (!own && !(whose === 'others too' && may(role, 'input.bring_for'))) throw new AppError('forbidden')
    await work(trx, planId, input)
  })
  return readInput(deps, actor, { planId, inputId })
}

/** Blanks what people brought who are being erased. Their accounts must be held, and no document nor the head of a record. */
export function forgetInputs(trx: Transaction<Database>, userIds: readonly string[]): Promise<void> {
  return blankWordsOf(trx, userIds)
}
