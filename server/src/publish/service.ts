/**
 * Reads what is public of a plan, for pages and files.
 * 1. A plan that is being prepared is like none. Of a commitment that text is public which stood in a consultation or was
 *    approved last (public-text.ts); everything about it is read of that very text.
 * 2. Who is named stands as they let themselves be shown now; words that were taken out or erased are gone from where this
 *    reads them.
 */
import { setImmediate } from 'node:timers/promises'
import { AppError } from '@cabildo/protocol/errors'
import type { Authorship, PartOfGroup } from '@cabildo/protocol/http/authorship'
import type { Group, Person } from '@cabildo/protocol/http/common'
import { toHex } from '@cabildo/record/bytes'
import { canonicalJson, contentHash } from '@cabildo/schema/canonical'
import { type Content, contentOfState } from '@cabildo/schema/content'
import { labelNamed } from '@cabildo/schema/templates/labels'
import { commitmentFields } from '@cabildo/schema/templates/ogp-commitment-fields'
import { textOf } from '@cabildo/schema/text'
import type { Kysely } from 'kysely'
import type { RequestRow, StepRow } from '../approvals/rules.ts'
import { findRequests, findSteps } from '../approvals/store.ts'
import { findWindows } from '../approvals/windows/store.ts'
import type { Keeper } from '../authorship/keeper.ts'
import { partsOfDocument, sharesOf, sumParts } from '../authorship/rules.ts'
import { authorshipAt } from '../authorship/service.ts'
import type { Database } from '../db/types.ts'
import { listPublicMinutes } from '../meetings/minutes/service.ts'
import { countHeldMeetings } from '../meetings/service.ts'
import { groupsOf, peopleOf } from '../people/service.ts'
import { readKnown } from '../plans/text/service.ts'
import { type PublicProgress, readProgress } from '../progress/service.ts'
import { findEnds } from '../record/reading/store.ts'
import type { Tree } from '../record/tree/service.ts'
import { findDissents } from '../review/dissent/store.ts'
import { findAnswers, findInputs, findLinks } from '../review/inputs/read-store.ts'
import { shownFrom } from '../review/inputs/rules.ts'
import type { Rooms } from '../rooms/ports.ts'
import { readPublicMeetings } from './meetings-part.ts'
import { type PlanTextMemo, planFactsOf, readPlanPart, windowOf } from './plan-part.ts'
import {
  type Basis,
  basisOf,
  clauseNames,
  clauseOf,
  endedOf,
  eventsOf,
  factsOf,
  isApproval,
  isOfPublicText,
  lastOf,
  milestonesOf,
  publicPerson,
  sharesFor,
} from './public-text.ts'
import type {
  InputCounts,
  PublicApproval,
  PublicCommitment,
  PublicDissent,
  PublicEvent,
  PublicInput,
  PublicPlan,
  PublicRecord,
  PublicVersion,
} from './reading.ts'
import {
  type CommitmentRow,
  countShownInputs,
  findCommitments,
  findGroups,
  findMappedPlans,
  findPublicPlan,
  findPublicPlans,
  findSeqAt,
  findShownInputs,
  findStamp,
  findVersion,
  findVersionAt,
  type PlanRow,
} from './store.ts'
import { readSupport } from './support-part.ts'

/** What reading a public plan needs. */
export interface PublicDeps {
  db: Kysely<Database>
  rooms: Pick<Rooms, 'stateAt'>
  keeper: Keeper
  tree: Pick<Tree, 'checkpoint' | 'verifierKeys'>
  /** What was made of texts before; without it each is made anew. */
  texts?: TextMemo
  /** The same of plans' own texts. */
  planTexts?: PlanTextMemo
  /** Who wrote texts, as it was told before. */
  told?: ToldMemo
}

/** Remembers who wrote a text by everything that the answer depends on: who shows what, and the text's row and epoch. */
export type ToldMemo = Map<string, Promise<Authorship>>

