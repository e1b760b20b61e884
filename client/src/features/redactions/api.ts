import type { Redaction } from '@cabildo/protocol/http/redactions'
import type { DocumentId, RedactionId } from '@cabildo/protocol/ids'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/call.ts'
import { allPages, paged } from '../../lib/pages.ts'
import { queryKeys } from '../../lib/query-keys.ts'

/** How often the list in sight asks what changed. Milliseconds. */
const glance = 5000

/** Requests to take words out of texts of a plan, newest first, kept fresh while they are looked at. */
export const redactionsQuery = (slug: string) =>
  queryOptions({
    queryKey: queryKeys.redactions(slug),
    queryFn: async ({ signal }): Promise<Redaction[]> =>
      (await call('GET /api/plans/:planId/redactions', { params: { planId: slug }, signal })).items,
    refetchInterval: glance,
  })

/** The texts of a plan beside its commitments: its own, and the minutes of its meetings by their numbers. */
export const otherTextsQuery = (slug: string) =>
  queryOptions({
    queryKey: [...queryKeys.redactions(slug), 'texts'],
    queryFn: async ({ signal }) => {
      const params = { planId: slug }
      const [{ documentId }, meetings] = await Promise.all([
        call('GET /api/plans/:planId/document', { params, signal }),
        allPages((cursor) => call('GET /api/plans/:planId/meetings', { params, query: paged(cursor), signal })),
      ])
      const minutes = meetings.flatMap(({ minutesId: id, number, title }) => (id ? [{ id, number, title }] : []))
      return { documentId, minutes: minutes.reverse() }
    },
    staleTime: 60_000,
  })

/** What a request holds. */
export interface Wish {
  documentId: DocumentId
  quote: string
  basis: string
  reason: string
}

/** Asks that words be taken out. */
export function useAskForRedaction(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Wish) => call('POST /api/plans/:planId/redactions', { params: { planId: slug }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.redactions(slug) }),
  })
}

/** Approves a request, or ends it without: refused, or one's own taken back. */
export function useDecideRedaction(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ id, step }: { id: RedactionId; step: 'approve' | 'refuse' }) => {
      const params = { planId: slug, redactionId: id }
      if (step === 'refuse') return call('DELETE /api/plans/:planId/redactions/:redactionId', { params })
      await call('POST /api/plans/:planId/redactions/:redactionId/approve', { params, body: {} })
    },
    // What this device remembers of any text may hold the words.
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.plan(slug) }),
        client.resetQueries({ queryKey: ['document'] }),
      ]),
    onError: () => client.invalidateQueries({ queryKey: queryKeys.redactions(slug) }),
  })
}
