/**
 * What becomes of an approved text.
 * 1. Who answers for the milestones reports on each, as the version in force names them: status, words, a link, a day.
 * 2. The monitoring body says how far the commitment is completed, on OGP's scale, and why.
 * 3. Nothing is changed afterwards: another one follows. Each is entered in the plan's record, in its transaction.
 */
import { randomBytes } from 'node:crypto'
import { AppError, refuseField } from '@cabildo/protocol/errors'
import type { Person } from '@cabildo/protocol/http/common'
import type { Completion, MilestoneReport, MilestoneStatus, Progress } from '@cabildo/protocol/http/progress'
import { toHex } from '@cabildo/record/bytes'
import { canonicalText } from '@cabildo/record/canonical-json'
import { payloadCommitment, saltLength } from '@cabildo/record/hash'
import type { Kysely, Transaction } from 'kysely'
import { demandAlive } from '../auth/renewal.ts'
import { type Action, may } from '../auth/rules.ts'
import type { Actor } from '../auth/sessions.ts'
import type { Database } from '../db/types.ts'
import { type DocumentMembership, enterDocument, groupsOf, peopleOf } from '../people/service.ts'
import { appendEntry } from '../record/service.ts'
import {
  type AssessmentRow,
  answersFor,
  type Milestone,
  milestonesOf,
  mostAssessments,
  mostReports,
  type ReportRow,
  takesAssessments,
  takesReports,
} from './rules.ts'
import {
  findApproved,
  findAssessments,
  findReports,
  findState,
  holdCommitment,
  insertAssessment,
  insertReport,
  wasSent,
} from './store.ts'

/** A row as anybody may read it: who said it stands as they let themselves be shown now. */
type Open<Row> = Omit<Row, 'byId' | 'salt'> & { by: Pick<Person, 'name' | 'group'> }

/** What became of a commitment, as anybody may read it. */
export interface PublicProgress {
  /** The version in force, else the one that was in force last. */
  version: { id: string; number: number }
  /** Each with what was reported of it on that version, newest first. */
  milestones: (Milestone & { reports: Open<ReportRow>[] })[]
  /** The last one; null for none. */
  assessment: Open<AssessmentRow> | null
}

/**
 * Reads what became of a commitment; undefined before a text of it was approved. For public pages and exports, of a plan that
 * may be read: no right is asked for.
 */
export async function readProgress(db: Kysely<Database>, documentId: string): Promise<PublicProgress | undefined> {
  const approved = await findApproved(db, documentId)
  if (!approved) return undefined
  const [reports, [assessment]] = await Promise.all([findReports(db, documentId), findAssessments(db, documentId)])
  const told = [...reports, ...(assessment ? [assessment] : [])]
  const people = await peopleOf(
    db,
    approved.planId,
    told.map(({ byId }) => byId),
  )
  const open = <Row extends { byId: string; salt: Uint8Array }>({ byId, salt: _, ...row }: Row) => {
    const { name, group } = known(people, byId)
    return { ...row, by: { name, group } }
  }
  return {
    version: { id: approved.id, number: approved.number },
    milestones: milestonesOf(approved.content).map((milestone) => ({
      ...milestone,
      reports: reports.filter((one) => isOn(one, approved.id, milestone)).map(open),
    })),
    assessment: assessment ? open(assessment) : null,
  }
}

/** A salt as it is told; null once words were taken out, since nothing can be checked with it. */
const hexOf = (salt: Uint8Array): string | null => (salt.length === 0 ? null : toHex(salt))

const isOn = (report: ReportRow, versionId: string, { number }: Milestone): boolean =>
  report.versionId === versionId && report.milestone === number

/** Tells what became of a commitment, and what the reader may say of it. */
export async function tellProgress(db: Kysely<Database>, actor: Actor, documentId: string): Promise<Progress> {
  const membership = await enterDocument(db, actor, documentId, 'document.open')
  const state = await findState(db, documentId)
  if (state === undefined) throw new AppError('not_found')
  const { planId, role } = membership
  const [approved, reports, assessments] = await Promise.all([
    findApproved(db, documentId),
    findReports(db, documentId),
    findAssessments(db, documentId),
  ])
  const people = await peopleOf(
    db,
    planId,
    [...reports, ...assessments].map(({ byId }) => byId),
  )
  const tell = ({ versionId, versionNumber, salt, byId, reportedAt, ...row }: ReportRow): MilestoneReport => ({
    ...row,
    // Read from a column of ids.
    version: { id: versionId as MilestoneReport['version']['id'], number: versionNumber },
    ...{ by: known(people, byId), at: reportedAt.toISOString(), salt: hexOf(salt) },
  })
  const milestones = approved ? milestonesOf(approved.content) : []
  return {
    // As above.
    version: approved ? { id: approved.id as MilestoneReport['version']['id'], number: approved.number } : null,
    milestones: milestones.map((milestone) => ({
      ...milestone,
      reports: reports.filter((one) => isOn(one, approved?.id ?? '', milestone)).map(tell),
    })),
    earlier: reports.filter(({ versionId }) => versionId !== approved?.id).map(tell),
    assessments: assessments.map(({ byId, salt, assessedAt, ...row }) => ({
      ...row,
      ...{ by: known(people, byId), at: assessedAt.toISOString(), salt: hexOf(salt) },
    })),
    may: {
      report: approved?.inForce === true && takesReports(state) && (await mayReport(db, membership)),
      assess: takesAssessments(state) && may(role, 'progress.assess'),
    },
  }
}

