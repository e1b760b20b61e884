/**
 * Proposals: changes that people write on a copy and hand in, by whoever may open the document.
 * 1. A proposal is a row and never in the text. Its places are traced to the original ids of their units, so that they are
 *    found again wherever others move them; what stands there must be what the proposer saw.
 * 2. Each act is entered in the plan's record in its transaction: that it happened, by whom, and a salted hash of the words.
 * 3. Whoever has the document open is told after the commit, and asks.
 * Accepting stands in accepting.ts.
 */
import { randomBytes } from 'node:crypto'
import type { Traced } from '@cabildo/authorship/anchor'
import { AppError, refuseField } from '@cabildo/protocol/errors'
import type { Proposal, ProposedHunk } from '@cabildo/protocol/http/proposals'
import type { TextSpan } from '@cabildo/protocol/http/threads'
import { payloadCommitment, saltLength } from '@cabildo/record/hash'
import { canonicalJson } from '@cabildo/schema/canonical'
import { type Hunk, kindOf } from '@cabildo/schema/hunks/hunk'
import type { Transaction } from 'kysely'
import * as Y from 'yjs'
import { demandAlive } from '../../auth/renewal.ts'
import type { Actor } from '../../auth/sessions.ts'
import { findEpoch } from '../../db/document-epoch.ts'
import { holdProposalNumbers, holdProposalsWith } from '../../db/holding.ts'
import { newId } from '../../db/ids.ts'
import type { Database } from '../../db/types.ts'
import { enterDocument } from '../../people/service.ts'
import { inTurn } from '../../versions/turns.ts'
import { enterWriting } from '../threads/acting.ts'
import { spanOf, tupleOf } from '../threads/rules.ts'
import { settleAccepted } from './accepting.ts'
import { decide, enter, holdToAct, takeStep } from './acting.ts'
import { demandHunks, type HunkRow, mostOpen, mostProposals, movedOn, placesOf, toldText } from './rules.ts'
import { blankProposalsOf, countOpen, findOpenOf, findSent, insertProposal, nextNumber } from './store.ts'
import { type ProposalAddress, type ProposalDeps, readProposal } from './tell.ts'

/** What makes a proposal. */
export interface Proposing {
  key: string
  note: string
  hunks: readonly ProposedHunk[]
  revises?: string | undefined
}

/** A second one follows words that were taken out, or a version that was brought back, meanwhile. */
const mostTries = 3

/**
 * Stores a proposal. The same key again answers the one that it stored. A place that says something else than the proposer
 * saw is a `conflict` that names the hunk.
 */
export async function propose(
  deps: ProposalDeps,
  actor: Actor,
  documentId: string,
  proposing: Proposing,
): Promise<Proposal> {
  const { db } = deps
  await enterDocument(db, actor, documentId, 'proposal.write')
  const sent = await findSent(db, actor.userId, proposing.key)
  if (sent) return oneSent(deps, actor, documentId, sent)
  const hunks = demandHunks(proposing.hunks, deps.rooms.limits)
  const store = async (): Promise<void> => {
    if (proposing.revises !== undefined) await settleAccepted(deps, documentId)
    for (let tries = 0; tries < mostTries; tries += 1) {
      // Before the words are read: what was taken out since raised it.
      const epoch = await findEpoch(db, documentId)
      const placed = await place(deps, documentId, hunks)
      if (await storeProposal(deps, actor, documentId, proposing, { ...placed, epoch })) return
    }
    throw new AppError('conflict', { detail: 'The text was replaced: try again.' })
  }
  // What is to be put in another's place must not be accepted at the same time.
  await (proposing.revises === undefined ? store() : inTurn(documentId, store))
  const stored = await findSent(db, actor.userId, proposing.key)
  if (!stored) throw new Error('a proposal was stored and is not there')
  return done(deps, actor, { documentId, proposalId: stored.id })
}

type NewHunk = Omit<HunkRow, 'proposalId' | 'blank' | 'state'>

/** The hunks as they are kept, with the original ids of what they replace, and the row on which they were looked at. */
async function place(
  { rooms, keeper }: ProposalDeps,
  documentId: string,
  hunks: readonly Hunk[],
): Promise<{ seq: number; rows: NewHunk[] }> {
  const committed = await rooms.read(documentId)
  if (!committed) throw new AppError('not_found')
  const doc = new Y.Doc()
  Y.applyUpdate(doc, committed.state)
  const places = placesOf(doc, hunks)
  doc.destroy()
  const seq = committed.headSeq
  const traced = await keeper.look(documentId, seq, (held) =>
    places.map((spans) => (spans.length === 0 ? null : held.trace(spans.map(spanOf)))),
  )
  const lost = [...traced.keys()].filter((at) => traced[at] === undefined)
  if (lost.length > 0) throw movedOn(lost)
  return { seq, rows: hunks.map((hunk, at) => rowOf(hunk, at + 1, traced[at] ?? null)) }
}

