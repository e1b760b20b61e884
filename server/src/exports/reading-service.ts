/**
 * A plan as its members export it. What is public reads as the public reads it; with `working`, a text that is not the public
 * one stands as it was committed last, and says that it is a working draft.
 */
import { AppError } from '@cabildo/protocol/errors'
import type { Input } from '@cabildo/protocol/http/inputs'
import { toHex } from '@cabildo/record/bytes'
import { contentHash } from '@cabildo/schema/canonical'
import { labelNamed } from '@cabildo/schema/templates/labels'
import { findPlanSteps } from '../approvals/plan/store.ts'
import type { Actor } from '../auth/sessions.ts'
import { readPlanAuthorship } from '../authorship/service.ts'
import { letterName } from '../endorsements/rules.ts'
import { type PublicEndorsements, readEndorsements } from '../endorsements/service.ts'
import { readMeetings } from '../meetings/service.ts'
import { enterPlan } from '../people/service.ts'
import { findPlan } from '../plans/store.ts'
import { type PlanSections, type PlanTextDeps, readPlanSections } from '../plans/text/service.ts'
import { findPlanText } from '../plans/text/store.ts'
import { readProgress } from '../progress/service.ts'
import { readPublicInputs } from '../publish/inputs-part.ts'
import {
  clauseNames,
  clauseOf,
  enough,
  factsOf,
  milestonesOf,
  publicPerson,
  sharesFor,
  titleOf,
} from '../publish/public-text.ts'
import type { PublicFact, PublicInput, PublicPlan } from '../publish/reading.ts'
import { type PublicDeps, readPublished } from '../publish/service.ts'
import { findCommitments, findWorkshops } from '../publish/store.ts'
import { countsOf, readInputs } from '../review/inputs/matrix.ts'
import type { Rooms } from '../rooms/ports.ts'
import { commitmentFromPublic, fromPublic } from './from-public.ts'
import { meetingText, workshopText } from './meeting-text.ts'
import type {
  CommitmentText,
  EndorsementText,
  FileText,
  MemberPlan,
  MilestoneText,
  PlanText,
  PlanWithInputs,
  Process,
} from './plan-text.ts'
import { letterWords } from './words.ts'

/** What reading a plan for its members needs. */
export interface ReadingDeps extends PublicDeps, Omit<PlanTextDeps, 'db' | 'rooms'> {
  rooms: Pick<Rooms, 'stateAt' | 'read' | 'inside'>
}

/** Which text is exported: what is public, or what stands. */
export type WantedText = 'public' | 'working'

/** A plan that was read, with its id. */
export type ReadPlan = MemberPlan & { planId: string }

/**
 * Reads a plan for somebody who takes part in it; guests of a workshop are refused. Throws `not_found` for what is public of a
 * plan that is not.
 */
export async function readForMember(
  deps: ReadingDeps,
  actor: Actor,
  given: string,
  text: WantedText,
): Promise<ReadPlan> {
  const { planId } = await enterPlan(deps.db, actor, given, 'plan.export')
  if (actor.workshopId !== null) throw new AppError('forbidden')
  const found = await findPlan(deps.db, planId)
  if (!found) throw new AppError('not_found')
  if (text === 'public' && found.state === 'planning')
    throw new AppError('not_found', { detail: 'Nothing of this plan is public yet.' })
  const { id, slug, title, place, demo, state } = found
  const shown = await readPublished(deps, { id, slug, title, place, demo, state })
  const process = await readProcess(deps, shown)
  const read = text === 'public' ? await withPublicInputs(deps, shown) : await readWorking(deps, actor, shown, process)
  return { planId, process, ...read }
}

/** A public plan with every input that anybody may read. */
export async function withPublicInputs(deps: PublicDeps, plan: PublicPlan): Promise<PlanWithInputs> {
  const inputs: PublicInput[] = []
  for (;;) {
    const more = await readPublicInputs(deps, plan, { after: inputs.at(-1)?.number ?? 0, limit: pageSize })
    inputs.push(...more)
    if (more.length < pageSize) return { plan: fromPublic(plan), inputs }
  }
}

const pageSize = 500

async function readProcess({ db }: ReadingDeps, { id: planId, events }: PublicPlan): Promise<Process> {
  const [meetings, steps, row, { letters }] = await Promise.all([
    readMeetings(db, planId),
    findPlanSteps(db, planId),
    findPlanText(db, planId),
    readEndorsements(db, planId),
  ])
  return {
    meetings: meetings.filter(({ state }) => state === 'held'),
    steps: steps.map(({ state, at }) => ({ state, at })),
    told: events.map(({ at }) => at),
    days: { start: row?.start ?? null, end: row?.end ?? null, submitted: row?.submitted ?? null },
    letters: letters.map(({ number, side, organisation, mediaType }) => ({ number, side, organisation, mediaType })),
    hasMonitorContact: (row?.monitorContact ?? '') !== '',
  }
}

