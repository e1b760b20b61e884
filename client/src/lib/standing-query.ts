import { queryOptions } from '@tanstack/react-query'
import { call } from './call.ts'
import { queryKeys } from './query-keys.ts'

/** The document as it stood after one entry of its log. */
export const standingQuery = (documentId: string, seq: number) =>
  queryOptions({
    queryKey: queryKeys.documentAt(documentId, seq),
    queryFn: ({ signal }) => call('GET /api/documents/:documentId/at/:seq', { params: { documentId, seq }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })
