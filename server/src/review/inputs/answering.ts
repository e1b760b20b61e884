/**
 * Answers to inputs, and what inputs have to do with the text.
 * 1. Who answers says which answer they read last, so that of two who do at once the second is told.
 * 2. An answer is never changed: another one follows, and is in force. Each is entered in the plan's record.
 * 3. A link may be on words of the text, which it follows as threads do (passages.ts).
 */
import { randomBytes } from 'node:crypto'
import { AppError, refuseField } from '@cabildo/protocol/errors'
import type { Input, InputCoverage } from '@cabildo/protocol/http/inputs'
import type { TextSpan } from '@cabildo/protocol/http/threads'
import { payloadCommitment, saltLength } from '@cabildo/record/hash'
import type { Transaction } from 'kysely'
import { demandAlive } from '../../auth/renewal.ts'
import type { Action } from '../../auth/rules.ts'
import type { Actor } from '../../auth/sessions.ts'
import { holdDocumentAsIs } from '../../db/holding.ts'
import type { Database } from '../../db/types.ts'
import { enterPlan, holdPlan } from '../../people/service.ts'
import { appendEntry } from '../../record/service.ts'
import { pointedAt } from './passages.ts'
import { findAnswers, findInputs, findLinks, findPromise, findVersionNumber, isDocumentOf } from './read-store.ts'
import { type Answering, demandAnswer, demandLinkField, type InputRow, mostAnswers, mostLinks } from './rules.ts'
import { countLinks, holdInputs, insertAnswer, insertLink, removeLink, updatePromise } from './store.ts'
import { type InputAddress, type InputDeps, readCoverage, readInput } from './tell.ts'

/** Answers an input. Throws `conflict` when somebody else did since, or the input was taken back. */
export async function answerInput(
  deps: InputDeps,
  actor: Actor,
  address: InputAddress,
  answer: Answering & { after: number; reason: string },
): Promise<Input> {
  const { after, outcome, reason, mergedInto, documentId, versionId } = answer
  demandAnswer(answer, address.inputId)
  const also = mergedInto === undefined ? [] : [mergedInto]
  return change(deps, actor, address, { right: 'input.answer', also }, async (trx, planId, input) => {
    const before = await findAnswers(trx, [input.id])
    const last = before.at(-1)?.number ?? 0
    if (last !== after) throw new AppError('conflict', { detail: 'Somebody else answered it meanwhile.' })
    if (last >= mostAnswers) throw new AppError('too_large', { detail: `An input has at most ${mostAnswers} answers.` })
    const into = mergedInto === undefined ? undefined : await demandTarget(trx, planId, mergedInto)
    const version = await demandVersion(trx, planId, documentId, versionId)
    const salt = randomBytes(saltLength)
    const number = last + 1
    const { seq: entry } = await appendEntry(trx, planId, {
      ...{ type: 'answer', userId: actor.userId, refs: [input.entry] },
      payload: {
        ...{ input: input.number, answer: number, outcome, reason: payloadCommitment(salt, reason) },
        ...(into && { into: into.number }),
        ...(documentId !== undefined && version !== undefined && { document: documentId, version }),
      },
      ...(documentId !== undefined && { documentId }),
    })
    await insertAnswer(trx, {
      ...{ inputId: input.id, number, planId, outcome, reason, salt, byId: actor.userId, entry },
      ...{ mergedInto: mergedInto ?? null, documentId: documentId ?? null, versionId: versionId ?? null },
    })
    const linked = await findLinks(trx, [input.id])
    return [...linked.map((link) => link.documentId), ...(documentId === undefined ? [] : [documentId])]
  })
}

/** The input another one is merged into: of the plan, neither taken back nor merged itself, so that no circle comes about. */
async function demandTarget(trx: Transaction<Database>, planId: string, inputId: string): Promise<InputRow> {
  const [into] = await findInputs(trx, planId, { id: inputId })
  if (!into) throw refuseField('/mergedInto', 'The plan has no such input.')
  if (into.takenBackAt) throw refuseField('/mergedInto', 'That input was taken back.')
  const last = (await findAnswers(trx, [inputId])).at(-1)
  if (last?.outcome === 'merged') throw refuseField('/mergedInto', 'That input was itself merged into another.')
  return into
}

async function demandVersion(
  trx: Transaction<Database>,
  planId: string,
  documentId: string | undefined,
  versionId: string | undefined,
): Promise<number | undefined> {
  if (documentId === undefined) return undefined
  if (!(await isDocumentOf(trx, planId, documentId)))
    throw refuseField('/documentId', 'The plan has no such commitment.')
  if (versionId === undefined) return undefined
  const number = await findVersionNumber(trx, documentId, versionId)
  if (number === undefined) throw refuseField('/versionId', 'The commitment has no such version.')
  return number
}

/**
 * Says that an input has to do with a commitment, one of its fields, words in one, or a version. The same again changes
 * nothing. Words that are not (all) stored, or stand in several fields, are a `conflict`.
 */
