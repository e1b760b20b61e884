import type { Dissent } from '@cabildo/protocol/http/dissents'
import type { TextSpan } from '@cabildo/protocol/http/threads'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/call.ts'
import { allPages, paged } from '../../lib/pages.ts'
import { queryKeys } from '../../lib/query-keys.ts'

/** The positions that groups reserve on a text, those withdrawn too. The room tells when they changed. */
export const dissentsQuery = (documentId: string) =>
  queryOptions({
    queryKey: queryKeys.beside(documentId, 'dissents'),
    queryFn: async ({ signal }) => {
      let speaksFor: { name: string } | null = null
      const items = await allPages(async (cursor) => {
        const page = await call('GET /api/documents/:documentId/dissents', {
          params: { documentId },
          query: paged(cursor),
          signal,
        })
        speaksFor = page.speaksFor
        return page
      })
      return { speaksFor: speaksFor as { name: string } | null, items }
    },
  })

/** Reserves a position, or withdraws one. */
export function useDissent(documentId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (
      wish: { key: string; field: string; ids?: TextSpan[]; position: string } | { withdraw: Dissent['id'] },
    ) =>
      'withdraw' in wish
        ? call('POST /api/documents/:documentId/dissents/:dissentId/withdraw', {
            params: { documentId, dissentId: wish.withdraw },
          })
        : call('POST /api/documents/:documentId/dissents', { params: { documentId }, body: wish }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.beside(documentId, 'dissents') }),
  })
}
