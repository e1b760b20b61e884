import type { CommitmentState } from '@cabildo/protocol/http/common'
import type { Completion, MilestoneStatus } from '@cabildo/protocol/http/progress'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../db/types.ts'
import type { ApprovedRow, AssessmentRow, ReportRow } from './rules.ts'

/** Reads the state of a commitment by its document; undefined when there is none. */
export async function findState(db: Kysely<Database>, documentId: string): Promise<CommitmentState | undefined> {
  const row = await db.selectFrom('commitment').where('documentId', '=', documentId).select('state').executeTakeFirst()
  // A check in the database holds the column to its values.
  return row?.state as CommitmentState | undefined
}

/** Holds a commitment, as whatever moves it does: what is said of it happens one by one. */
export async function holdCommitment(trx: Transaction<Database>, documentId: string): Promise<void> {
  await sql`select from commitment where document_id = ${documentId} for no key update`.execute(trx)
}

/** Reads the approved version in force, else the one that was in force last. */
export async function findApproved(db: Kysely<Database>, documentId: string): Promise<ApprovedRow | undefined> {
  const { rows } = await sql<ApprovedRow>`
    select v.id, v.number, v.content, r.plan_id, r.state = 'approved' as in_force
    from approval_request r join version v on v.document_id = r.document_id and v.id = r.version_id
    where r.document_id = ${documentId} and r.state in ('approved', 'voided')
    order by r.number desc limit 1`.execute(db)
  return rows[0]
}

/** Reads the reports on a commitment, newest first. */
export async function findReports(db: Kysely<Database>, documentId: string): Promise<ReportRow[]> {
  const { rows } = await sql<Omit<ReportRow, 'status'> & { status: string }>`
    select r.number, r.version_id, v.number as version_number, r.milestone, r.status, r.words, r.link, r.day::text as day,
      r.salt, r.by_id, r.entry, r.reported_at
    from milestone_report r join version v on v.document_id = r.document_id and v.id = r.version_id
    where r.document_id = ${documentId} order by r.number desc`.execute(db)
  // A check in the database holds the column to its values.
  return rows.map((row) => ({ ...row, status: row.status as MilestoneStatus }))
}

/** Whether somebody sent a report with this key before. */
export async function wasSent(db: Kysely<Database>, byId: string, key: string): Promise<boolean> {
  const row = await db
    .selectFrom('milestoneReport')
    .select('number')
    .where('byId', '=', byId)
    .where('key', '=', key)
    .executeTakeFirst()
  return row !== undefined
}

/** Stores a report. */
export async function insertReport(
  trx: Transaction<Database>,
  {
    salt,
    ...row
  }: Omit<ReportRow, 'reportedAt' | 'versionNumber'> & { planId: string; documentId: string; key: string },
): Promise<void> {
  await trx
    .insertInto('milestoneReport')
    .values({ ...row, salt: Buffer.from(salt) })
    .execute()
}

/** Reads the assessments of a commitment, newest first. */
export async function findAssessments(db: Kysely<Database>, documentId: string): Promise<AssessmentRow[]> {
  const rows = await db
    .selectFrom('completionAssessment')
    .where('documentId', '=', documentId)
    .select(['number', 'level', 'reason', 'salt', 'byId', 'entry', 'assessedAt'])
    .orderBy('number', 'desc')
    .execute()
  // A check in the database holds the column to its values.
  return rows.map((row) => ({ ...row, level: row.level as Completion }))
}

/** Stores an assessment. */
export async function insertAssessment(
  trx: Transaction<Database>,
  { salt, ...row }: Omit<AssessmentRow, 'assessedAt'> & { planId: string; documentId: string },
): Promise<void> {
  await trx
    .insertInto('completionAssessment')
    .values({ ...row, salt: Buffer.from(salt) })
    .execute()
}
