/**
 * What is public of a commitment: its text on the version that is, and what was decided, reserved and reported on that very
 * text. Texts, and who wrote them, are remembered: putting one together takes longer than all the rest.
 */
import { setImmediate } from 'node:timers/promises'
import type { Authorship, PartOfGroup } from '@cabildo/protocol/http/authorship'
import type { Group, Person } from '@cabildo/protocol/http/common'
import { canonicalJson, contentHash } from '@cabildo/schema/canonical'
import { type Content, contentOfState } from '@cabildo/schema/content'
import { commitmentFields } from '@cabildo/schema/templates/ogp-commitment-fields'
import { textOf } from '@cabildo/schema/text'
import type { Kysely } from 'kysely'
import type { RequestRow, StepRow } from '../approvals/rules.ts'
import { findRequests, findSteps } from '../approvals/store.ts'
import type { Keeper } from '../authorship/keeper.ts'
import { partsOfDocument } from '../authorship/rules.ts'
import { authorshipAt } from '../authorship/service.ts'
import type { Database } from '../db/types.ts'
import { peopleOf } from '../people/service.ts'
import { type PublicProgress, readProgress } from '../progress/service.ts'
import { findDissents } from '../review/dissent/store.ts'
import type { Rooms } from '../rooms/ports.ts'
import {
  type Basis,
  basisOf,
  clauseNames,
  clauseOf,
  endedOf,
  eventsOf,
  factsOf,
  inOrder,
  isApproval,
  isOfPublicText,
  lastOf,
  milestonesOf,
  publicPerson,
  sharesFor,
  titleOf,
} from './public-text.ts'
import type { PublicApproval, PublicCommitment, PublicDissent, PublicEvent, PublicVersion } from './reading.ts'
import { type CommitmentRow, findCommitments, findSeqAt, findVersion, findVersionAt } from './store.ts'

/** What reading public texts needs. */
export interface TextDeps {
  db: Kysely<Database>
  rooms: Pick<Rooms, 'stateAt'>
  keeper: Keeper
  /** What was made of texts before; without it each is made anew. */
  texts?: TextMemo
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

/** A commitment that is public, and why. */
export interface Based {
  row: CommitmentRow
  basis: Basis
  steps: StepRow[]
  requests: RequestRow[]
}

/** Reads which commitments of a plan are public. */
export async function findBases(db: Kysely<Database>, planId: string): Promise<Based[]> {
  const found: Based[] = []
  for (const row of await findCommitments(db, planId)) {
    const [steps, requests] = await Promise.all([findSteps(db, row.id), findRequests(db, row.documentId)])
    const basis = basisOf({ state: row.state, steps, requests })
    if (basis) found.push({ row, basis, steps, requests })
  }
  return found
}

/** A commitment as the public reads it, and who wrote its text. */
export interface ReadCommitment {
  commitment: PublicCommitment
  parts: PartOfGroup[]
}

/** Reads a commitment that is public. Its inputs are counted by whoever counts them for the whole plan. */
export async function readCommitment(
  deps: TextDeps,
  plan: { id: string; strict: string },
  { row, basis, steps, requests }: Based,
  groups: readonly Group[],
): Promise<ReadCommitment> {
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
export function whoWrote(
  deps: TextDeps,
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
async function readText(deps: TextDeps, { documentId, epoch }: CommitmentRow, basis: Basis): Promise<ReadText> {
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
    title: titleOf(content),
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
  { db, rooms }: TextDeps,
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
