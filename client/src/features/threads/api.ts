import type { MemberItem } from '@cabildo/protocol/http/people'
import type { ReactionKind, TextPlace, TextSpan, Thread, ThreadKind } from '@cabildo/protocol/http/threads'
import type { UserId } from '@cabildo/protocol/ids'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/call.ts'
import { allPages, paged } from '../../lib/pages.ts'
import { queryKeys } from '../../lib/query-keys.ts'
import { type Known, merged, threadsAtOnce, threadsKey } from './known.ts'

/** Asks where the words of all threads stand now. */
export const findPlaces = (documentId: string): Promise<{ id: Thread['id']; places: TextPlace[] }[]> =>
  allPages((cursor) =>
    call('GET /api/documents/:documentId/threads/places', {
      params: { documentId },
      query: paged(cursor, threadsAtOnce),
    }),
  )

/** Whom one can name in a plan: those who are shown by name. */
export const namedQuery = (planId: string) =>
  queryOptions({
    queryKey: [...queryKeys.members(planId), 'named'],
    queryFn: async ({ signal }): Promise<MemberItem['person'][]> => {
      const members = await allPages((cursor) =>
        call('GET /api/plans/:planId/members', { params: { planId }, query: paged(cursor), signal }),
      )
      return members.flatMap(({ person, suspendedAt }) => (suspendedAt === null && person.name !== '' ? [person] : []))
    },
    staleTime: 5 * 60_000,
  })

/** The earlier words of a comment. */
export const wordingsQuery = (
  documentId: string,
  threadId: Thread['id'],
  commentId: Thread['comments'][number]['id'],
) =>
  queryOptions({
    queryKey: [...threadsKey(documentId), 'wordings', commentId],
    queryFn: async ({ signal }) =>
      (
        await call('GET /api/documents/:documentId/threads/:threadId/comments/:commentId/wordings', {
          params: { documentId, threadId, commentId },
          signal,
        })
      ).items,
    staleTime: 0,
  })

/** What can be done to threads. */
export type Act =
  | {
      act: 'open'
      key: string
      kind: ThreadKind
      field?: string | undefined
      ids?: TextSpan[] | undefined
      body: string
      mentions: UserId[]
    }
  | { act: 'reply'; thread: Thread; key: string; body: string; mentions: UserId[] }
  | { act: 'reword'; thread: Thread; commentId: CommentId; body: string; mentions: UserId[] }
  | { act: 'takeBack'; thread: Thread; commentId: CommentId }
  | { act: 'react'; thread: Thread; commentId: CommentId; kind: ReactionKind; given: boolean }
  | { act: 'resolve' | 'reopen'; thread: Thread; reason: string }

type CommentId = Thread['comments'][number]['id']

/** Does something to threads and shows the thread as it is then, without waiting for the room to tell. */
export function useAct(documentId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (act: Act) => carryOut(documentId, act),
    onSuccess: (thread) => putThread(client, documentId, [thread]),
    // Somebody was faster, or it is not there any more: what is shown is old.
    onError: () => client.invalidateQueries({ queryKey: threadsKey(documentId), exact: true }),
  })
}

type Client = ReturnType<typeof useQueryClient>

function putThread(client: Client, documentId: string, changed: readonly Thread[]): void {
  client.setQueryData<Known>(
    threadsKey(documentId),
    (known) => known && { ...known, threads: merged(known.threads, changed) },
  )
}

/** Puts threads where the server says that their words stand. */
export function putPlaces(
  client: Client,
  documentId: string,
  found: readonly { id: Thread['id']; places: TextPlace[] }[],
): void {
  const places = new Map(found.map((one) => [one.id, one.places]))
  client.setQueryData<Known>(
    threadsKey(documentId),
    (known) =>
      known && {
        ...known,
        threads: known.threads.map((thread) => {
          const now = places.get(thread.id)
          return !now || JSON.stringify(now) === JSON.stringify(thread.places) ? thread : { ...thread, places: now }
        }),
      },
  )
}

function carryOut(documentId: string, act: Act): Promise<Thread> {
  if (act.act === 'open') {
    const { act: _, ...body } = act
    return call('POST /api/documents/:documentId/threads', { params: { documentId }, body })
  }
  const params = { documentId, threadId: act.thread.id }
  switch (act.act) {
    case 'reply': {
      const { key, body, mentions } = act
      const said = { key, body, mentions }
      return call('POST /api/documents/:documentId/threads/:threadId/comments', { params, body: said })
    }
    case 'resolve':
    case 'reopen': {
      const body = { reason: act.reason }
      return act.act === 'resolve'
        ? call('POST /api/documents/:documentId/threads/:threadId/resolve', { params, body })
        : call('POST /api/documents/:documentId/threads/:threadId/reopen', { params, body })
    }
    default:
      return inComment({ ...params, commentId: act.commentId }, act)
  }
}

function inComment(
  params: { documentId: string; threadId: Thread['id']; commentId: CommentId },
  act: Extract<Act, { commentId: CommentId }>,
): Promise<Thread> {
  switch (act.act) {
    case 'reword':
      return call('PATCH /api/documents/:documentId/threads/:threadId/comments/:commentId', {
        params,
        body: { body: act.body, mentions: act.mentions },
      })
    case 'takeBack':
      return call('DELETE /api/documents/:documentId/threads/:threadId/comments/:commentId', { params })
    case 'react': {
      const of = { ...params, kind: act.kind }
      return act.given
        ? call('PUT /api/documents/:documentId/threads/:threadId/comments/:commentId/reactions/:kind', {
            params: of,
            body: {},
          })
        : call('DELETE /api/documents/:documentId/threads/:threadId/comments/:commentId/reactions/:kind', {
            params: of,
          })
    }
  }
}
