import type { Proposal } from '@cabildo/protocol/http/proposals'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../lib/call.ts'
import { allPages, paged } from '../../lib/pages.ts'
import { queryKeys } from '../../lib/query-keys.ts'

/** What is proposed for a document, open and decided. The room tells when it changed. */
export const proposalsQuery = (documentId: string) =>
  queryOptions({
    queryKey: queryKeys.beside(documentId, 'proposals'),
    queryFn: ({ signal }): Promise<Proposal[]> =>
      allPages((cursor) =>
        call('GET /api/documents/:documentId/proposals', { params: { documentId }, query: paged(cursor), signal }),
      ),
  })
