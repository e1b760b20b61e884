import type { SearchGroup } from '@cabildo/protocol/http/search'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type CallInput, call } from '../../lib/call.ts'
import { queryKeys } from '../../lib/query-keys.ts'
import { queryOf } from './model.ts'
import type { FindSearch } from './search.ts'

type Asked = NonNullable<CallInput<'GET /api/plans/:planId/search'>['query']>

/** What is found in a plan, by kind; of one kind page by page. Nothing is asked while there is nothing to look for. */
export function useFound(slug: string, search: FindSearch) {
  // What the address says has been read already; the server looks at it once more.
  const query = queryOf(search) as Asked
  return useInfiniteQuery({
    queryKey: [...queryKeys.search(slug), query],
    queryFn: ({ pageParam, signal }) =>
      call('GET /api/plans/:planId/search', {
        params: { planId: slug },
        query: { ...query, ...(pageParam ? { cursor: pageParam } : undefined) },
        signal,
      }),
    enabled: search.q !== undefined,
    initialPageParam: '',
    getNextPageParam: ({ groups }) => (search.kind === undefined ? null : groups[0]?.nextCursor),
    select: ({ pages }): SearchGroup[] => {
      const [first, ...rest] = pages
      return (first?.groups ?? []).map((group) => ({
        ...group,
        items: [...group.items, ...rest.flatMap(({ groups }) => groups.flatMap(({ items }) => items))],
      }))
    },
  })
}