async function mayReport(db: Kysely<Database>, { planId, role, groupId }: DocumentMembership): Promise<boolean> {
  if (!may(role, 'progress.report')) return false
  const group = (await groupsOf(db, planId)).find(({ id }) => id === groupId)
  return answersFor(role, group?.sector)
}

/** What is reported of a milestone. */
export interface Reporting {
  key: string
  versionId: string
  milestone: number
  status: MilestoneStatus
  words: string
  link?: string | undefined
  day: string
}

/** Reports on a milestone of the version in force. Another version in force than the one seen is a `conflict`. */
export async function reportMilestone(
  db: Kysely<Database>,
  actor: Actor,
  documentId: string,
  { key, versionId, milestone, status, words, link = undefined, day }: Reporting,
): Promise<Progress> {
  await change(db, actor, documentId, 'progress.report', async (trx, membership) => {
    if (!(await mayReport(trx, membership))) throw new AppError('forbidden')
    if (await wasSent(trx, actor.userId, key)) return
    const state = await findState(trx, documentId)
    const approved = await findApproved(trx, documentId)
    if (!state || !approved?.inForce || !takesReports(state) || approved.id !== versionId)
      throw new AppError('conflict', { detail: 'This version is not the one in force.' })
    if (!milestonesOf(approved.content).some(({ number }) => number === milestone))
      throw refuseField('/milestone', 'The version has no such milestone.')
    const [last] = await findReports(trx, documentId)
    const number = (last?.number ?? 0) + 1
    if (number > mostReports) throw new AppError('too_large', { detail: `At most ${mostReports} reports can be kept.` })
    const salt = randomBytes(saltLength)
    const said = canonicalText({ words, ...(link !== undefined && { link }) })
    const { seq: entry } = await appendEntry(trx, membership.planId, {
      ...{ type: 'progress', userId: actor.userId, documentId },
      payload: {
        ...{ kind: 'reported', document: documentId, report: number, version: approved.number, milestone, status, day },
        said: payloadCommitment(salt, said),
      },
    })
    const { planId } = membership
    const row = { documentId, planId, number, key, versionId, milestone, status, words, day, salt, entry }
    await insertReport(trx, { ...row, link: link ?? null, byId: actor.userId })
  })
  return tellProgress(db, actor, documentId)
}

/** Says for the monitoring body how far a commitment is completed, and why. */
export async function assess(
  db: Kysely<Database>,
  actor: Actor,
  documentId: string,
  { level, reason }: { level: Completion; reason: string },
): Promise<Progress> {
  await change(db, actor, documentId, 'progress.assess', async (trx, { planId }) => {
    const state = await findState(trx, documentId)
    if (!state || !takesAssessments(state)) throw new AppError('conflict', { detail: 'It is not being implemented.' })
    const [last] = await findAssessments(trx, documentId)
    const number = (last?.number ?? 0) + 1
    if (number > mostAssessments) throw new AppError('too_large', { detail: 'It was assessed too often.' })
    const salt = randomBytes(saltLength)
    const { seq: entry } = await appendEntry(trx, planId, {
      ...{ type: 'progress', userId: actor.userId, documentId },
      payload: {
        ...{ kind: 'assessed', document: documentId, assessment: number, level },
        reason: payloadCommitment(salt, reason),
      },
    })
    await insertAssessment(trx, { documentId, planId, number, level, reason, salt, byId: actor.userId, entry })
  })
  return tellProgress(db, actor, documentId)
}

/** Opens a transaction in which a commitment is held by somebody who may speak of it, read now. */
async function change(
  db: Kysely<Database>,
  actor: Actor,
  documentId: string,
  right: Action,
  work: (trx: Transaction<Database>, membership: DocumentMembership) => Promise<void>,
): Promise<void> {
  await enterDocument(db, actor, documentId, right)
  await db.transaction().execute(async (trx) => {
    await demandAlive(trx, actor)
    await holdCommitment(trx, documentId)
    await work(trx, await enterDocument(trx, actor, documentId, right))
  })
}

function known(people: Map<string, Person>, userId: string): Person {
  const person = people.get(userId)
  // Accounts are suspended and erased, never deleted.
  if (!person) throw new Error(`user ${userId} is not known`)
  return person
}
