import type { DraftItem } from '@cabildo/protocol/http/api'
import { queryOptions, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/call.ts'
import { queryKeys } from '../../lib/query-keys.ts'

/** One's own kept drafts of a document, newest first, page by page. */
export function useDrafts(documentId: string) {
  const query = useInfiniteQuery({
    queryKey: queryKeys.drafts(documentId),
    queryFn: ({ pageParam, signal }) =>
      call('GET /api/documents/:documentId/drafts', {
        params: { documentId },
        query: pageParam ? { cursor: pageParam } : {},
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    select: ({ pages }): DraftItem[] => pages.flatMap((page) => page.items),
  })
  return { ...query, items: query.data ?? [] }
}

/** One kept draft with its text and what it changes in the document. */
export const draftQuery = (documentId: string, draftId: string) =>
  queryOptions({
    queryKey: queryKeys.draft(documentId, draftId),
    queryFn: ({ signal }) =>
      call('GET /api/documents/:documentId/drafts/:draftId', { params: { documentId, draftId }, signal }),
  })

/** Puts a draft away. It stays stored, and in the list of those put away. */
export function useDismissDraft(documentId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (draftId: string) =>
      call('DELETE /api/documents/:documentId/drafts/:draftId', { params: { documentId, draftId } }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.drafts(documentId) }),
  })
}
