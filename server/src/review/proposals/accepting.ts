/**
 * Accepting a proposal: one edit in the room whose words are the proposer's, sent by whoever accepts.
 * 1. That it is on its way is noted with the client id that the edit will have.
 * 2. The room makes the edit, all of it or nothing: where a place says something else by now nothing is done.
 * 3. What the log says became of it is entered: under that client id either the edit is there, once, or it is not. So two
 *    who accept at once, a lost answer and a crash in between all come out right (`settleAccepted`).
 */
import { AppError } from '@cabildo/protocol/errors'
import type { Proposal } from '@cabildo/protocol/http/proposals'
import { applyHunks } from '@cabildo/schema/hunks/apply'
import type { Hunk } from '@cabildo/schema/hunks/hunk'
import type { Actor } from '../../auth/sessions.ts'
import { holdDocumentAsIs, holdInputNumbers, holdPeople } from '../../db/holding.ts'
import { enterDocument } from '../../people/service.ts'
import { mintClientId } from '../../rooms/client-id.ts'
import { inTurn } from '../../versions/turns.ts'
import { linkWritten, type WordsRead, wordsOfRow } from '../inputs/passages.ts'
import { findOfProposal, holdInputs } from '../inputs/store.ts'
import { findHeadSeq } from '../threads/read-store.ts'
import { holdToAct, takeStep } from './acting.ts'
import { chooseOpen, type HunkRow, hunkOf, movedOn, type ProposalRow } from './rules.ts'
import {
  deleteAccepting,
  findAccepting,
  findFirstRow,
  findHunks,
  findProposal,
  holdProposal,
  insertAccepting,
} from './store.ts'
import { locate, type ProposalAddress, type ProposalDeps, readProposal } from './tell.ts'

/** Another one follows what others wrote meanwhile. */
const mostTries = 3

/** What is accepted of a proposal, and why. */
interface Accepting {
  hunks?: readonly number[] | undefined
  reason: string
}

/**
 * Accepts a proposal, or some of its hunks, as one edit. Throws `conflict` when somebody decided on it already, and when
 * what stands in a place has changed since: then `errors` names the hunks, and nothing is changed.
 */
export async function accept(
  deps: ProposalDeps,
  actor: Actor,
  address: ProposalAddress,
  wish: Accepting,
): Promise<Proposal> {
  await enterDocument(deps.db, actor, address.documentId, 'proposal.decide')
  await inTurn(address.documentId, () => acceptInTurn(deps, actor, address, wish))
  await announce(deps, address.documentId, [address.proposalId])
  return readProposal(deps, actor, address)
}

/** Tells the room, also that there are links of inputs where one of these is an input. */
async function announce(
  { db, rooms }: ProposalDeps,
  documentId: string,
  proposalIds: readonly string[],
): Promise<void> {
  rooms.announce(documentId, 'proposals')
  const inputs = await Promise.all(proposalIds.map((proposalId) => findOfProposal(db, proposalId)))
  if (inputs.some((input) => input !== undefined)) rooms.announce(documentId, 'inputs')
}

/** Accepts several proposals, each as far as it fits, in the order given. */
export async function acceptMany(
  deps: ProposalDeps,
  actor: Actor,
  documentId: string,
  { proposals, reason }: { proposals: readonly Proposal['id'][]; reason: string },
): Promise<{ accepted: Proposal['id'][]; conflicting: Proposal['id'][] }> {
  await enterDocument(deps.db, actor, documentId, 'proposal.decide')
  const accepted: Proposal['id'][] = []
  const conflicting: Proposal['id'][] = []
  try {
    for (const proposalId of new Set(proposals)) {
      try {
        await inTurn(documentId, () => acceptInTurn(deps, actor, { documentId, proposalId }, { reason }))
        accepted.push(proposalId)
      } catch (error) {
        // One that is gone keeps the others from nothing.
        if (!(error instanceof AppError) || !['conflict', 'not_found'].includes(error.code)) throw error
        conflicting.push(proposalId)
      }
    }
  } finally {
    await announce(deps, documentId, accepted)
  }
  return { accepted, conflicting }
}

async function acceptInTurn(
  deps: ProposalDeps,
  actor: Actor,
  address: ProposalAddress,
  { hunks: numbers, reason: given }: Accepting,
): Promise<void> {
  const { db } = deps
  const { documentId, proposalId } = address
  const reason = given.replaceAll('\u0000', '')
  await settleAccepted(deps, documentId)
  for (let tries = 0; ; tries += 1) {
    const head = await findHeadSeq(db, documentId)
    const { proposal, rows, hunks } = await readToAccept(deps, address, numbers)
    const misfits = await edit(deps, actor, address, { proposal, rows, hunks, reason })
    if (misfits.length === 0) return
    // Somebody may have moved the words, which the room knew and the log did not yet.
    if (tries + 1 < mostTries && (await findHeadSeq(db, documentId)) !== head) continue
    const all = await findHunks(db, [proposalId])
    throw movedOn(misfits.map((at) => all.findIndex(({ number }) => number === rows[at]?.number)))
  }
}

