import type { PlanStanding } from '@cabildo/protocol/http/plan-life'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/call.ts'
import { queryKeys } from '../../lib/query-keys.ts'

/** How often a page in sight asks whether the plan was moved. Milliseconds. */
const glance = 15_000

/** Where a plan stands, asked again while the page is in sight. */
export const planStandingQuery = (slug: string) =>
  queryOptions({
    queryKey: queryKeys.planStanding(slug),
    queryFn: ({ signal }) => call('GET /api/plans/:planId/standing', { params: { planId: slug }, signal }),
    refetchInterval: glance,
  })

/** An act of a plan's life, with what it owes. */
export interface PlanStep {
  act: PlanStanding['next'][number]['act']
  from: PlanStanding['state']
  reason?: string
  window?: { opensAt?: string; closesAt?: string }
}

/** Moves a plan. What is known of it afterwards is the answer; after a refusal it is asked again. */
export function usePlanStep(slug: string) {
  const client = useQueryClient()
  const key = planStandingQuery(slug).queryKey
  return useMutation({
    mutationFn: (body: PlanStep) => call('POST /api/plans/:planId/steps', { params: { planId: slug }, body }),
    onSuccess: (standing) => {
      client.setQueryData(key, standing)
      return client.invalidateQueries({ queryKey: queryKeys.plan(slug), exact: true })
    },
    onError: () => client.invalidateQueries({ queryKey: key }),
  })
}
