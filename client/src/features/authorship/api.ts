import type { DeletedText } from '@cabildo/protocol/http/authorship'
import { queryOptions, useInfiniteQuery } from '@tanstack/react-query'
import { call } from '../../lib/call.ts'
import { queryKeys } from '../../lib/query-keys.ts'

/** When, by whom and in which workshop one entry of the log was written. */
export const momentQuery = (documentId: string, seq: number) =>
  queryOptions({
    queryKey: queryKeys.authoredMoment(documentId, seq),
    queryFn: ({ signal }) =>
      call('GET /api/documents/:documentId/authorship/moments/:seq', { params: { documentId, seq }, signal }),
  })

/** What each group wrote of all commitments of a plan. */
export const planAuthorshipQuery = (slug: string) =>
  queryOptions({
    queryKey: queryKeys.planAuthorship(slug),
    queryFn: ({ signal }) => call('GET /api/plans/:planId/authorship', { params: { planId: slug }, signal }),
  })

/** What somebody took away of the text of others, newest first, page by page. */
export function useDeleted(documentId: string, enabled: boolean) {
  const query = useInfiniteQuery({
    queryKey: queryKeys.deletedText(documentId),
    queryFn: ({ pageParam, signal }) =>
      call('GET /api/documents/:documentId/authorship/deleted', {
        params: { documentId },
        query: { limit: 20, ...(pageParam ? { cursor: pageParam } : undefined) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    select: ({ pages }): DeletedText[] => pages.flatMap((page) => page.items),
    enabled,
  })
  return { ...query, items: query.data ?? [] }
}
