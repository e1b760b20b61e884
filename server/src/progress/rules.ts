import type { CommitmentState, Role, Sector } from '@cabildo/protocol/http/common'
import type { Completion, MilestoneStatus } from '@cabildo/protocol/http/progress'
import { childrenOf, textOf } from '@cabildo/schema/text'

/** Reports, and assessments, that one commitment can have. */
export const mostReports = 1000
export const mostAssessments = 100

/** A report as it is kept. */
export interface ReportRow {
  number: number
  versionId: string
  versionNumber: number
  milestone: number
  status: MilestoneStatus
  words: string
  link: string | null
  /** `YYYY-MM-DD`. */
  day: string
  salt: Uint8Array
  byId: string
  entry: number
  reportedAt: Date
}

/** An assessment as it is kept. */
export interface AssessmentRow {
  number: number
  level: Completion
  reason: string
  salt: Uint8Array
  byId: string
  entry: number
  assessedAt: Date
}

/** The version in force, or that was last, with its text as canonical JSON. */
export interface ApprovedRow {
  id: string
  number: number
  content: string
  planId: string
  inForce: boolean
}

/** A milestone as a version tells it; `number` is its place, from 1. */
export interface Milestone {
  number: number
  title: string
  start: string | null
  due: string | null
  lead: string
}

const reported: readonly CommitmentState[] = ['approved', 'submitted', 'implementing', 'completed']
const assessed: readonly CommitmentState[] = ['implementing', 'completed', 'assessed']

/** Whether the state of a commitment takes reports on milestones, and whether it takes an assessment. */
export const takesReports = (state: CommitmentState): boolean => reported.includes(state)
export const takesAssessments = (state: CommitmentState): boolean => assessed.includes(state)

/** Whether somebody answers for milestones: who coordinates, and who drafts for a group of the government. */
export function answersFor(role: Role, sector: Sector | undefined): boolean {
  return role === 'coordinator' || (role === 'drafter' && sector === 'government')
}

/** The milestones of a version, from its text as canonical JSON. */
export function milestonesOf(content: string): Milestone[] {
  // Written by the schema.
  const { fields } = JSON.parse(content) as { fields: { milestones?: Parameters<typeof childrenOf>[0] } }
  return childrenOf(fields.milestones).map((node, at) => {
    const [title] = childrenOf(node)
    const { start, due, lead } = node.attrs ?? {}
    const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)
    return { number: at + 1, title: textOf(title), start: text(start), due: text(due), lead: text(lead) ?? '' }
  })
}
