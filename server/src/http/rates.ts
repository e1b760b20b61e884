import type { Api } from '@cabildo/protocol/http/api'
import type { Bucket, Throttles } from '../auth/throttling.ts'

type OperationKey = keyof Api

/** Who asks: an account, or a stranger by their network; and for which plan, as the address names it. */
export interface Asker {
  userId: string | undefined
  network: string
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
  /** A village may sit behind one address. */
  network: number
  plan: number
}

const usual: Record<'change' | 'heavy', RateLimits> = {
  change: { account: 240, network: 6000, plan: 6000 },
  heavy: { account: 600, network: 6000, plan: 6000 },
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
 * Bounds by account, by network and by plan. They are far above what people do, and stand in front of the narrower ones
 * of sign-in, codes and links. A signed-in person answers by their account alone, so that nobody can use up what others
 * behind the same address have.
 */
export function createRates(throttles: Throttles, limits: typeof usual = usual): Rates {
  const bucketsOf = (kind: keyof typeof usual): Record<keyof RateLimits, Bucket> => {
    const bucket = (by: keyof RateLimits) =>
      throttles.bucket(`rate: ${kind} by ${by}`, { points: limits[kind][by], seconds: 60 })
    return { account: bucket('account'), network: bucket('network'), plan: bucket('plan') }
  }
  const buckets = { change: bucketsOf('change'), heavy: bucketsOf('heavy') }

  return {
    async spend(key, { userId, network, plan }) {
      const kind = rateOf(key)
      if (!kind) return
      const { account, network: byNetwork, plan: byPlan } = buckets[kind]
      await (userId === undefined ? byNetwork.take(network) : account.take(userId))
      if (plan !== undefined) await byPlan.take(plan)
    },
  }
}
