import { type Api, api } from '@cabildo/protocol/http/api'
import type { Contract } from '@cabildo/protocol/http/contract'
import type { Bucket, Throttles } from '../auth/throttling.ts'

type OperationKey = keyof Api

/** Who asks, and for which plan, as the address names it. */
export interface Asker {
  userId: string | undefined
  plan: string | undefined
}

/** Bounds how often operations are asked for. */
export interface Rates {
  /** Takes a point for one operation from everybody who answers for it. Throws `throttled`. */
  spend(key: OperationKey, asker: Asker): Promise<void>
  /** Takes a point for a read that costs much and answers no JSON, so that no operation of the contract is it. Throws `throttled`. */
  spendRead(userId: string): Promise<void>
  /** Takes a point for a file that is made of a whole plan. Throws `throttled`. */
  spendFile(userId: string): Promise<void>
}

/**
 * Points a minute: changes by an account and by a plan, and by an account the reads that cost much, the files that are sent, and
 * the files that are made of a whole plan.
 */
export interface RateLimits {
  change: { account: number; plan: number }
  heavy: { account: number }
  upload: { account: number }
  file: { account: number }
}

const usual: RateLimits = {
  ...{ change: { account: 240, plan: 6000 }, heavy: { account: 600 }, upload: { account: 30 } },
  file: { account: 40 },
}

/** Reads that make the server rebuild, compare or look through texts. Whoever pulls the slider over a log asks several times a second. */
const heavyReads: ReadonlySet<OperationKey> = new Set<OperationKey>([
  'GET /api/documents/:documentId/at/:seq',
  'GET /api/documents/:documentId/authorship',
  'GET /api/documents/:documentId/authorship/deleted',
  'GET /api/plans/:planId/authorship',
  'GET /api/documents/:documentId/versions/:versionId/diff',
  'GET /api/documents/:documentId/drafts/:draftId',
  'GET /api/documents/:documentId/proposals',
  'GET /api/documents/:documentId/dissents',
  'GET /api/documents/:documentId/passages',
  'GET /api/documents/:documentId/standing',
  'GET /api/news',
  'GET /api/plans/:planId/inputs/:inputId/passages',
  'GET /api/plans/:planId/news',
  'GET /api/plans/:planId/news/digest',
  'GET /api/plans/:planId/search',
  'GET /api/profile/export',
])

/** What kind of bound holds for an operation: none for reads that cost little. */
export function rateOf(key: OperationKey): Exclude<keyof RateLimits, 'file'> | undefined {
  if (heavyReads.has(key)) return 'heavy'
  const { upload }: Contract = api[key]
  if (upload) return 'upload'
  return key.startsWith('GET ') ? undefined : 'change'
}

/**
 * Bounds on what people who are signed in ask for, far above what they do. What strangers may ask for takes no query
 * here: sign-in, codes and links are guarded where they are answered (`auth/throttling.ts`, `auth/guesses.ts`).
 */
export function createRates({
  throttles,
  planOf,
  limits = usual,
}: {
  throttles: Throttles
  /** The id of a plan, by its id or slug, when somebody takes part in it. */
  planOf: (userId: string, plan: string) => Promise<string | undefined>
  limits?: RateLimits
}): Rates {
  const bucket = (name: string, points: number): Bucket => throttles.bucket(`rate: ${name}`, { points, seconds: 60 })
  const byAccount = {
    change: bucket('change by account', limits.change.account),
    heavy: bucket('heavy by account', limits.heavy.account),
    upload: bucket('upload by account', limits.upload.account),
    file: bucket('file by account', limits.file.account),
  }
  const byPlan = bucket('change by plan', limits.change.plan)

  return {
    async spend(key, { userId, plan }) {
      const kind = rateOf(key)
      if (!kind || userId === undefined) return
      await byAccount[kind].take(userId)
      if (kind === 'heavy' || plan === undefined) return
      // Who has no part in the plan is refused later; the points of those who have are theirs alone.
      const planId = await planOf(userId, plan)
      if (planId !== undefined) await byPlan.take(planId)
    },
    spendRead: (userId) => byAccount.heavy.take(userId),
    spendFile: (userId) => byAccount.file.take(userId),
  }
}
