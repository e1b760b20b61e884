import type { AttachmentList } from '@cabildo/protocol/http/attachments'
import type { InputId } from '@cabildo/protocol/ids'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/call.ts'
import { queryKeys } from '../../lib/query-keys.ts'

/** The input that files are beside: its plan, by id or slug, and its id. */
export interface AttachedTo {
  planId: string
  inputId: InputId
}

/** What is kept beside an input. */
export const attachmentsQuery = (to: AttachedTo) =>
  queryOptions({
    queryKey: queryKeys.attachments(to.planId, to.inputId),
    queryFn: ({ signal }): Promise<AttachmentList> =>
      call('GET /api/plans/:planId/inputs/:inputId/attachments', { params: { ...to }, signal }),
  })

/** Sends one file. */
export function useAttach(to: AttachedTo) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (file: Blob) =>
      call('POST /api/plans/:planId/inputs/:inputId/attachments', { params: { ...to }, file }),
    onSuccess: (list) => client.setQueryData(attachmentsQuery(to).queryKey, list),
  })
}

/** Removes one file. One that is gone already is no failure. */
export function useDetach(to: AttachedTo) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (number: number) =>
      call('DELETE /api/plans/:planId/inputs/:inputId/attachments/:number', { params: { ...to, number } }),
    onSuccess: (list) => client.setQueryData(attachmentsQuery(to).queryKey, list),
    onError: () => client.invalidateQueries({ queryKey: attachmentsQuery(to).queryKey }),
  })
}

/** Where a file is, or the small picture of it. */
export function addressOf({ planId, inputId }: AttachedTo, number: number, part: '' | '/thumbnail' = ''): string {
  return `/api/plans/${encodeURIComponent(planId)}/inputs/${inputId}/attachments/${number}${part}`
}
