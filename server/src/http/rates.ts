import type { Api } from '@cabildo/protocol/http/api'
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
}

/** Points a minute, by what an operation costs. */
export interface RateLimits {
  account: number
  plan: number
}

const usual: Record<'change' | 'heavy', RateLimits> = {
  change: { account: 240, plan: 6000 },
  heavy: { account: 600, plan: 6000 },
}

/** Reads that make the server rebuild or compare texts. Whoever pulls the slider over a log asks several times a second. */
const heavyReads: ReadonlySet<OperationKey> = new Set<OperationKey>([
  'GET /api/documents/:documentId/at/:seq',
  'GET /api/documents/:documentId/versions/:versionId/diff',
  'GET /api/documents/:documentId/drafts/:draftId',
  'GET /api/profile/export',
])

/** What kind of bound holds for an operation: none for reads that cost little. */
export function rateOf(key: OperationKey): keyof typeof usual | undefined {
  if (heavyReads.has(key)) return 'heavy'
  return key.startsWith('GET ') ? undefined : 'change'
}

/**
 * Bounds by account and by plan, far above what people do. What strangers may ask for, signing in, joining, using a link,
 * is bounded by network where it is answered, and before anything else: a flood of it must not cost a query here.
 */
export function createRates(throttles: Throttles, limits: typeof usual = usual): Rates {
  const bucketsOf = (kind: keyof typeof usual): Record<keyof RateLimits, Bucket> => {
    const bucket = (by: keyof RateLimits) =>
      throttles.bucket(`rate: ${kind} by ${by}`, { points: limits[kind][by], seconds: 60 })
    return { account: bucket('account'), plan: bucket('plan') }
  }
  const buckets = { change: bucketsOf('change'), heavy: bucketsOf('heavy') }

  return {
    async spend(key, { userId, plan }) {
      const kind = rateOf(key)
      if (!kind || userId === undefined) return
      await buckets[kind].account.take(userId)
      if (plan !== undefined) await buckets[kind].plan.take(plan)
    },
  }
}
