import { queryOptions } from '@tanstack/react-query'
import { call } from '../../lib/call.ts'
import { queryKeys } from '../../lib/query-keys.ts'

/**
 * What a document is as it is opened: its epoch, what the reader may do. Asked anew at each opening, never taken from
 * what is remembered: an old epoch would be turned away by the room.
 */
export const openingQuery = (documentId: string, opening: number) =>
  queryOptions({
    queryKey: [...queryKeys.document(documentId), 'opening', opening],
    queryFn: ({ signal }) => call('GET /api/documents/:documentId', { params: { documentId }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
