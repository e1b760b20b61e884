import type { CommitmentItem } from '@cabildo/protocol/http/api'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/call.ts'
import { queryKeys } from '../../lib/query-keys.ts'

/** How often a page in sight asks who is inside now. Milliseconds. */
const glance = 5000

/** The plans of the reader. So few that one page of answers holds them. */
export const plansQuery = queryOptions({
  queryKey: queryKeys.plans,
  queryFn: async ({ signal }) => (await call('GET /api/plans', { query: { limit: 200 }, signal })).items,
})

/** One plan with its commitments, by slug. */
export const planQuery = (slug: string) =>
  queryOptions({
    queryKey: queryKeys.plan(slug),
    queryFn: ({ signal }) => call('GET /api/plans/:planId', { params: { planId: slug }, signal }),
  })

/** The same, asked again every few seconds while the page is in sight. */
export const livePlanQuery = (slug: string) => queryOptions({ ...planQuery(slug), refetchInterval: glance })

/** Begins another plan, which one then coordinates; the list of one's plans is asked for again. */
export function useMakePlan() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: { slug: string; title: string; place: string }) => call('POST /api/plans', { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.plans }),
  })
}

/**
 * Adds a commitment; the plan's list is asked for again, and then `onAdded` is told. It is told even when what asked is gone by
 * then: with its first commitment a plan is empty no more, and where it said so goes with everything in it.
 */
export function useAddCommitment(slug: string, onAdded: (commitment: CommitmentItem) => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (title: string) =>
      call('POST /api/plans/:planId/commitments', { params: { planId: slug }, body: { title } }),
    async onSuccess(added) {
      await client.invalidateQueries({ queryKey: queryKeys.plan(slug) })
      onAdded(added)
    },
  })
}
