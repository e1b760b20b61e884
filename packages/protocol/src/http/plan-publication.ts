import { z } from 'zod'
import { VersionId } from '../ids.ts'
import { ContentHash, Time } from './common.ts'
import type { Contract } from './contract.ts'

/** A version of a plan's own text. */
const TextVersion = z.object({
  versionId: VersionId,
  number: z.number().int(),
  name: z.string().nullable(),
  contentHash: ContentHash,
})

/** What the public reads of a plan's own text, and what it could read. */
export const PlanPublication = z.object({
  /** The version that was published last; null before one was. */
  published: TextVersion.extend({ publishedAt: Time, entry: z.number().int() }).nullable(),
  /** The newest version; null before there is one. */
  newest: TextVersion.nullable(),
  may: z.object({ publish: z.boolean() }),
})
export type PlanPublication = z.infer<typeof PlanPublication>

const params = z.object({ planId: z.string().min(1).max(80) })

export const planPublicationApi = {
  'GET /api/plans/:planId/publication': {
    summary: 'Which version of the plan’s own text the public reads, and which is the newest',
    tag: 'plans',
    params,
    status: 200,
    response: PlanPublication,
    refusals: ['signed_out', 'not_found'],
  },
  'POST /api/plans/:planId/publication': {
    summary: 'Publish a version of the plan’s own text: from here on the public reads it',
    tag: 'plans',
    params,
    body: z.object({ versionId: VersionId, contentHash: ContentHash }),
    status: 201,
    response: PlanPublication,
    refusals: ['invalid', 'signed_out', 'forbidden', 'not_found', 'stale_version', 'too_large'],
  },
} as const satisfies Record<string, Contract>
