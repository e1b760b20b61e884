/**
 * Reads what is public of a plan, for pages and files.
 * 1. A plan that is being prepared is like none. Of a commitment that text is public which stood in a consultation or was
 *    approved last (public-text.ts); everything about it is read of that very text (commitment-part.ts).
 * 2. Who is named stands as they let themselves be shown now; words that were taken out or erased are gone from where this
 *    reads them.
 */
import { AppError } from '@cabildo/protocol/errors'
import type { Group } from '@cabildo/protocol/http/common'
import { toHex } from '@cabildo/record/bytes'
import type { Kysely } from 'kysely'
import { findWindows } from '../approvals/windows/store.ts'
import { partsOfDocument, sharesOf, sumParts } from '../authorship/rules.ts'
import type { Database } from '../db/types.ts'
import { countHeldMeetings } from '../meetings/service.ts'
import { readKnown } from '../plans/text/service.ts'
import { findEnds } from '../record/reading/store.ts'
import type { Tree } from '../record/tree/service.ts'
import { findBases, type ReadCommitment, readCommitment, type TextDeps, whoWrote } from './commitment-part.ts'
import { countsOf } from './inputs-part.ts'
import { readPublicMeetings } from './meetings-part.ts'
import { type PlanTextMemo, planFactsOf, readPlanPart, windowOf } from './plan-part.ts'
import { inOrder, sharesFor } from './public-text.ts'
import type { PublicCommitment, PublicPlan, PublicRecord } from './reading.ts'
import { countShownInputs, findGroups, findPublicPlan, type PlanRow } from './store.ts'
import { readSupport } from './support-part.ts'

/** What reading a public plan needs. */
export interface PublicDeps extends TextDeps {
  tree: Pick<Tree, 'checkpoint' | 'verifierKeys'>
  /** What was made of plans' own texts before; without it each is made anew. */
  planTexts?: PlanTextMemo
}

/**
 * Reads a public plan by its slug; `strict`: the strict part of its stamp, asked before. Throws `not_found`, also for one that is
 * being prepared.
 */
export async function readPublicPlan(deps: PublicDeps, slug: string, strict = ''): Promise<PublicPlan> {
  return readPublished(deps, await demandPlan(deps.db, slug), strict)
}

/**
 * The same of a plan in any state: what of its texts was published, consulted or approved, and what surrounds them. For services
 * that decide themselves who may read it.
 */
export async function readPublished(
  deps: PublicDeps,
  { id, slug, ...plan }: PlanRow,
  strict = '',
): Promise<PublicPlan> {
  const { db } = deps
  const [bases, own] = await Promise.all([
    findBases(db, id),
    readPlanPart({ db, ...(deps.planTexts && { texts: deps.planTexts }) }, id),
  ])
  const documents = [...bases.map(({ row }) => row.documentId), ...(own.text ? [own.text.version.documentId] : [])]
  const [groups, counts, record, meetings, windows] = await Promise.all([
    findGroups(db, id),
    countShownInputs(db, { planId: id, documents }),
    readPublicRecord(deps, id),
    readPublicMeetings(db, { id, slug }),
    findWindows(db, id),
  ])
  const known = groups.map(({ id, name, sector }) => ({ id, name, sector }) as Group)
  const read: ReadCommitment[] = []
  // One after another: each is a text to be put together, and rooms share this thread.
  for (const based of bases) read.push(await readCommitment(deps, { id, strict }, based, known))
  const commitments = read.map(({ commitment }) => ({
    ...commitment,
    inputs: countsOf(counts.filter(({ documentId }) => documentId === commitment.documentId)),
    ended: commitment.ended && { ...commitment.ended, into: intoPublic(commitment.ended.into, read) },
    consultation: commitment.standing === 'draft' ? spanOf(windows, commitment.documentId) : null,
  }))
  const told = await readKnown({ db, countMeetings: countHeldMeetings }, id, leadsOf(commitments))
  const support = await readSupport(db, { id, slug }, commitments)
  const parts = read.map(({ parts }) => parts)
  if (own.text) {
    const { documentId, seq } = own.text.version
    // Words that are taken out are another hash.
    const text = { documentId, epoch: own.text.version.contentHash, seq }
    parts.push(partsOfDocument(await whoWrote(deps, { id, strict }, text)))
  }
  const events = [...own.events, ...support.events, ...commitments.flatMap((one) => one.events)]
  return {
    ...{ id, slug, ...plan },
    language: 'es',
    facts: told ? planFactsOf(told) : [],
    ...{ text: own.text, sections: own.sections },
    window: windowOf(windows, plan.state),
    commitments,
    endorsements: support.endorsements,
    files: support.files,
    groups,
    meetings,
    inputs: countsOf(counts.filter(({ documentId }) => documentId === null)),
    shares: sharesFor(sharesOf(sumParts(parts), known)),
    events: inOrder(events),
    record,
  }
}

/** Who leads what, as texts that are public say; those of commitments that ended do not count. */
const leadsOf = (commitments: readonly PublicCommitment[]) =>
  commitments
    .filter(({ ended }) => ended === null)
    .map(({ number, content }) => ({ number, lead: content.facts.leadInstitution }))

function spanOf(
  windows: Awaited<ReturnType<typeof findWindows>>,
  documentId: string,
): PublicCommitment['consultation'] {
  const window = windows.find((one) => one.documentId === documentId)
  return window ? { opensAt: window.opensAt.toISOString(), closesAt: window.closesAt.toISOString() } : null
}

/** The commitment that one was merged into, under the title that is public; null while none of its text is. */
function intoPublic(
  into: { number: number } | null,
  read: readonly ReadCommitment[],
): { number: number; title: string } | null {
  const found = into && read.find(({ commitment }) => commitment.number === into.number)?.commitment
  return found ? { number: found.number, title: found.title } : null
}

async function demandPlan(db: Kysely<Database>, slug: string): Promise<PlanRow> {
  const plan = await findPublicPlan(db, slug)
  if (!plan) throw new AppError('not_found')
  return plan
}

/** How far the record of a plan is signed, and by which key. */
export async function readPublicRecord(
  { db, tree }: Pick<PublicDeps, 'db' | 'tree'>,
  planId: string,
): Promise<PublicRecord> {
  const head = tree.checkpoint()
  const { seq, hash, at } = await findEnds(db, planId, head?.size ?? 0)
  return {
    key: tree.verifierKeys[0] ?? '',
    checkpoint: head ? { size: head.size, note: head.note } : null,
    seq,
    hash: hash && toHex(hash),
    at: at?.toISOString() ?? null,
  }
}
