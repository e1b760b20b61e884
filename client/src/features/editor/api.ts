import type { DocumentOpening } from '@cabildo/protocol/http/api'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../lib/call.ts'
import { queryKeys } from '../../lib/query-keys.ts'
import { refusalCode } from '../../lib/refusal.ts'

/** How long a network may take to describe a document that this device knows already. Milliseconds. */
const patience = 5000

/**
 * What a document is as it is opened: its epoch, what the reader may do. Asked anew at each opening. What is remembered
 * of it serves only when no answer comes: with an old epoch the room would turn us away, and we would come back here.
 */
export const openingQuery = (documentId: string, opening: number) =>
  queryOptions({
    queryKey: [...queryKeys.document(documentId), 'opening', opening],
    queryFn: async ({ client }): Promise<DocumentOpening> => {
      const queryKey = queryKeys.document(documentId)
      const known = client.getQueryData<DocumentOpening>(queryKey)
      const fresh = client.fetchQuery({
        queryKey,
        queryFn: ({ signal }) => call('GET /api/documents/:documentId/opening', { params: { documentId }, signal }),
        staleTime: 0,
      })
      if (!known) return await fresh
      try {
        return await Promise.race([
          fresh,
          new Promise<DocumentOpening>((resolve) => setTimeout(resolve, patience, known)),
        ])
      } catch (error) {
        if (refusalCode(error) === 'offline' || refusalCode(error) === 'unavailable') return known
        throw error
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
