/**
 * What every change in the life of a commitment goes through.
 * 1. Whoever acts, or is asked, is held and alive, then the commitment is held, and only then the actor's right is read.
 * 2. The document is held as edits hold it, its status set, and the act entered and kept.
 */
import { randomBytes } from 'node:crypto'
import { AppError, refuseField } from '@cabildo/protocol/errors'
import type { Standing } from '@cabildo/protocol/http/approvals'
import type { CommitmentState } from '@cabildo/protocol/http/common'
import { type Act, move, ruleOf } from '@cabildo/protocol/lifecycle'
import { payloadCommitment, saltLength } from '@cabildo/record/hash'
import type { Transaction } from 'kysely'
import { demandAlive } from '../auth/renewal.ts'
import type { Action } from '../auth/rules.ts'
import type { Actor } from '../auth/sessions.ts'
import { findNewcomers, holdPeople } from '../db/holding.ts'
import type { Database } from '../db/types.ts'
import { type DocumentMembership, enterDocument } from '../people/service.ts'
import { appendEntry } from '../record/service.ts'
import { type CommitmentRow, type Decider, type RequestRow, statusIn } from './rules.ts'
import {
  findCommitment,
  findRequests,
  holdCommitments,
  holdDocument,
  insertStep,
  setStatus,
  updateRequest,
} from './store.ts'
import { type ApprovalDeps, decidersOf, readStanding } from './tell.ts'

/** What is known and held while a commitment's life changes. */
export interface Life {
  trx: Transaction<Database>
  membership: DocumentMembership
  commitment: CommitmentRow
  /** Where the document's log ends; words that are taken out keep the head and raise the epoch. */
  at: { headSeq: number; epoch: number }
  requests: RequestRow[]
  /** The open request, if there is one. */
  open: RequestRow | undefined
  /** Those who decide in the plan, alive and held; empty when the change asks nobody. */
  asked: readonly Decider[]
}

/** Words that stand in a table alone, and what the record holds of them. */
export interface Sealed {
  salt: Uint8Array | null
  told: { reason?: string }
}

/** Seals words for the record; nothing when there are none. */
export function sealWords(words: string, salt: Uint8Array = randomBytes(saltLength)): Sealed {
  if (words === '') return { salt: null, told: {} }
  return { salt, told: { reason: payloadCommitment(salt, words) } }
}

/**
 * Opens a transaction in which the life of a commitment is held, and that of those of `also` which are of its plan; tells
 * the room afterwards. `asks`: it will be written whom the plan asks to decide, so that they are held before (decision 30).
 */
export async function change(
  deps: ApprovalDeps,
  actor: Actor,
  documentId: string,
  { right, also = [], asks = false }: { right: Action; also?: readonly string[]; asks?: boolean },
  work: (life: Life) => Promise<void>,
): Promise<Standing> {
  await deps.db.transaction().execute(async (trx) => {
    // Looked at first, so that nobody can hold what is not theirs.
    const { planId } = await enterDocument(trx, actor, documentId, 'document.open')
    const asked = asks ? await holdAsked(trx, actor, planId) : []
    await demandAlive(trx, actor)
    await holdCommitments(trx, planId, [documentId, ...also])
    const membership = await enterDocument(trx, actor, documentId, right)
    const commitment = await findCommitment(trx, documentId)
    const document = commitment && (await holdDocument(trx, documentId))
    if (!commitment || !document) throw new AppError('not_found')
    if (document.status === 'archived') throw new AppError('frozen')
    const requests = await findRequests(trx, documentId)
    const open = requests.find(({ state }) => state === 'open')
    await work({ trx, membership, commitment, at: document, requests, open, asked })
  })
  await deps.rooms.statusChanged(documentId)
  deps.rooms.recheck()
  deps.rooms.announce(documentId, 'approvals')
  return readStanding(deps, actor, documentId)
}

/**
 * Holds whoever acts with those who may be asked to decide, and with whoever gets a pseudonym when the log is entered;
 * answers those who decide still.
 */
async function holdAsked(trx: Transaction<Database>, actor: Actor, planId: string): Promise<Decider[]> {
  const candidates = (await decidersOf(trx, planId)).map(({ userId }) => userId)
  const held = await holdPeople(trx, [actor.userId, ...candidates, ...(await findNewcomers(trx, [planId]))])
  return (await decidersOf(trx, planId)).filter(({ userId }) => held.has(userId))
}