function rowOf(hunk: Hunk, number: number, traced: Traced | null): NewHunk {
  const origins: TextSpan[] | null = traced?.origins.map(tupleOf) ?? null
  const field = hunk.target === 'fact' ? hunk.key : hunk.field
  const { target } = hunk
  const words = { before: canonicalJson(hunk.before), after: canonicalJson(hunk.after) }
  return { number, kind: kindOf(hunk), target, field, origins, ...words }
}

/** Stores a proposal, unless it is there already; false when the document is another since its words were read. */
function storeProposal(
  { db }: ProposalDeps,
  actor: Actor,
  documentId: string,
  { key, note: given, revises }: Proposing,
  { epoch, seq, rows }: { epoch: number; seq: number; rows: readonly NewHunk[] },
): Promise<boolean> {
  // The database holds no U+0000.
  const note = given.replaceAll('\u0000', '')
  return db.transaction().execute(async (trx) => {
    await demandAlive(trx, actor)
    await holdProposalNumbers(trx, documentId)
    // Whoever sends it twice at once is held above, so that the second finds the first.
    if (await findSent(trx, actor.userId, key)) return true
    const address = revises === undefined ? undefined : { documentId, proposalId: revises }
    const old = address && (await holdToAct(trx, actor, address, 'proposal.write', undefined))
    const { membership, epoch: now } = await enterWriting(trx, actor, documentId, 'proposal.write')
    if (now !== epoch) return false
    const number = await nextNumber(trx, documentId)
    if (number > mostProposals)
      throw new AppError('too_large', { detail: `A document has at most ${mostProposals} proposals.` })
    const { planId, groupId } = membership
    const salt = randomBytes(saltLength)
    const step = { step: 'revised', reason: '', byId: actor.userId, seq: null } as const
    if (old) await takeStep(trx, { planId, documentId }, old.proposal, { ...step, hunks: old.hunks })
    if ((await countOpen(trx, documentId, actor.userId)) >= mostOpen)
      throw new AppError('too_large', { detail: `At most ${mostOpen} of your proposals wait here to be decided on.` })
    const entry = await enter(trx, actor.userId, planId, documentId, number, {
      act: 'proposed',
      hunks: rows.map(({ kind, field }) => ({ kind, field })),
      text: payloadCommitment(salt, toldText(note, rows)),
      ...(old && { revises: old.proposal.number }),
    })
    const proposal = {
      id: newId(),
      number,
      revises: revises ?? null,
      authorId: actor.userId,
      groupId,
      note,
      salt,
      entry,
    }
    await insertProposal(trx, { ...proposal, planId, documentId, key, baseSeq: seq }, rows)
    return true
  })
}

/** Rejects a proposal, or some of its hunks. Of two who decide at once the second is told (`conflict`). */
export async function reject(
  deps: ProposalDeps,
  actor: Actor,
  address: ProposalAddress,
  { hunks: numbers, reason }: { hunks?: readonly number[] | undefined; reason: string },
): Promise<Proposal> {
  await enterDocument(deps.db, actor, address.documentId, 'proposal.decide')
  await inTurn(address.documentId, async () => {
    await settleAccepted(deps, address.documentId)
    await decide(deps, actor, address, { step: 'rejected', numbers, reason: reason.replaceAll('\u0000', '') })
  })
  return done(deps, actor, address)
}

/** Withdraws what is open of one's own proposal. */
export async function withdraw(deps: ProposalDeps, actor: Actor, address: ProposalAddress): Promise<Proposal> {
  await enterDocument(deps.db, actor, address.documentId, 'proposal.write')
  await inTurn(address.documentId, async () => {
    await settleAccepted(deps, address.documentId)
    await decide(deps, actor, address, { step: 'withdrawn', reason: '' })
  })
  return done(deps, actor, address)
}

/**
 * Blanks what people proposed, and why they decided so, who are being erased. Their accounts must be held, and no document
 * nor the head of a record.
 */
export async function forgetProposals(trx: Transaction<Database>, userIds: readonly string[]): Promise<void> {
  await holdProposalsWith(trx, userIds)
  for (const userId of userIds) await blankProposalsOf(trx, userId)
}

/** Withdraws what is open of people who are being erased, whose proposals are held and blank, each in a step that the record tells. */
export async function withdrawErased(trx: Transaction<Database>, userIds: readonly string[]): Promise<void> {
  for (const { planId, documentId, hunks, ...proposal } of await findOpenOf(trx, userIds)) {
    const told = { step: 'withdrawn', reason: '', byId: proposal.authorId, seq: null } as const
    await takeStep(trx, { planId, documentId }, proposal, { ...told, hunks: hunks.map((number) => ({ number })) })
  }
}

/** After the commit: tells the room, and answers the proposal as it now is. */
async function done(deps: ProposalDeps, actor: Actor, address: ProposalAddress): Promise<Proposal> {
  deps.rooms.announce(address.documentId, 'proposals')
  return readProposal(deps, actor, address)
}

function oneSent(
  deps: ProposalDeps,
  actor: Actor,
  documentId: string,
  sent: { id: string; documentId: string },
): Promise<Proposal> {
  if (sent.documentId !== documentId) throw refuseField('/key', 'This key was used elsewhere.')
  return readProposal(deps, actor, { documentId, proposalId: sent.id })
}
