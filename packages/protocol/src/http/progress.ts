import { z } from 'zod'
import { DocumentId, VersionId } from '../ids.ts'
import { Key, Person, Time } from './common.ts'
import type { Contract } from './contract.ts'

/** How a milestone stands, as who is responsible reports it. */
export const MilestoneStatus = z.enum(['not_started', 'in_progress', 'delayed', 'done'])
export type MilestoneStatus = z.infer<typeof MilestoneStatus>

/** How far a commitment is completed, on OGP's scale. */
export const Completion = z.enum(['no_evidence', 'not_started', 'limited', 'substantial', 'complete'])
export type Completion = z.infer<typeof Completion>

const Day = z.iso.date()

/** What was reported of a milestone. */
const MilestoneReport = z.object({
  /** Of all reports on the commitment. */
  number: z.number().int(),
  /** The approved version it speaks of, and the milestone's place in it, from 1. */
  version: z.object({ id: VersionId, number: z.number().int() }),
  milestone: z.number().int(),
  status: MilestoneStatus,
  words: z.string(),
  /** Evidence to look at. */
  link: z.string().nullable(),
  /** The day it speaks of. */
  day: Day,
  by: Person,
  at: Time,
  entry: z.number().int(),
  /** Of the hash of words and link in the record; null when words were taken out. */
  salt: z.string().nullable(),
})
export type MilestoneReport = z.infer<typeof MilestoneReport>

/** How far a commitment was found completed, and why. */
const Assessment = z.object({
  number: z.number().int(),
  level: Completion,
  reason: z.string(),
  by: Person,
  at: Time,
  entry: z.number().int(),
  /** Of the hash of the reason in the record; null when words were taken out. */
  salt: z.string().nullable(),
})

/** What became of a commitment after its approval. */
export const Progress = z.object({
  /** The version in force, else the one that was in force last; null before there was one. */
  version: z.object({ id: VersionId, number: z.number().int() }).nullable(),
  /** Its milestones, each with what was reported of it, newest first. */
  milestones: z.array(
    z.object({
      /** Its place in the text, from 1. */
      number: z.number().int(),
      title: z.string(),
      start: z.string().nullable(),
      due: z.string().nullable(),
      lead: z.string(),
      reports: z.array(MilestoneReport),
    }),
  ),
  /** Reports on milestones of earlier approved versions, newest first. */
  earlier: z.array(MilestoneReport),
  /** Newest first. */
  assessments: z.array(Assessment),
  may: z.object({ report: z.boolean(), assess: z.boolean() }),
})
export type Progress = z.infer<typeof Progress>

const document = z.object({ documentId: DocumentId })
const words = z.string().trim().min(1).max(2000)
const writing = ['invalid', 'signed_out', 'forbidden', 'not_found', 'conflict', 'too_large'] as const

export const progressApi = {
  'GET /api/documents/:documentId/progress': {
    summary: 'What became of an approved commitment: reports on its milestones, and how far it was found completed',
    tag: 'approvals',
    params: document,
    status: 200,
    response: Progress,
    refusals: ['signed_out', 'not_found'],
  },
  'POST /api/documents/:documentId/progress/reports': {
    summary: 'Report on a milestone of the version in force. The same key again writes nothing',
    tag: 'approvals',
    params: document,
    body: z.object({
      key: Key,
      /** The version that was seen; another one in force by now is a `conflict`. */
      versionId: VersionId,
      milestone: z.number().int().min(1).max(1000),
      status: MilestoneStatus,
      words,
      link: z
        .url({ protocol: /^https?$/ })
        .max(500)
        .optional(),
      day: Day,
    }),
    status: 201,
    response: Progress,
    refusals: writing,
  },
  'POST /api/documents/:documentId/progress/assessments': {
    summary: 'Say, for the monitoring body, how far a commitment is completed, and why',
    tag: 'approvals',
    params: document,
    body: z.object({ level: Completion, reason: words }),
    status: 201,
    response: Progress,
    refusals: writing,
  },
} as const satisfies Record<string, Contract>
