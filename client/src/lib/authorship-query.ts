import { queryOptions } from '@tanstack/react-query'
import { call } from './call.ts'
import { queryKeys } from './query-keys.ts'

/** Who wrote each character of a document, as it stands or after one entry of its log. The past never changes. */
export const authorshipQuery = (documentId: string, seq: number | undefined) =>
  queryOptions({
    queryKey: queryKeys.authorship(documentId, seq),
    queryFn: ({ signal }) =>
      call('GET /api/documents/:documentId/authorship', {
        params: { documentId },
        query: seq === undefined ? {} : { seq },
        signal,
      }),
    // People may choose at any time how they are shown.
    staleTime: seq === undefined ? 0 : 60_000,
  })
