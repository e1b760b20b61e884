import type { Input } from '@cabildo/protocol/http/inputs'
import type { Meeting, MeetingFileUse, Minutes } from '@cabildo/protocol/http/meetings'
import type { InputId, MeetingId } from '@cabildo/protocol/ids'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { type CallInput, call } from '../../lib/call.ts'
import { allPages, paged } from '../../lib/pages.ts'
import { queryKeys } from '../../lib/query-keys.ts'

/** Every meeting of a plan, the latest first, with how many were held and what the reader may do. */
export const meetingsQuery = (slug: string) =>
  queryOptions({
    queryKey: queryKeys.meetings(slug),
    queryFn: async ({ signal }) => {
      const params = { planId: slug }
      const first = await call('GET /api/plans/:planId/meetings', { params, query: paged(undefined), signal })
      const { nextCursor, totals, may } = first
      const rest =
        nextCursor === null
          ? []
          : await allPages((cursor) =>
              call('GET /api/plans/:planId/meetings', { params, query: paged(cursor ?? nextCursor), signal }),
            )
      return { items: [...first.items, ...rest], totals, may }
    },
  })

const oneKey = (slug: string, number: number) => [...queryKeys.meetings(slug), 'one', number] as const

/** One meeting by its number; null when there is none. */
export const meetingQuery = (slug: string, number: number) =>
  queryOptions({
    queryKey: oneKey(slug, number),
    queryFn: async ({ signal }): Promise<Meeting | null> => {
      const params = { planId: slug }
      const { items } = await call('GET /api/plans/:planId/meetings', { params, query: { number, limit: 1 }, signal })
      const [found] = items
      if (!found) return null
      return call('GET /api/plans/:planId/meetings/:meetingId', { params: { ...params, meetingId: found.id }, signal })
    },
  })

/** The minutes of a meeting by its number; null when it has none. Read again when somebody names a version. */
export const minutesQuery = (slug: string, number: number) =>
  queryOptions({
    queryKey: queryKeys.minutes(slug, number),
    queryFn: async ({ signal }): Promise<Minutes | null> => {
      const params = { planId: slug }
      const { items } = await call('GET /api/plans/:planId/meetings', { params, query: { number, limit: 1 }, signal })
      const [found] = items
      if (!found?.minutesId) return null
      const address = { ...params, meetingId: found.id }
      return call('GET /api/plans/:planId/meetings/:meetingId/minutes', { params: address, signal })
    },
  })

/** Begins the minutes of a meeting, or finds those that somebody else began. */
export function useBeginMinutes(slug: string, { id, number }: Meeting) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () =>
      call('POST /api/plans/:planId/meetings/:meetingId/minutes', { params: { planId: slug, meetingId: id } }),
    onSuccess: (minutes) => {
      client.setQueryData(queryKeys.minutes(slug, number), minutes)
      client.setQueryData(oneKey(slug, number), minutes.meeting)
      void client.invalidateQueries({ queryKey: queryKeys.meetings(slug), exact: true })
    },
  })
}

/** What is sent of a meeting's facts. */
export type FactsBody = Omit<CallInput<'PUT /api/plans/:planId/meetings/:meetingId'>['body'], 'after'>
/** What is sent of who came. */
export type CountsBody = Omit<CallInput<'PUT /api/plans/:planId/meetings/:meetingId/attendance'>['body'], 'after'>

/** Enters a meeting; the same key again enters it once. */
export function useAddMeeting(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: FactsBody & { key: string }) =>
      call('POST /api/plans/:planId/meetings', { params: { planId: slug }, body }),
    onSuccess: (meeting) => {
      client.setQueryData(oneKey(slug, meeting.number), meeting)
      void client.invalidateQueries({ queryKey: queryKeys.meetings(slug), exact: true })
    },
  })
}

/** What can be done with a meeting. */
export type MeetingAct =
  | { act: 'change'; body: FactsBody }
  | { act: 'count'; body: CountsBody }
  | { act: 'takeFromWorkshop' }
  | { act: 'move'; state: Meeting['state']; reason?: string }
  | { act: 'gather'; add?: InputId[]; remove?: InputId[] }