export async function linkInput(
  deps: InputDeps,
  actor: Actor,
  address: InputAddress,
  link: {
    documentId: string
    field?: string | undefined
    ids?: readonly TextSpan[] | undefined
    versionId?: string | undefined
  },
): Promise<Input> {
  const { documentId, ids, versionId } = link
  demandLinkField(link.field, documentId, '')
  const words = ids && (await pointedAt(deps, actor, address.planId, documentId, ids))
  const passage = words?.passage
  if (passage && link.field !== undefined && link.field !== passage.field)
    throw refuseField('/field', 'The words stand in another field.')
  const field = passage?.field ?? link.field
  const origins = JSON.stringify(passage?.origins ?? null)
  return change(deps, actor, address, { right: 'input.link' }, async (trx, planId, input) => {
    const version = await demandVersion(trx, planId, documentId, versionId)
    const links = await findLinks(trx, [input.id])
    const same = (one: (typeof links)[number]) =>
      one.documentId === documentId &&
      one.field === (field ?? null) &&
      one.versionId === (versionId ?? null) &&
      JSON.stringify(one.origins) === origins
    if (links.some(same)) return []
    // Words may have been taken out since these were read; from here on none are.
    if (words && (await holdDocumentAsIs(trx, documentId)) !== words.epoch)
      throw new AppError('conflict', { detail: 'The text was replaced: try again.' })
    const number = (await countLinks(trx, input.id)) + 1
    if (number > mostLinks) throw new AppError('too_large', { detail: `An input has at most ${mostLinks} links.` })
    const told = {
      ...{ act: 'linked', document: documentId, ...(field !== undefined && { field }), ...(version && { version }) },
      ...(passage && { passage: passage.origins }),
    }
    const entry = await enterLink(trx, actor, planId, input, told, documentId)
    const row = {
      ...{ inputId: input.id, number, planId, documentId, byId: actor.userId, entry },
      ...{ field: field ?? null, versionId: versionId ?? null },
    }
    await insertLink(trx, row, { passage })
    return [documentId]
  })
}

/** Takes a link away. */
export async function unlinkInput(
  deps: InputDeps,
  actor: Actor,
  { link: number, ...address }: InputAddress & { link: number },
): Promise<Input> {
  return change(deps, actor, address, { right: 'input.link' }, async (trx, planId, input) => {
    const link = (await findLinks(trx, [input.id])).find((one) => one.number === number)
    if (!link) throw new AppError('not_found')
    const { documentId, field } = link
    const told = { act: 'unlinked', document: documentId, ...(field !== null && { field }) }
    await enterLink(trx, actor, planId, input, told, documentId)
    await removeLink(trx, input.id, number)
    return [documentId]
  })
}

async function enterLink(
  trx: Transaction<Database>,
  { userId }: Actor,
  planId: string,
  input: InputRow,
  told: { act: string; document: string; field?: string; version?: number; passage?: TextSpan[] },
  documentId: string,
): Promise<number> {
  const payload = { kind: 'input', input: input.number, ...told }
  const fact = { type: 'contribution' as const, userId, documentId, refs: [input.entry], payload }
  const { seq } = await appendEntry(trx, planId, fact)
  return seq
}

/** Sets what the plan promises: which share of the inputs must have an answer, and in how many days. */
export async function promise(
  deps: InputDeps,
  actor: Actor,
  plan: string,
  wanted: { answeredShare: number; answerDays: number },
): Promise<InputCoverage> {
  await deps.db.transaction().execute(async (trx) => {
    const { planId } = await holdPlan(trx, actor, plan, 'input.promise')
    await demandAlive(trx, actor)
    const before = await findPromise(trx, planId)
    if (before.answeredShare === wanted.answeredShare && before.answerDays === wanted.answerDays) return
    await updatePromise(trx, planId, wanted)
    await appendEntry(trx, planId, { type: 'plan', userId: actor.userId, payload: { kind: 'answers', ...wanted } })
  })
  return readCoverage(deps, actor, plan)
}

/** Opens a transaction in which an input is held, with `also`, and changed by somebody who may; tells the rooms afterwards. */
async function change(
  deps: InputDeps,
  actor: Actor,
  { planId: plan, inputId }: InputAddress,
  { right, also = [] }: { right: Action; also?: readonly string[] },
  work: (trx: Transaction<Database>, planId: string, input: InputRow) => Promise<readonly string[]>,
): Promise<Input> {
  const { planId } = await enterPlan(deps.db, actor, plan, 'plan.open')
  const documents = await deps.db.transaction().execute(async (trx) => {
    await demandAlive(trx, actor)
    const held = await holdInputs(trx, planId, [inputId, ...also])
    const [input] = held.has(inputId) ? await findInputs(trx, planId, { id: inputId }) : []
    // A guest has no right to any of this, and is told no more of what is not theirs than that.
    if (!input && actor.workshopId === null) throw new AppError('not_found')
    await enterPlan(trx, actor, planId, right)
    if (!input) throw new AppError('not_found')
    if (input.takenBackAt) throw new AppError('conflict', { detail: 'It was taken back.' })
    return work(trx, planId, input)
  })
  for (const documentId of new Set(documents)) deps.rooms.announce(documentId, 'inputs')
  return readInput(deps, actor, { planId, inputId })
}
