import type { HistoryRun, VersionItem } from '@cabildo/protocol/http/api'
import {
  keepPreviousData,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useEffect } from 'react'
import { call } from '../../lib/call.ts'
import { queryKeys } from '../../lib/query-keys.ts'
import { Refusal } from '../../lib/refusal.ts'

/** Versions asked for at a time: so many that most commitments need one question. */
const versionsAPage = 100
const runsAPage = 200
/** How often an open list looks for versions that others made: nothing else tells of them. */
const lookMs = 5_000

/**
 * The versions, newest first, page by page. `items` are those at hand. With `watch` they are asked for again every few
 * seconds as long as the page is visible, until the server refuses.
 */
export function useVersions(documentId: string, { watch = false }: { watch?: boolean } = {}) {
  const query = useInfiniteQuery({
    queryKey: queryKeys.versions(documentId),
    queryFn: ({ pageParam, signal }) =>
      call('GET /api/documents/:documentId/versions', {
        params: { documentId },
        query: { limit: versionsAPage, ...(pageParam ? { cursor: pageParam } : undefined) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    select: ({ pages }): VersionItem[] => pages.flatMap((page) => page.items),
    refetchInterval: ({ state: { error } }) =>
      watch && !(error instanceof Refusal && [401, 403, 404].includes(error.status)) && lookMs,
  })
  return { ...query, items: query.data ?? [] }
}

/** One version with its text. A version never changes, so it is asked for once. */
export const versionQuery = (documentId: string, versionId: string) =>
  queryOptions({
    queryKey: queryKeys.version(documentId, versionId),
    queryFn: ({ signal }) =>
      call('GET /api/documents/:documentId/versions/:versionId', { params: { documentId, versionId }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

/**
 * What changed up to a version since `other` (a version's id or `previous`); with `head`, what changed since the version
 * up to now. Two versions never change, so only a comparison with now is asked for again.
 */
export const diffQuery = (documentId: string, versionId: string, other: string) =>
  queryOptions({
    queryKey: queryKeys.diff(documentId, versionId, other),
    queryFn: ({ signal }) =>
      call('GET /api/documents/:documentId/versions/:versionId/diff', {
        params: { documentId, versionId },
        query: { with: other },
        signal,
      }),
    staleTime: other === 'head' ? 0 : Number.POSITIVE_INFINITY,
  })

/** The document as it stood after one entry of its log. The picture before stays until the next one is here. */
export function useMoment(documentId: string, seq: number | undefined) {
  return useQuery({
    queryKey: queryKeys.documentAt(documentId, seq ?? 0),
    queryFn: ({ signal }) =>
      call('GET /api/documents/:documentId/at/:seq', { params: { documentId, seq: seq ?? 0 }, signal }),
    enabled: seq !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    // A long pull at the slider passes hundreds of moments: those left behind are soon forgotten.
    gcTime: 60_000,
    placeholderData: keepPreviousData,
  })
}

/** The document as it stands, with its head. */
export const headQuery = (documentId: string) =>
  queryOptions({
    queryKey: queryKeys.document(documentId),
    queryFn: ({ signal }) => call('GET /api/documents/:documentId/opening', { params: { documentId }, signal }),
  })

/**
 * Who wrote when, oldest first. Asks for page after page by itself until all runs are here; `runs` are those at hand,
 * `complete` says that none is missing.
 */
export function useHistory(documentId: string) {
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage, error, refetch } = useInfiniteQuery({
    queryKey: queryKeys.history(documentId),
    queryFn: ({ pageParam, signal }) =>
      call('GET /api/documents/:documentId/history', {
        params: { documentId },
        query: { limit: runsAPage, ...(pageParam ? { cursor: pageParam } : undefined) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    select: ({ pages }): HistoryRun[] => pages.flatMap((page) => page.items),
  })
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !error) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, error, fetchNextPage])
  return { runs: data ?? [], complete: data !== undefined && !hasNextPage, error, refetch }
}

/** What has a name on the log: named versions, workshops, meetings, decisions and consultations. */
export const timelineMarksQuery = (documentId: string) =>
  queryOptions({
    queryKey: queryKeys.timelineMarks(documentId),
    queryFn: ({ signal }) =>
      call('GET /api/documents/:documentId/authorship/marks', { params: { documentId }, signal }),
  })

/** Keeps the document as it stands under a name; the list then shows it. */
export function useNameVersion(documentId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: { name: string; note?: string }) =>
      call('POST /api/documents/:documentId/versions', { params: { documentId }, body }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.versions(documentId), exact: true }),
        client.invalidateQueries({ queryKey: queryKeys.timelineMarks(documentId) }),
        // The public reads the last one of minutes, and one of a plan's own text that is published beside it.
        client.invalidateQueries({ queryKey: queryKeys.allMinutes }),
        client.invalidateQueries({ queryKey: queryKeys.allPlanTexts }),
      ]),
  })
}

/** Brings a version back as a new edit. What is known of the document's text and past is stale afterwards. */
export function useRestore(documentId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (versionId: string) =>
      call('POST /api/documents/:documentId/versions/:versionId/restore', {
        params: { documentId, versionId },
        body: {},
      }),
    onSuccess: () =>
      Promise.all([
        // Exactly this one: below it stands the document as it was opened, which the room keeps up to date.
        client.invalidateQueries({ queryKey: queryKeys.document(documentId), exact: true }),
        client.invalidateQueries({ queryKey: queryKeys.versions(documentId) }),
        client.invalidateQueries({ queryKey: queryKeys.history(documentId) }),
        client.invalidateQueries({ queryKey: queryKeys.allPlanTexts }),
      ]),
  })
}