/** How many answers are remembered. */
const mostTold = 100

/** What is made of a text alone. Others get it too: do not change it. */
type ReadText = Pick<PublicCommitment, 'content' | 'canonical' | 'facts' | 'fields' | 'milestones' | 'title'> & {
  version: Omit<PublicVersion, 'documentId'>
}

/** Remembers texts by document, epoch and row: what was taken out of one raised its epoch, and is not remembered. */
export type TextMemo = Map<string, ReadText>

/** How many texts are remembered. */
const mostTexts = 100

/** A public plan as a row of a list. */
export type PublicPlanItem = Omit<PlanRow, 'id'>

/** The most plans that are listed. */
const mostPlans = 500

/** Lists the public plans, by slug. */
export async function listPublicPlans(db: Kysely<Database>): Promise<PublicPlanItem[]> {
  const rows = await findPublicPlans(db, mostPlans)
  return rows.map(({ id: _, ...plan }) => plan)
}

/** What a map of the site names: of each public plan, by slug, which commitments and which minutes are public. */
export async function listMapped(
  db: Kysely<Database>,
): Promise<{ slug: string; commitments: number[]; minutes: number[] }[]> {
  const rows = await findMappedPlans(db, mostPlans)
  const minutes = await listPublicMinutes(
    db,
    rows.map(({ id }) => id),
  )
  const byPlan = Map.groupBy(minutes, ({ planId }) => planId)
  return rows.map(({ id, slug, commitments }) => ({
    ...{ slug, commitments },
    minutes: (byPlan.get(id) ?? []).map(({ meeting }) => meeting),
  }))
}

/**
 * What changes whenever anything public of a plan may have (`whole`), and whenever something may have been taken away
 * (`strict`); undefined when the plan is not public.
 */