/** Moves a commitment by one act: status, entry and step together. Answers the state it has then. */
export async function apply(
  { trx, commitment: { id, planId, documentId } }: Pick<Life, 'trx' | 'commitment'>,
  actor: Actor,
  {
    act,
    was,
    requestOpen,
    reason = '',
    into = null,
    refs = [],
  }: {
    act: Act
    was: CommitmentState
    requestOpen: boolean
    reason?: string
    into?: CommitmentRow | null
    refs?: readonly number[]
  },
): Promise<CommitmentState> {
  const state = ruleOf(act).to
  await setStatus(trx, documentId, statusIn(state, requestOpen))
  const { salt, told } = sealWords(reason)
  const { seq: entry } = await appendEntry(trx, planId, {
    ...{ type: 'state', userId: actor.userId, documentId, refs },
    payload: { document: documentId, act, was, state, ...told, ...(into && { into: into.documentId }) },
  })
  const intoId = into?.id ?? null
  await insertStep(
    trx,
    { id, planId },
    { act, was, state, reason: reason || null, salt, intoId, byId: actor.userId, entry },
  )
  return state
}

/** Moves a commitment by an act of its life. */
export async function moveCommitment(
  deps: ApprovalDeps,
  actor: Actor,
  documentId: string,
  step: { act: Act; from: CommitmentState; reason?: string | undefined; into?: string | undefined },
): Promise<Standing> {
  const { act, from, reason, into: intoDocument } = step
  if (act !== 'merge' && intoDocument !== undefined) throw refuseField('/into', 'Only a merge leads into another one.')
  const also = intoDocument === undefined ? [] : [intoDocument]
  const standing = await change(deps, actor, documentId, { right: 'commitment.move', also }, async (life) => {
    const { commitment, membership, requests, open } = life
    if (commitment.state !== from) throw new AppError('conflict', { detail: `It is in the state ${commitment.state}.` })
    const asked = { act, role: membership.role, reason }
    const moved = move({ state: commitment.state, requestOpen: open !== undefined }, asked)
    if (!moved.ok) throw refusalOf(moved.why)
    const into = act === 'merge' ? await demandTarget(life, intoDocument) : null
    if (act === 'amend') await voidApproved(life, actor, requests)
    await apply(life, actor, { act, was: from, requestOpen: false, reason: reason ?? '', into })
  })
  if (intoDocument !== undefined) deps.rooms.announce(intoDocument, 'approvals')
  return standing
}

function refusalOf(why: 'not_from_here' | 'not_your_role' | 'reason_owed' | 'request_open' | 'by_decision'): AppError {
  switch (why) {
    case 'not_your_role':
      return new AppError('forbidden')
    case 'reason_owed':
      return refuseField('/reason', 'Say why.')
    case 'by_decision':
      return refuseField('/act', 'Decisions bring this about, nobody does it by itself.')
    case 'request_open':
      return new AppError('conflict', { detail: 'A request for approval is open: it is decided or withdrawn first.' })
    case 'not_from_here':
      return new AppError('conflict', { detail: 'This state does not lead there.' })
  }
}

/** The commitment one is merged into: of the plan, another one, and itself neither merged nor withdrawn. */
async function demandTarget({ trx, commitment }: Life, documentId: string | undefined): Promise<CommitmentRow> {
  const into = documentId === undefined ? undefined : await findCommitment(trx, documentId)
  if (!into || into.planId !== commitment.planId) throw refuseField('/into', 'The plan has no such commitment.')
  if (into.id === commitment.id) throw refuseField('/into', 'Name another commitment.')
  if (into.state === 'merged' || into.state === 'withdrawn')
    throw refuseField('/into', 'That commitment was itself merged or withdrawn.')
  return into
}

/** Says that what was approved is no longer in force. */
async function voidApproved(
  { trx, commitment: { planId, documentId } }: Life,
  actor: Actor,
  requests: readonly RequestRow[],
): Promise<void> {
  const approved = requests.find(({ state }) => state === 'approved')
  if (!approved) return
  await updateRequest(trx, approved.id, 'voided')
  await appendEntry(trx, planId, {
    ...{ type: 'approval', userId: actor.userId, documentId, refs: [approved.entry] },
    payload: { kind: 'voided', ...namesOf(documentId, approved) },
  })
}

/** What every entry about a request names. */
export function namesOf(
  documentId: string,
  { number, versionNumber, contentHash }: Pick<RequestRow, 'number' | 'versionNumber' | 'contentHash'>,
): { document: string; request: number; version: number; sha256: string } {
  return { document: documentId, request: number, version: versionNumber, sha256: contentHash }
}
