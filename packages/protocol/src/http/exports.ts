import { z } from 'zod'
import { Key } from './common.ts'
import type { Contract } from './contract.ts'

const PlanParams = z.object({ planId: z.string().min(1).max(80) })

/** What can be taken along of a plan. The files are at `…/exports/<name>`, which no typed client calls. */
export const ExportList = z.object({
  files: z.array(
    z.object({
      name: z.string(),
      /** How it is called when it is saved, by language. */
      savedAs: z.object({ es: z.string(), en: z.string() }),
    }),
  ),
  /** Whether anything of the plan is public, so that a file of what is public can be asked for. */
  published: z.boolean(),
  /** Whether the reader may take the evidence pack. */
  evidence: z.boolean(),
})
export type ExportList = z.infer<typeof ExportList>

/** How far an evidence pack is that somebody asked for. */
export const PackProgress = z.object({
  state: z.enum(['making', 'done', 'failed']),
  /** Files that are in it by now, and how many there will be. */
  done: z.int(),
  of: z.int(),
  /** The one that is being made; null before the first and after the last. */
  file: z.string().nullable(),
  /** How much of that one is made, from 0 to 1, where it takes long; else 0. */
  share: z.number().min(0).max(1),
})
export type PackProgress = z.infer<typeof PackProgress>

export const exportApi = {
  'GET /api/plans/:planId/exports': {
    summary: 'What can be taken along of a plan',
    tag: 'plans',
    params: PlanParams,
    status: 200,
    response: ExportList,
    refusals: ['signed_out', 'forbidden', 'not_found'],
  },
  'GET /api/plans/:planId/exports/evidence/:key': {
    summary: 'How far an evidence pack is, by the key it was asked for with',
    tag: 'plans',
    params: PlanParams.extend({ key: Key }),
    status: 200,
    response: PackProgress,
    refusals: ['signed_out', 'forbidden', 'not_found'],
  },
} as const satisfies Record<string, Contract>
