import type { Input } from '@cabildo/protocol/http/inputs'
import type { TextSpan } from '@cabildo/protocol/http/threads'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/call.ts'
import { allPages, paged } from '../../lib/pages.ts'
import { queryKeys } from '../../lib/query-keys.ts'

const besideInputs = (documentId: string) => queryKeys.beside(documentId, 'inputs')

/** Which words of a text came from which inputs, after the row of its log that is told last. */
export const passagesQuery = (documentId: string) =>
  queryOptions({
    queryKey: [...besideInputs(documentId), 'passages'],
    queryFn: async ({ signal }) => {
      let told = { seq: 0, mayLink: false }
      const items = await allPages(async (cursor) => {
        const page = await call('GET /api/documents/:documentId/passages', {
          params: { documentId },
          query: paged(cursor),
          signal,
        })
        told = { seq: page.seq, mayLink: page.mayLink }
        return page
      })
      return { ...told, items }
    },
  })

/** The inputs that words may be linked to: those linked to the text already, and those that were adopted or adapted. */
export const linkableQuery = (planId: string, documentId: string) =>
  queryOptions({
    queryKey: [...besideInputs(documentId), 'linkable'],
    queryFn: async ({ signal }): Promise<Input[]> => {
      const wanted = [{ documentId }, { outcome: 'adopted' }, { outcome: 'adapted' }] as const
      const lists = await Promise.all(
        wanted.map((query) =>
          allPages((cursor) =>
            call('GET /api/plans/:planId/inputs', {
              params: { planId },
              query: { ...query, ...paged(cursor) },
              signal,
            }),
          ),
        ),
      )
      const byNumber = new Map(lists.flat().map((input) => [input.number, input]))
      return [...byNumber.values()].filter(({ may }) => may.link).sort((one, other) => one.number - other.number)
    },
  })

/** Links an input to words of a text. */
export function useLinkWords(planId: string, documentId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ inputId, ids }: { inputId: string; ids: TextSpan[] }) =>
      call('POST /api/plans/:planId/inputs/:inputId/links', {
        params: { planId, inputId },
        body: { documentId: documentId as Input['links'][number]['document']['id'], ids },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: besideInputs(documentId) }),
  })
}
