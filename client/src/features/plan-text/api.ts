import type { PlanPublication } from '@cabildo/protocol/http/plan-publication'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/call.ts'
import { queryKeys } from '../../lib/query-keys.ts'

/** A plan's own text: its document, and what the program knows beside it. */
export const planTextQuery = (slug: string) =>
  queryOptions({
    queryKey: queryKeys.planText(slug),
    queryFn: ({ signal }) => call('GET /api/plans/:planId/document', { params: { planId: slug }, signal }),
  })

/** Which version of a plan's own text the public reads. */
export const planPublicationQuery = (slug: string) =>
  queryOptions({
    queryKey: queryKeys.planPublication(slug),
    queryFn: ({ signal }) => call('GET /api/plans/:planId/publication', { params: { planId: slug }, signal }),
  })

/** Publishes a version of a plan's own text, as it was seen. */
export function usePublishText(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Pick<NonNullable<PlanPublication['newest']>, 'versionId' | 'contentHash'>) =>
      call('POST /api/plans/:planId/publication', {
        params: { planId: slug },
        body,
      }),
    onSuccess: (told) => client.setQueryData(queryKeys.planPublication(slug), told),
    onError: () => client.invalidateQueries({ queryKey: queryKeys.planPublication(slug) }),
  })
}

/** What is said of a plan: its days, or how to reach its monitoring body. What is left out stays as it is, null empties. */
export interface PlanDescription {
  start?: string | null
  end?: string | null
  submitted?: string | null
  monitorContact?: string | null
}

/** Says the days of a plan, or how to reach its monitoring body. */
export function useDescribePlan(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: PlanDescription) => call('PATCH /api/plans/:planId', { params: { planId: slug }, body }),
    onSuccess: (told) => client.setQueryData(queryKeys.planText(slug), told),
  })
}
