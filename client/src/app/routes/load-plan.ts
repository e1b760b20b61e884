import { planQuery } from '../../features/plans/api.ts'
import { queryKeys } from '../../lib/query-keys.ts'
import type { RouteContext } from './root.ts'

/** Asks for a plan, showing meanwhile what this device remembers of it. */
export function loadPlan({ client, memory }: RouteContext, slug: string): void {
  memory.recall(queryKeys.plan(slug))
  void client.prefetchQuery(planQuery(slug))
}