/** What is to be accepted, with the ids under which its units stand now. */
async function readToAccept(
  deps: ProposalDeps,
  { documentId, proposalId }: ProposalAddress,
  numbers: readonly number[] | undefined,
): Promise<{ proposal: ProposalRow; rows: HunkRow[]; hunks: (Hunk | undefined)[] }> {
  const proposal = await findProposal(deps.db, documentId, proposalId)
  if (!proposal) throw new AppError('not_found')
  const rows = chooseOpen(await findHunks(deps.db, [proposalId]), numbers)
  const { places } = await locate(deps, documentId, rows)
  return { proposal, rows, hunks: rows.map((row) => hunkOf(row, places.get(row) ?? [])) }
}

/** Makes the edit, or nothing when a place does not fit: answers which, by their places in `rows`. */
async function edit(
  deps: ProposalDeps,
  actor: Actor,
  address: ProposalAddress,
  {
    proposal,
    rows,
    hunks,
    reason,
  }: { proposal: ProposalRow; rows: readonly HunkRow[]; hunks: readonly (Hunk | undefined)[]; reason: string },
): Promise<number[]> {
  const { db, rooms } = deps
  const { documentId, proposalId } = address
  const gone = [...hunks.keys()].filter((at) => hunks[at] === undefined)
  const whole = hunks.filter((hunk) => hunk !== undefined)
  if (gone.length > 0) return gone
  const clientId = mintClientId()
  const numbers = rows.map(({ number }) => number)
  await db.transaction().execute(async (trx) => {
    const { membership } = await holdToAct(trx, actor, address, 'proposal.decide', numbers)
    if (membership.status !== 'open') throw new AppError('frozen')
    await insertAccepting(trx, documentId, { proposalId, clientId, hunks: numbers, reason, byId: actor.userId })
  })
  let misfits: number[] = []
  const { userId, sessionId } = actor
  const behalf = proposal.authorId === userId ? {} : { behalfId: proposal.authorId }
  const writer = { userId, sessionId, groupId: proposal.groupId, ...behalf }
  try {
    await rooms.edit(documentId, { writer, via: 'proposal', clientId }, (doc) => {
      misfits = applyHunks(doc, whole)
    })
  } finally {
    await settleAccepted(deps, documentId)
  }
  return misfits
}

/**
 * Enters what became of edits that were on their way when somebody last looked: accepted, when they are in the log; open
 * still, when they are not. A proposal that is an input is linked to the words that its edit wrote. To be called in the
 * document's turn, in which there is none under way.
 */
export async function settleAccepted(deps: Pick<ProposalDeps, 'db' | 'keeper'>, documentId: string): Promise<void> {
  const { db } = deps
  for (const { proposalId, clientId, byId: accepter } of await findAccepting(db, documentId)) {
    const author = await findProposal(db, documentId, proposalId)
    const people = author ? [accepter, author.authorId] : [accepter]
    for (let tries = 1; ; tries += 1) {
      const row = await findFirstRow(db, documentId, clientId)
      const written = row === undefined ? undefined : await wordsOfRow(deps, documentId, row)
      if (await settleOne(deps, { documentId, proposalId }, { people, row, written, isLast: tries === mostTries }))
        break
    }
  }
}

/** What was read of an edit before the transaction in which it is entered. */
interface ReadBefore {
  /** Whose words and whose act are entered. */
  people: readonly string[]
  row: number | undefined
  written: WordsRead | undefined
  isLast: boolean
}

/** False when its words must be read anew: words were taken out of the text since, or it came into the log only now. */
async function settleOne(
  { db }: Pick<ProposalDeps, 'db'>,
  { documentId, proposalId }: ProposalAddress,
  { people, row, written, isLast }: ReadBefore,
): Promise<boolean> {
  const { planId } = await db
    .selectFrom('document')
    .select('planId')
    .where('id', '=', documentId)
    .executeTakeFirstOrThrow()
  return db.transaction().execute(async (trx) => {
    // People come before what they do (decision 30).
    await holdPeople(trx, people)
    // Whoever makes it an input waits, and finds it accepted; or was before, and it is found.
    await holdInputNumbers(trx, planId)
    const input = await findOfProposal(trx, proposalId)
    if (input) await holdInputs(trx, planId, [input.id])
    await holdProposal(trx, documentId, proposalId)
    const accepting = (await findAccepting(trx, documentId)).find((one) => one.proposalId === proposalId)
    const proposal = await findProposal(trx, documentId, proposalId)
    if (!accepting || !proposal) return true
    // A statement whose answer was lost has ended once the document is held.
    const epoch = await holdDocumentAsIs(trx, documentId)
    const seq = await findFirstRow(trx, documentId, accepting.clientId)
    const isRead = seq === row && (written === undefined || written.epoch === epoch)
    if (input && !isRead && !isLast) return false
    await deleteAccepting(trx, proposalId)
    if (seq === undefined) return true
    const hunks = accepting.hunks.map((number) => ({ number }))
    const { reason, byId } = accepting
    await takeStep(trx, { planId, documentId }, proposal, { step: 'accepted', hunks, reason, byId, seq })
    if (input && isRead)
      await linkWritten(trx, { planId, documentId, inputId: input.id, byId }, written?.passages ?? [])
    return true
  })
}