export function stampOf(db: Kysely<Database>, slug: string): Promise<{ strict: string; whole: string } | undefined> {
  return findStamp(db, slug)
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
  const read: Read[] = []
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

/** Events from the first to the last; of the same moment, in the order of the record. */
const inOrder = (events: readonly PublicEvent[]): PublicEvent[] =>
  events.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : (a.entry ?? 0) - (b.entry ?? 0)))

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
function intoPublic(into: { number: number } | null, read: readonly Read[]): { number: number; title: string } | null {
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

/** A commitment that is public, and why. */
interface Based {
  row: CommitmentRow
  basis: Basis
  steps: StepRow[]
  requests: RequestRow[]
}

async function findBases(db: Kysely<Database>, planId: string): Promise<Based[]> {
  const found: Based[] = []
  for (const row of await findCommitments(db, planId)) {
    const [steps, requests] = await Promise.all([findSteps(db, row.id), findRequests(db, row.documentId)])
    const basis = basisOf({ state: row.state, steps, requests })
    if (basis) found.push({ row, basis, steps, requests })
  }
  return found
}

interface Read {
  commitment: PublicCommitment
  parts: PartOfGroup[]
}

async function readCommitment(
  deps: PublicDeps,
  plan: { id: string; strict: string },
  { row, basis, steps, requests }: Based,
  groups: readonly Group[],
): Promise<Read> {
  const { db } = deps
  const { documentId, number, state } = row
  const { version, title, ...text } = await readText(deps, row, basis)
  const { content } = text
  const hash = version.contentHash
  const approved = requests.filter((request) => isApproval(request.state))
  const [dissents, told, progress, people] = await Promise.all([
    findDissents(db, documentId),
    whoWrote(deps, plan, { ...row, seq: version.seq }),
    approved.length > 0 ? readProgress(db, documentId) : undefined,
    peopleOf(
      db,
      plan.id,
      approved.flatMap(({ decisions }) => decisions.map(({ userId }) => userId)),
    ),
  ])
  const inForce = approved[0]
  const here = { number, title }
  return {
    parts: partsOfDocument(told),
    commitment: {
      id: row.id,
      documentId,
      ...here,
      state,
      standing: basis.standing,
      since: basis.since.toISOString(),
      version: { ...version, documentId },
      ...text,
      milestones: text.milestones.map((one) => ({ ...one, progress: reportsOf(progress, version.id, one.number) })),
      assessment: assessmentOf(progress),
      redacted: 'versionId' in basis.text && inForce !== undefined && inForce.contentHash !== hash,
      approvals: approved.map((request) => approvalOf(request, people)),
      dissents: dissents.flatMap((one) => dissentOf(one, { basis, steps, requests }, groups, content)),
      shares: sharesFor(told),
      inputs: { total: 0, answered: 0, outcomes: [] },
      ended: endedOf(state, steps),
      consultation: null,
      events: inOrder([...eventsOf(here, steps, requests), ...progressEvents(here, progress)]),
    },
  }
}

/** Who wrote a text up to a row; remembered where it is known under which stamp. */
function whoWrote(
  deps: PublicDeps,
  { id, strict }: { id: string; strict: string },
  { documentId, epoch, seq }: { documentId: string; epoch: number | string; seq: number },
): Promise<Authorship> {
  const { told } = deps
  if (!told || strict === '') return authorshipAt(deps, id, documentId, seq)
  const key = `${strict} ${documentId} ${epoch} ${seq}`
  const known = told.get(key)
  if (known) return known
  const asked = authorshipAt(deps, id, documentId, seq)
  told.set(key, asked)
  asked.catch(() => told.delete(key))
  const [oldest] = told.keys()
  if (told.size > mostTold && oldest !== undefined) told.delete(oldest)
  return asked
}

/** What was reported of a milestone of the text that is public, oldest first; nothing where reports are on another text. */
function reportsOf(
  progress: PublicProgress | undefined,
  versionId: string | null,
  milestone: number,
): PublicCommitment['milestones'][number]['progress'] {
  if (!progress || progress.version.id !== versionId) return []
  const found = progress.milestones.find(({ number }) => number === milestone)
  return (found?.reports ?? []).toReversed().map(({ status, words, link, day, by, reportedAt, entry }) => ({
    ...{ status, link, day, entry },
    ...{ note: words, at: reportedAt.toISOString(), by: publicPerson(by) },
  }))
}

function assessmentOf(progress: PublicProgress | undefined): PublicCommitment['assessment'] {
  if (!progress?.assessment) return null
  const { level, reason, by, assessedAt, entry } = progress.assessment
  return { level, reason, by: publicPerson(by), at: assessedAt.toISOString(), entry }
}

/** What was reported and assessed, as it stands in a timeline. */
function progressEvents(
  commitment: { number: number; title: string },
  progress: PublicProgress | undefined,
): PublicEvent[] {
  const plain = { act: null, planAct: null, closesAt: null, commitment, reason: null, contentHash: null }
  const reported = progress?.milestones.flatMap(({ number, title, reports }) =>
    reports.map(({ status, reportedAt, entry }) => ({
      ...plain,
      ...{ kind: 'progress' as const, at: reportedAt.toISOString(), state: status, number, title, entry },
    })),
  )
  const assessment = assessmentOf(progress)
  if (!assessment) return reported ?? []
  const { level, at, entry } = assessment
  return [
    ...(reported ?? []),
    { ...plain, ...{ kind: 'assessment', at, state: level, number: null, title: '', entry } },
  ]
}

/** What is made of the text that is public: remembered, since it takes longer than all the rest together. */
async function readText(deps: PublicDeps, { documentId, epoch }: CommitmentRow, basis: Basis): Promise<ReadText> {
  const { texts = new Map<string, ReadText>() } = deps
  const key = `${documentId} ${epoch} ${'versionId' in basis.text ? basis.text.versionId : basis.text.at.getTime()}`
  const known = texts.get(key)
  if (known) return known
  // Rooms share this thread: they have their turn before each text, and before each of its clauses.
  await setImmediate()
  const { content, ...version } = await textOn(deps, documentId, basis)
  const fields: PublicCommitment['fields'] = []
  for (const at of clauseNames.keys()) {
    await setImmediate()
    fields.push(clauseOf(content, at))
  }
  await setImmediate()
  const read: ReadText = {
    title: textOf(content.fields.title, ' ').replace(/\s+/g, ' ').trim(),
    version: { ...version, contentHash: contentHash(content) },
    ...{ content, canonical: canonicalJson(content), facts: factsOf(content) },
    ...{ fields, milestones: milestonesOf(content) },
  }
  // Words may have been taken out while it was read: then it is kept under an epoch that is over, and never asked for.
  texts.set(key, read)
  const [oldest] = texts.keys()
  if (texts.size > mostTexts && oldest !== undefined) texts.delete(oldest)
  return read
}

/** The text that is public, with the version it is; `contentHash` is taken of the text as it reads now. */
async function textOn(
  { db, rooms }: PublicDeps,
  documentId: string,
  { text }: Basis,
): Promise<Omit<PublicVersion, 'documentId' | 'contentHash'> & { content: Content }> {
  if ('versionId' in text) {
    const version = await findVersion(db, documentId, text.versionId)
    // A foreign key holds it.
    if (!version) throw new Error(`document ${documentId} has no version ${text.versionId}`)
    const { id, number, name, seq, content } = version
    return { id, number, name, seq, content: JSON.parse(content) as Content }
  }
  const seq = await findSeqAt(db, documentId, text.at)
  const kept = await findVersionAt(db, documentId, seq)
  if (kept) {
    const { id, number, name, content } = kept
    return { id, number, name, seq, content: JSON.parse(content) as Content }
  }
  const moment = await rooms.stateAt(documentId, seq)
  if (!moment) throw new Error(`document ${documentId} has no row ${seq}`)
  return { id: null, number: null, name: null, seq, content: contentOfState(moment.state) }
}

function approvalOf(request: RequestRow, people: ReadonlyMap<string, Person>): PublicApproval {
  const { number, versionNumber, versionName, contentHash, state, requestedAt, entry, deciders, decisions } = request
  const approvedAt = lastOf(decisions.map(({ decidedAt }) => decidedAt)) ?? requestedAt
  return {
    ...{ number, contentHash, entry },
    version: { number: versionNumber, name: versionName },
    state: state === 'approved' ? 'approved' : 'voided',
    requestedAt: requestedAt.toISOString(),
    approvedAt: approvedAt.toISOString(),
    decisions: deciders.flatMap(({ userId, party }) =>
      decisions
        .filter((one) => one.userId === userId)
        .map(({ reason, contentHash, decidedAt, entry, signingKey: key, clauses }) => ({
          ...{ person: publicPerson(people.get(userId)), party, reason, contentHash, at: decidedAt.toISOString() },
          ...{ entry, signed: key !== null, key, clauses: clauses && [...clauses] },
        })),
    ),
  }
}

/**
 * A position as it is told: word for word where it was stated on a text that is or was public. One on a draft that became the
 * public text and that stood by then has no words, which may be about the draft's; any other is not told.
 */
function dissentOf(
  row: Awaited<ReturnType<typeof findDissents>>[number],
  { basis, steps, requests }: Pick<Based, 'basis' | 'steps' | 'requests'>,
  groups: readonly Group[],
  content: Content,
): PublicDissent[] {
  const { number, groupId, field, quote, position, statedAt, withdrawnAt, entry } = row
  const group = groups.find(({ id }) => id === groupId)
  const label = commitmentFields.find(({ name }) => name === field)?.label
  if (!group || !label) return []
  const isTold = isOfPublicText(entry, steps, requests)
  const stoodBy = statedAt < basis.since && (withdrawnAt === null || withdrawnAt > basis.since)
  if (!isTold && !stoodBy) return []
  // Words that stood in a draft are not public unless they stand in the text that is.
  const isPublic = isTold && quote !== null && flat(textOf(content.fields[field], ' ')).includes(flat(quote))
  return [
    {
      ...{ number, field, label, entry },
      position: isTold ? position : '',
      group: { name: group.name, sector: group.sector },
      quote: isPublic ? quote : null,
      statedAt: statedAt.toISOString(),
      withdrawnAt: withdrawnAt?.toISOString() ?? null,
    },
  ]
}

const flat = (text: string): string => text.replace(/\s+/g, '')

function countsOf(
  rows: readonly { outcome: InputCounts['outcomes'][number]['outcome'] | null; count: number }[],
): InputCounts {
  const sum = (some: readonly { count: number }[]) => some.reduce((total, { count }) => total + count, 0)
  const outcomes = rows.flatMap(({ outcome, count }) => (outcome === null ? [] : [{ outcome, count }]))
  return { total: sum(rows), answered: sum(outcomes), outcomes }
}

function meetingOf(meetings: PublicPlan['meetings'], number: number | undefined): PublicInput['meeting'] {
  const found = number === undefined ? undefined : meetings.find((one) => one.number === number)
  return found?.number ? { number: found.number, title: found.title } : null
}

/**
 * Reads inputs that anybody may read of a plan that was read a moment ago, those numbered above `after`, at most `limit`, by
 * number.
 */
export async function readPublicInputs(
  { db }: Pick<PublicDeps, 'db'>,
  plan: Pick<PublicPlan, 'id' | 'title' | 'text' | 'commitments' | 'meetings'>,
  { after, limit }: { after: number; limit: number },
): Promise<PublicInput[]> {
  const planId = plan.id
  const byDocument = new Map<string, { number: number; title: string }>(
    plan.commitments.map((commitment) => [commitment.documentId, commitment]),
  )
  if (plan.text) byDocument.set(plan.text.version.documentId, { number: 0, title: plan.title })
  const ids = await findShownInputs(db, { planId, documents: [...byDocument.keys()], after, limit })
  if (ids.length === 0) return []
  const [inputs, links, answers, groups] = await Promise.all([
    findInputs(db, planId, { ids, limit: ids.length }),
    findLinks(db, ids),
    findAnswers(db, ids),
    groupsOf(db, planId),
  ])
  const people = await peopleOf(db, planId, [
    ...inputs.flatMap(({ fromId }) => fromId ?? []),
    ...answers.map(({ byId }) => byId),
  ])
  return inputs.map((row) => {
    const from = shownFrom(row, people, groups)
    return {
      number: row.number,
      channel: row.channel,
      place: row.place,
      saidOn: row.saidOn,
      language: row.language,
      words: row.takenBackAt === null ? row.words : '',
      takenBack: row.takenBackAt !== null,
      meeting: meetingOf(plan.meetings, row.meeting?.number),
      from: publicPerson(from),
      // A side would give away who is shown as nobody.
      side: from.group === null ? null : row.side,
      links: links.flatMap(({ inputId, documentId, field }) => {
        // The title as it is public: the one of the document may be of a draft.
        const commitment = inputId === row.id ? byDocument.get(documentId) : undefined
        if (!commitment) return []
        const label = (field !== null && labelNamed(field)) || null
        return [{ number: commitment.number, title: commitment.title, field, label }]
      }),
      answers: answers
        .filter(({ inputId }) => inputId === row.id)
        .map(({ outcome, reason, mergedNumber, documentId, version, byId, answeredAt, entry }) => {
          const commitment = byDocument.get(documentId ?? '')?.number
          return {
            ...{ outcome, reason, entry },
            mergedInto: mergedNumber,
            version: commitment === undefined || version === null ? null : { number: version, commitment },
            by: publicPerson(people.get(byId)),
            at: answeredAt.toISOString(),
          }
        }),
      entry: row.entry,
    }
  })
}
