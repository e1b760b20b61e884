/** Reads proposals: what they change, by whom, what became of it, and whether what they change still stands. */
import type { Place } from '@cabildo/authorship/anchor'
import { AppError } from '@cabildo/protocol/errors'
import type { Person } from '@cabildo/protocol/http/common'
import type { Proposal, ProposalHunk } from '@cabildo/protocol/http/proposals'
import { toHex } from '@cabildo/record/bytes'
import { fits } from '@cabildo/schema/hunks/apply'
import type { Kysely } from 'kysely'
import * as Y from 'yjs'
import { isMuted, may } from '../../auth/rules.ts'
import type { Actor } from '../../auth/sessions.ts'
import type { Keeper } from '../../authorship/keeper.ts'
import type { Database } from '../../db/types.ts'
import { type DocumentMembership, enterDocument, peopleOf } from '../../people/service.ts'
import type { Rooms } from '../../rooms/ports.ts'
import { findHeadSeq } from '../threads/read-store.ts'
import { placeOf, spanOf } from '../threads/rules.ts'
import { type HunkRow, hunkOf, type ProposalRow, type StepRow, stateOf } from './rules.ts'
import { findHunks, findNumbers, findProposal, findProposals, findSteps, type ProposalPage } from './store.ts'

/** What proposals need. */
export interface ProposalDeps {
  db: Kysely<Database>
  rooms: Pick<Rooms, 'announce' | 'edit' | 'read' | 'limits'>
  keeper: Keeper
}

/** The document and the proposal that an address names. */
export interface ProposalAddress {
  documentId: string
  proposalId: string
}

/** Reads a page of the proposals for a document, and where their places stand after row `seq`, the last one. */
export async function listProposals(
  deps: ProposalDeps,
  actor: Actor,
  documentId: string,
  page: ProposalPage,
): Promise<{ seq: number; items: Proposal[] }> {
  const membership = await enterDocument(deps.db, actor, documentId, 'document.open')
  const rows = await findProposals(deps.db, documentId, page)
  return tell(deps, actor, membership, rows)
}

/** Reads one proposal. Throws `not_found`. */
export async function readProposal(
  deps: ProposalDeps,
  actor: Actor,
  { documentId, proposalId }: ProposalAddress,
): Promise<Proposal> {
  const membership = await enterDocument(deps.db, actor, documentId, 'document.open')
  const row = await findProposal(deps.db, documentId, proposalId)
  const [item] = row ? (await tell(deps, actor, membership, [row])).items : []
  if (!item) throw new AppError('not_found')
  return item
}

/** Where hunks stand after the last row of the log, by hunk. */
export async function locate(
  { db, keeper }: Pick<ProposalDeps, 'db' | 'keeper'>,
  documentId: string,
  hunks: readonly HunkRow[],
): Promise<{ seq: number; places: Map<HunkRow, readonly Place[]> }> {
  const head = await findHeadSeq(db, documentId)
  const wanted = hunks.flatMap((hunk) => (hunk.origins ? [[hunk, hunk.origins.map(spanOf)] as const] : []))
  if (wanted.length === 0) return { seq: head, places: new Map() }
  const { seq, found } = await keeper.lookAtLeast(documentId, head, (held) => held.locate(wanted))
  return { seq, places: found }
}

async function tell(
  deps: ProposalDeps,
  actor: Actor,
  membership: DocumentMembership,
  proposals: readonly ProposalRow[],
): Promise<{ seq: number; items: Proposal[] }> {
  const { db } = deps
  const { documentId, planId, role, status } = membership
  const ids = proposals.map(({ id }) => id)
  const [hunks, steps] = [await findHunks(db, ids), await findSteps(db, ids)]
  const open = hunks.filter(({ state }) => state === 'open')
  const { seq, places } = await locate(deps, documentId, open)
  const fitting = await whichFit(deps, documentId, open, places)
  const people = await peopleOf(db, planId, [
    ...new Set([...proposals.map(({ authorId }) => authorId), ...steps.map(({ byId }) => byId)]),
  ])
  const numbers = await findNumbers(
    db,
    proposals.flatMap(({ revises }) => revises ?? []),
  )
  const acts = status !== 'archived' && !isMuted(membership)
  const cut = Map.groupBy(hunks, ({ proposalId }) => proposalId)
  const taken = Map.groupBy(steps, ({ proposalId }) => proposalId)
  const items = proposals.map(({ id, authorId, revises, salt, madeAt, changedAt, ...row }): Proposal => {
    const mine = cut.get(id) ?? []
    const state = stateOf(mine)
    const own = authorId === actor.userId
    const { number, note, baseSeq, entry } = row
    return {
      id: id as Proposal['id'],
      ...{ number, note, baseSeq, entry, own, state },
      author: known(people, authorId),
      revises: (revises !== null && numbers.get(revises)) || null,
      madeAt: madeAt.toISOString(),
      changedAt: changedAt.toISOString(),
      hunks: mine.map((hunk) => tellHunk(hunk, fitting.has(hunk), places.get(hunk) ?? [])),
      steps: (taken.get(id) ?? []).map((step) => tellStep(step, people)),
      salt: saltOf(salt),
      may: {
        decide: acts && state === 'open' && may(role, 'proposal.decide'),
        withdraw: acts && state === 'open' && own,
      },
    }
  })
  return { seq, items }
}

/** Milliseconds. */
const slice = 10

/** Which open hunks could be made of the text as it is committed. */
async function whichFit(
  { rooms }: ProposalDeps,
  documentId: string,
  open: readonly HunkRow[],
  places: ReadonlyMap<HunkRow, readonly Place[]>,
): Promise<Set<HunkRow>> {
  const committed = open.length > 0 && (await rooms.read(documentId))
  if (!committed) return new Set()
  const doc = new Y.Doc()
  Y.applyUpdate(doc, committed.state)
  const fitting = new Set<HunkRow>()
  let since = performance.now()
  for (const row of open) {
    const hunk = hunkOf(row, places.get(row) ?? [])
    if (hunk && fits(doc, hunk)) fitting.add(row)
    // Those who write must not wait for many proposals to be held against a long text.
    if (performance.now() - since < slice) continue
    await new Promise(setImmediate)
    since = performance.now()
  }
  doc.destroy()
  return fitting
}

function tellHunk(
  { number, kind, target, field, before, after, blank, state }: HunkRow,
  fits: boolean,
  places: readonly Place[],
): ProposalHunk {
  const words = { before: JSON.parse(before) as unknown, after: JSON.parse(after) as unknown }
  return { number, kind, target, field, ...words, blank, state, fits, places: places.map(placeOf) }
}

function tellStep({ step, hunks, reason, byId, at, seq, entry, salt }: StepRow, people: ReadonlyMap<string, Person>) {
  return { step, hunks, reason, by: known(people, byId), at: at.toISOString(), seq, entry, salt: saltOf(salt) }
}

/** Accounts are suspended or erased and never deleted, so everybody is found. */
function known(people: ReadonlyMap<string, Person>, userId: string): Person {
  const person = people.get(userId)
  if (!person) throw new Error(`there is no user ${userId}`)
  return person
}

/** A salt as it is told; null once nothing can be checked with it. */
function saltOf(salt: Uint8Array): string | null {
  return salt.length === 0 ? null : toHex(salt)
}
