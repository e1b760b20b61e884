import type { RecordItem } from '@cabildo/protocol/http/record'
import { queryOptions, useInfiniteQuery } from '@tanstack/react-query'
import { type CallInput, call } from '../../lib/call.ts'
import { queryKeys } from '../../lib/query-keys.ts'
import { queryOf } from './model.ts'
import type { RecordSearch } from './search.ts'

type Asked = NonNullable<CallInput<'GET /api/plans/:planId/record'>['query']>

/** The entries of a plan that an address asks for, newest first, page by page. */
export function useRecord(slug: string, search: RecordSearch) {
  // What the address says has been read already; the server looks at it once more.
  const query = queryOf(search) as Asked
  return useInfiniteQuery({
    queryKey: [...queryKeys.record(slug), 'entries', query],
    queryFn: ({ pageParam, signal }) =>
      call('GET /api/plans/:planId/record', {
        params: { planId: slug },
        query: { ...query, limit: 50, ...(pageParam ? { cursor: pageParam } : undefined) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    select: ({ pages }): RecordItem[] => pages.flatMap((page) => page.items),
  })
}

/** Who stands in a plan's record. */
export const recordPeopleQuery = (slug: string) =>
  queryOptions({
    queryKey: [...queryKeys.record(slug), 'people'],
    queryFn: async ({ signal }) =>
      (await call('GET /api/plans/:planId/record/people', { params: { planId: slug }, signal })).items,
  })

/** How far a plan's record is signed. */
export const recordHeadQuery = (slug: string) =>
  queryOptions({
    queryKey: [...queryKeys.record(slug), 'head'],
    queryFn: ({ signal }) => call('GET /api/plans/:planId/record/head', { params: { planId: slug }, signal }),
  })

/** How the record of this installation stands, for anybody: its key, its last head, its witnesses. */
export const recordStatusQuery = queryOptions({
  queryKey: queryKeys.recordStatus,
  queryFn: ({ signal }) => call('GET /api/record/status', { signal }),
})

/** One entry with its proof. */
export const entryQuery = (slug: string, seq: number) =>
  queryOptions({
    queryKey: [...queryKeys.record(slug), 'entry', seq],
    queryFn: ({ signal }) =>
      call('GET /api/plans/:planId/record/entries/:seq', { params: { planId: slug, seq }, signal }),
  })

/** Where the whole record of a plan is downloaded. */
export const bundleAddress = (slug: string): string => `/api/plans/${encodeURIComponent(slug)}/record/bundle`
