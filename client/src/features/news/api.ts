import type { NewsSettings, Unread } from '@cabildo/protocol/http/news'
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/call.ts'
import type { Language } from '../../lib/language.ts'
import { queryKeys } from '../../lib/query-keys.ts'

/** How much the reader has not seen, in each of their plans. Asked again when they come back to the page. */
export const unreadQuery = queryOptions({
  queryKey: queryKeys.unread,
  queryFn: async ({ signal }) => (await call('GET /api/news', { signal })).items,
  staleTime: 30_000,
  refetchOnWindowFocus: true,
  // A bell that cannot be counted is no reason to ask for long.
  retry: false,
})

/**
 * What others did in a plan, by pages, newest first. What was new when it was asked for stays new while it is shown. `seen`:
 * how far the reader had seen when the list was opened; undefined until that is known.
 */
export const newsQuery = (slug: string, mine: boolean, seen: number | undefined) =>
  infiniteQueryOptions({
    queryKey: queryKeys.news(slug, mine),
    queryFn: ({ pageParam, signal }) =>
      call('GET /api/plans/:planId/news', {
        params: { planId: slug },
        query: {
          limit: 30,
          ...(mine && { mine: 'true' as const }),
          ...(pageParam ? { cursor: pageParam } : seen !== undefined && { seen }),
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })

/** Says how far the reader has seen a plan; the bell shows what is left. */
export function useSeen(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (mark: string) =>
      call('POST /api/plans/:planId/news/seen', { params: { planId: slug }, body: { mark } }),
    onSuccess: ({ unread }: { unread: Unread }) =>
      client.setQueryData(unreadQuery.queryKey, (known) =>
        known?.map((plan) => (plan.slug === slug ? { ...plan, unread } : plan)),
      ),
  })
}

/** What happened in a plan in the last days, as plain text. */
export const digestQuery = (slug: string, days: number, language: Language) =>
  queryOptions({
    queryKey: queryKeys.newsDigest(slug, days, language),
    queryFn: ({ signal }) =>
      call('GET /api/plans/:planId/news/digest', { params: { planId: slug }, query: { days, language }, signal }),
    staleTime: 0,
  })

/** How the reader wishes to be told. */
export const newsSettingsQuery = queryOptions({
  queryKey: queryKeys.newsSettings,
  queryFn: ({ signal }) => call('GET /api/profile/news', { signal }),
})

/** Keeps how the reader wishes to be told. */
export function useSaveNewsSettings() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Omit<NewsSettings, 'without'>) => call('PUT /api/profile/news', { body }),
    onSuccess: (settings) => client.setQueryData(newsSettingsQuery.queryKey, settings),
  })
}

/** Stops letters by the token of one. */
export const useStopLetters = () =>
  useMutation({ mutationFn: (token: string) => call('POST /api/news/stop', { body: { token } }) })