/** Does one of these with a meeting as it was read; its answer is shown at once. */
export function useMeetingAct(slug: string, { id, number, revision: after }: Meeting) {
  const client = useQueryClient()
  const params = { planId: slug, meetingId: id }
  return useMutation({
    mutationFn: (act: MeetingAct): Promise<Meeting> => {
      switch (act.act) {
        case 'change':
          return call('PUT /api/plans/:planId/meetings/:meetingId', { params, body: { ...act.body, after } })
        case 'count':
          return call('PUT /api/plans/:planId/meetings/:meetingId/attendance', { params, body: { ...act.body, after } })
        case 'takeFromWorkshop':
          return call('POST /api/plans/:planId/meetings/:meetingId/attendance/workshop', { params, body: { after } })
        case 'move': {
          const { state, reason } = act
          const body = { after, state, ...(reason === undefined ? {} : { reason }) }
          return call('POST /api/plans/:planId/meetings/:meetingId/state', { params, body })
        }
        case 'gather': {
          const { add = [], remove = [] } = act
          return call('PUT /api/plans/:planId/meetings/:meetingId/inputs', { params, body: { add, remove } })
        }
      }
    },
    onSuccess: async (meeting, { act }) => {
      client.setQueryData(oneKey(slug, number), meeting)
      void client.invalidateQueries({ queryKey: queryKeys.meetings(slug), exact: true })
      if (act === 'gather') await client.invalidateQueries({ queryKey: queryKeys.inputs(slug) })
    },
  })
}

/** The workshops of a plan, which a meeting may have been. */
export const workshopChoicesQuery = (slug: string) =>
  queryOptions({
    queryKey: queryKeys.workshops(slug),
    queryFn: ({ signal }) =>
      allPages((cursor) =>
        call('GET /api/plans/:planId/workshops', { params: { planId: slug }, query: paged(cursor), signal }),
      ),
  })

/** The inputs that belong to a meeting, by number. */
export const meetingInputsQuery = (slug: string, meetingId: MeetingId) =>
  queryOptions({
    queryKey: [...queryKeys.inputs(slug), 'meeting', meetingId],
    queryFn: ({ signal }): Promise<Input[]> =>
      allPages((cursor) =>
        call('GET /api/plans/:planId/inputs', {
          params: { planId: slug },
          query: { ...paged(cursor), meetingId },
          signal,
        }),
      ),
  })

/** The ids of inputs by their numbers, in the order of these; those that there are not are left out. */
export async function findInputIds(slug: string, numbers: readonly number[]): Promise<InputId[]> {
  const wanted = new Set(numbers)
  const last = Math.max(...numbers)
  const found: InputId[] = []
  for (let above = Math.min(...numbers) - 1; above < last; ) {
    const query = { above, limit: 200 }
    const { items } = await call('GET /api/plans/:planId/inputs', { params: { planId: slug }, query })
    for (const { id, number } of items) if (wanted.has(number)) found.push(id)
    const reached = items.at(-1)?.number
    if (reached === undefined) break
    above = reached
  }
  return found
}

/** Where the table of who came is downloaded. */
export const tableAddress = (slug: string, language: string): string =>
  `/api/plans/${encodeURIComponent(slug)}/meetings/attendance.csv?language=${language}`

/** Where a file beside a meeting is, or the small picture of it. */
export const fileAddress = (slug: string, meetingId: string, number: number, part: '' | '/thumbnail' = ''): string =>
  `/api/plans/${encodeURIComponent(slug)}/meetings/${meetingId}/attachments/${number}${part}`

/** What is kept beside a meeting. */
export const filesQuery = (slug: string, meetingId: MeetingId) =>
  queryOptions({
    queryKey: [...queryKeys.meetings(slug), 'files', meetingId],
    queryFn: ({ signal }) =>
      call('GET /api/plans/:planId/meetings/:meetingId/attachments', { params: { planId: slug, meetingId }, signal }),
  })

/** What can be done with files beside a meeting. */
export type FileAct =
  | { act: 'attach'; use: MeetingFileUse; file: Blob }
  | { act: 'describe'; number: number; caption: string | null; shown: boolean }
  | { act: 'detach'; number: number }

/** Attaches a file, says what is on one, or removes it. */
export function useFileAct(slug: string, meetingId: MeetingId) {
  const client = useQueryClient()
  const params = { planId: slug, meetingId }
  const { queryKey } = filesQuery(slug, meetingId)
  return useMutation({
    mutationFn: (act: FileAct) => {
      if (act.act === 'attach') {
        const { use, file } = act
        return call('POST /api/plans/:planId/meetings/:meetingId/attachments', { params, query: { use }, file })
      }
      const one = { ...params, number: act.number }
      if (act.act === 'detach')
        return call('DELETE /api/plans/:planId/meetings/:meetingId/attachments/:number', { params: one })
      const { caption, shown } = act
      return call('PATCH /api/plans/:planId/meetings/:meetingId/attachments/:number', {
        params: one,
        body: { caption, shown },
      })
    },
    onSuccess: (list) => client.setQueryData(queryKey, list),
    onError: () => client.invalidateQueries({ queryKey }),
  })
}
