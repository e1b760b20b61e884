/**
 * What every change in the life of a commitment goes through.
 * 1. Whoever acts, or is asked, is held and alive, then the commitment is held, and only then the actor's right is read.
 * 2. The document is held as edits hold it, its status set, and the act entered and kept.
 */
import { AppError, refuseField } from '@cabildo/protocol/errors'
import type { Standing, WindowWish } from '@cabildo/protocol/http/approvals'
import type { CommitmentState } from '@cabildo/protocol/http/common'
import { type Act, dueActs, move, ruleOf } from '@cabildo/protocol/lifecycle'
import type { Transaction } from 'kysely'
import { demandAlive } from '../auth/renewal.ts'
import type { Action } from '../auth/rules.ts'
import type { Actor } from '../auth/sessions.ts'
import { findNewcomers, holdPeople } from '../db/holding.ts'
import type { Database } from '../db/types.ts'
import { type DocumentMembership, enterDocument } from '../people/service.ts'
import { appendEntry } from '../record/service.ts'
import { type CommitmentRow, type Decider, type RequestRow, statusIn } from './rules.ts'
import { sealWords } from './sealing.ts'
import {
  findCommitment,
  findRequests,
  holdCommitments,
  holdDocument,
  insertStep,
  setStatus,
  updateRequest,
} from './store.ts'
import { type ApprovalDeps, decidersOf, type MovingDeps, readStanding } from './tell.ts'
import { isRunning, type Span, type WindowRow } from './windows/rules.ts'
import { findWindow } from './windows/store.ts'
import { demandSpan, refusalOf, toldOf, turnWindow } from './windows/turn.ts'

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
  /** The consultation that has not ended, if there is one, and what time it is. */
  window: WindowRow | undefined
  now: Date
  /** Those who decide in the plan, alive and held; empty when the change asks nobody. */
  asked: readonly Decider[]
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
    const window = await findWindow(trx, { planId, documentId })
    await work({ trx, membership, commitment, at: document, requests, open, window, now: deps.now(), asked })
  })
  await tellRoom(deps, documentId)
  return readStanding(deps, actor, documentId)
}

async function tellRoom({ rooms }: Pick<MovingDeps, 'rooms'>, documentId: string): Promise<void> {
  await rooms.statusChanged(documentId)
  rooms.recheck()
  rooms.announce(documentId, 'approvals')
}

/** Ends the consultation of a commitment on its day. False when it had ended, or was prolonged, by then. */
export async function endConsultation(
  deps: MovingDeps,
  { planId, documentId, id }: { planId: string; documentId: string; id: string },
): Promise<boolean> {
  const ended = await deps.db.transaction().execute(async (trx) => {
    await holdCommitments(trx, planId, [documentId])
    const commitment = await findCommitment(trx, documentId)
    const document = commitment && (await holdDocument(trx, documentId))
    const window = await findWindow(trx, { planId, documentId })
    const now = deps.now()
    if (!document || window?.id !== id || isRunning(window, now)) return false
    // A window is under way in this state alone: whatever leads out of it ends it.
    const was = 'consultation'
    await apply({ trx, commitment, window, now }, null, { act: dueActs[was], was, requestOpen: false })
    return true
  })
  if (ended) await tellRoom(deps, documentId)
  return ended
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

/**
 * Moves a commitment by one act: status, window, entry and step together; nobody does what the program does by itself.
 * Answers the state it has then.
 */
export async function apply(
  { trx, commitment: { id, planId, documentId }, window, now }: Pick<Life, 'trx' | 'commitment' | 'window' | 'now'>,
  byId: string | null,
  {
    act,
    was,
    requestOpen,
    reason = '',
    into = null,
    refs = [],
    span = null,
  }: {
    act: Act
    was: CommitmentState
    requestOpen: boolean
    reason?: string
    into?: CommitmentRow | null
    refs?: readonly number[]
    span?: Span | null
  },
): Promise<CommitmentState> {
  const rule = ruleOf(act)
  const state = rule.to
  await setStatus(trx, documentId, statusIn(state, requestOpen))
  await turnWindow(trx, { planId, documentId }, { rule, span, state, current: window, now })
  const { salt, told } = sealWords(reason)
  const { seq: entry } = await appendEntry(trx, planId, {
    ...{ type: 'state', userId: byId, documentId, refs },
    payload: {
      ...{ document: documentId, act, was, state, ...told, ...toldOf(span) },
      ...(into && { into: into.documentId }),
    },
  })
  const [intoId, closesAt] = [into?.id ?? null, span?.closesAt ?? null]
  await insertStep(
    trx,
    { id, planId },
    { act, was, state, reason: reason || null, salt, intoId, closesAt, byId, entry },
  )
  return state
}

/** Moves a commitment by an act of its life. */
export async function moveCommitment(
  deps: ApprovalDeps,
  actor: Actor,
  documentId: string,
  step: {
    act: Act
    from: CommitmentState
    reason?: string | undefined
    into?: string | undefined
    window?: WindowWish | undefined
  },
): Promise<Standing> {
  const { act, from, reason, into: intoDocument } = step
  if (act !== 'merge' && intoDocument !== undefined) throw refuseField('/into', 'Only a merge leads into another one.')
  const also = intoDocument === undefined ? [] : [intoDocument]
  const standing = await change(deps, actor, documentId, { right: 'commitment.move', also }, async (life) => {
    const { commitment, membership, requests, open, window, now } = life
    if (commitment.state !== from) throw new AppError('conflict', { detail: `It is in the state ${commitment.state}.` })
    const at = { state: commitment.state, requestOpen: open !== undefined, windowOpen: isRunning(window, now) }
    const moved = move(at, { act, role: membership.role, reason })
    if (!moved.ok) throw refusalOf(moved.why)
    const span = demandSpan(ruleOf(act), step.window, { now, current: window })
    const into = act === 'merge' ? await demandTarget(life, intoDocument) : null
    if (act === 'amend') await voidApproved(life, actor, requests)
    await apply(life, actor.userId, { act, was: from, requestOpen: false, reason: reason ?? '', into, span })
  })
  if (intoDocument !== undefined) deps.rooms.announce(intoDocument, 'approvals')
  return standing
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
