/** What every act on a proposal goes through: who may, what is held, and its entry in the plan's record. */
import { randomBytes } from 'node:crypto'
import { AppError } from '@cabildo/protocol/errors'
import type { Json } from '@cabildo/record/canonical-json'
import { payloadCommitment, saltLength } from '@cabildo/record/hash'
import type { Transaction } from 'kysely'
import { demandAlive } from '../../auth/renewal.ts'
import type { Actor } from '../../auth/sessions.ts'
import type { Database } from '../../db/types.ts'
import type { DocumentMembership } from '../../people/service.ts'
import { appendEntry, pidsOf } from '../../record/service.ts'
import { enterWriting } from '../threads/acting.ts'
import { chooseOpen, type HunkRow, type ProposalRow, type StepRow } from './rules.ts'
import { findHunks, findProposal, holdProposal, insertStep } from './store.ts'
import type { ProposalAddress, ProposalDeps } from './tell.ts'

/** A proposal that is held, with those of its hunks that are meant, all of them open. */
export interface HeldProposal {
  membership: DocumentMembership
  proposal: ProposalRow
  hunks: HunkRow[]
}

/** Holds a proposal for somebody who may do this to it. Throws what reading rights does, `not_found` and `conflict`. */
export async function holdToAct(
  trx: Transaction<Database>,
  actor: Actor,
  { documentId, proposalId }: ProposalAddress,
  action: 'proposal.write' | 'proposal.decide',
  numbers: readonly number[] | undefined,
): Promise<HeldProposal> {
  await demandAlive(trx, actor)
  const held = await holdProposal(trx, documentId, proposalId)
  const { membership } = await enterWriting(trx, actor, documentId, action)
  const proposal = held ? await findProposal(trx, documentId, proposalId) : undefined
  if (!proposal) throw new AppError('not_found')
  if (action === 'proposal.write' && proposal.authorId !== actor.userId) throw new AppError('forbidden')
  return { membership, proposal, hunks: chooseOpen(await findHunks(trx, [proposalId]), numbers) }
}

/** Opens a transaction in which what becomes of a proposal's open hunks is decided other than by an edit. */
export async function decide(
  { db }: Pick<ProposalDeps, 'db'>,
  actor: Actor,
  address: ProposalAddress,
  {
    step,
    numbers,
    reason,
  }: { step: 'rejected' | 'withdrawn'; numbers?: readonly number[] | undefined; reason: string },
): Promise<void> {
  const action = step === 'withdrawn' ? 'proposal.write' : 'proposal.decide'
  await db.transaction().execute(async (trx) => {
    const { membership, proposal, hunks } = await holdToAct(trx, actor, address, action, numbers)
    const place = { planId: membership.planId, documentId: address.documentId }
    await takeStep(trx, place, proposal, { step, hunks, reason, byId: actor.userId, seq: null })
  })
}

/** Enters a step of a proposal that is held, and what it makes of hunks. The last thing of a transaction that takes a lock. */
export async function takeStep(
  trx: Transaction<Database>,
  { planId, documentId }: { planId: string; documentId: string },
  proposal: Pick<ProposalRow, 'id' | 'number' | 'authorId'>,
  told: Pick<StepRow, 'step' | 'reason' | 'byId' | 'seq'> & { hunks: readonly Pick<HunkRow, 'number'>[] },
): Promise<void> {
  const { step, reason, byId, seq } = told
  const hunks = told.hunks.map(({ number }) => number)
  const salt = reason === '' ? new Uint8Array() : randomBytes(saltLength)
  const [proposer] = byId === proposal.authorId ? [] : await pidsOf(trx, planId, [proposal.authorId])
  const entry = await enter(trx, byId, planId, documentId, proposal.number, {
    act: step,
    hunks,
    ...(reason !== '' && { reason: payloadCommitment(salt, reason) }),
    ...(proposer !== undefined && { proposer }),
    ...(seq !== null && { seq }),
  })
  const states = { accepted: 'accepted', rejected: 'rejected', withdrawn: 'withdrawn', revised: 'superseded' } as const
  await insertStep(trx, states[step], { proposalId: proposal.id, step, hunks, reason, salt, byId, seq, entry })
}

/** Enters an act in the record; the number of its entry. */
export async function enter(
  trx: Transaction<Database>,
  userId: string,
  planId: string,
  documentId: string,
  number: number,
  told: { [key: string]: Json },
): Promise<number> {
  const payload = { document: documentId, proposal: number, ...told }
  const { seq } = await appendEntry(trx, planId, { type: 'proposal', userId, payload, documentId })
  return seq
}