async function readWorking(
  deps: ReadingDeps,
  actor: Actor,
  shown: PublicPlan,
  process: Process,
): Promise<PlanWithInputs> {
  const { db, keeper, rooms } = deps
  const planId = shown.id
  const rows = await findCommitments(db, planId)
  const [inputs, sections, behind, workshops] = await Promise.all([
    readInputs({ db }, actor, planId),
    readPlanSections(deps, planId),
    readEndorsements(db, planId),
    findWorkshops(db, planId),
  ])
  const commitments: CommitmentText[] = []
  // One after another: each is a text to be put together, and rooms share this thread.
  for (const row of rows) commitments.push(await commitmentAsItStands(deps, row, { shown, inputs }))
  const known = new Set(process.meetings.flatMap(({ workshop }) => workshop?.id ?? []))
  const meetings = [
    ...process.meetings.map(meetingText),
    ...workshops.filter(({ id }) => !known.has(id as never)).map(workshopText(enough)),
  ].sort((a, b) => (a.heldOn < b.heldOn ? -1 : a.heldOn > b.heldOn ? 1 : 0))
  const written = await readPlanAuthorship({ db, keeper, rooms }, actor, planId)
  const plan: PlanText = {
    ...fromPublic(shown),
    ...(sections ? asItStands(sections, shown) : {}),
    ...{ commitments, meetings },
    endorsements: endorsementsOf(behind),
    files: lettersOf(behind),
    inputs: countsOf(inputs),
    shares: sharesFor(written),
  }
  return { plan, inputs: inputs.map(asPublic) }
}

/** The plan's own text: as it is public where it stands so, and what the program knows of the plan. */
function asItStands(told: PlanSections, shown: PublicPlan): Pick<PlanText, 'facts' | 'sections'> {
  const { documentId, seq, contentHash: hash, version: numbered } = told
  const version = {
    ...{ documentId, seq, contentHash: hash, id: numbered?.id ?? null },
    ...{ number: numbered?.number ?? null, name: numbered?.name ?? null },
  }
  const rows = told.sections.flatMap((section) => section.rows)
  const facts = new Map<string, PublicFact>()
  for (const { by, key, label, text } of rows)
    if (by === 'known' && text.es !== '' && !facts.has(key)) facts.set(key, { key, label, value: text.es, text })
  const published = shown.sections[0]?.version.contentHash === hash
  const sections = rows.flatMap(({ key, label, question, content, text }, at) =>
    content === null || question === null
      ? []
      : [
          {
            ...{ key, number: at + 1, label, question, content, text, version },
            ...{ hash: contentHash(content), empty: text.es.trim() === '' },
          },
        ],
  )
  return { facts: [...facts.values()], sections: published ? shown.sections : sections }
}

function endorsementsOf({ endorsements }: PublicEndorsements): EndorsementText[] {
  return endorsements.map(({ name, office, organisation, group, texts, givenAt, entry }) => ({
    ...{ name, role: office, organisation, sector: group?.sector ?? null, at: givenAt.toISOString(), entry },
    texts: texts.map(({ number, contentHash }) => ({ number, contentHash })),
  }))
}

function lettersOf({ letters }: PublicEndorsements): FileText[] {
  return letters.map(({ number, side, organisation, mediaType, size, sha256, entry }) => ({
    name: `${letterWords[side].es}: ${organisation} (${letterName(number, mediaType)})`,
    ...{ mediaType, size, entry, sha256: sha256 === null ? '' : toHex(sha256) },
  }))
}

async function commitmentAsItStands(
  { db, rooms, contentAt }: ReadingDeps,
  { documentId, number, state }: Awaited<ReturnType<typeof findCommitments>>[number],
  { shown, inputs }: { shown: PublicPlan; inputs: readonly Input[] },
): Promise<CommitmentText> {
  const [committed, progress] = await Promise.all([rooms.read(documentId), readProgress(db, documentId)])
  if (!committed) throw new AppError('not_found')
  const { content, contentHash: hash } = contentAt(documentId, committed)
  const published = shown.commitments.find((one) => one.documentId === documentId)
  const isPublished = published?.version.contentHash === hash
  const milestones = milestonesOf(content).map((milestone): MilestoneText => {
    // Reports name the place of a milestone in the text that was approved: they are of this one where it is that text.
    const reports = isPublished
      ? progress?.milestones.find((one) => one.number === milestone.number)?.reports
      : undefined
    return {
      ...milestone,
      progress: (reports ?? []).toReversed().map(({ status, words, link, day, entry, reportedAt }) => ({
        ...{ status, link, day, entry, note: words, at: reportedAt.toISOString() },
      })),
    }
  })
  const counts = countsOf(inputs.filter(({ links }) => links.some(({ document }) => document.id === documentId)))
  if (published && isPublished) return { ...commitmentFromPublic(published), milestones, inputs: counts }
  return {
    ...{ number, state, content, milestones, standing: 'working' },
    title: titleOf(content),
    version: { documentId, id: null, number: null, name: null, seq: committed.headSeq, contentHash: hash },
    facts: factsOf(content),
    fields: clauseNames.map((_, at) => clauseOf(content, at)),
    // Nobody approved this text; what was reserved stays with the clause whatever it says.
    approvals: [],
    dissents: published?.dissents ?? [],
    inputs: counts,
  }
}

/** An input as its reader may see it, without the ids by which people could be followed. */
function asPublic(input: Input): PublicInput {
  const { number, channel, place, saidOn, language, words, takenBackAt, meeting, from, side, links, answers, entry } =
    input
  return {
    ...{ number, channel, place, saidOn, language, entry },
    words: takenBackAt === null ? words : '',
    takenBack: takenBackAt !== null,
    meeting: meeting && { number: meeting.number, title: meeting.title },
    from: publicPerson(from),
    side,
    links: links.map(({ document, field }) => ({
      ...{ number: document.number, title: document.title, field },
      label: field === null ? null : (labelNamed(field) ?? null),
    })),
    answers: answers.map((answer) => ({
      ...{ outcome: answer.outcome, reason: answer.reason, mergedInto: answer.mergedInto?.number ?? null },
      version: null,
      ...{ by: publicPerson(answer.by), at: answer.answeredAt, entry: answer.entry },
    })),
  }
}
