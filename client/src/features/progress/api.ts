import type { Completion, MilestoneStatus } from '@cabildo/protocol/http/progress'
import type { VersionId } from '@cabildo/protocol/ids'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/call.ts'
import { queryKeys } from '../../lib/query-keys.ts'

/** What became of a commitment after its approval. */
export const progressQuery = (documentId: string) =>
  queryOptions({
    queryKey: queryKeys.progress(documentId),
    queryFn: ({ signal }) => call('GET /api/documents/:documentId/progress', { params: { documentId }, signal }),
  })

/** What is said of it: a report on a milestone, or how far it is completed. */
type Saying =
  | {
      kind: 'report'
      key: string
      versionId: VersionId
      milestone: number
      status: MilestoneStatus
      words: string
      link?: string
      day: string
    }
  | { kind: 'assess'; level: Completion; reason: string }

/** Says something of it; after a refusal it is asked again. */
export function useProgress(documentId: string) {
  const client = useQueryClient()
  const { queryKey } = progressQuery(documentId)
  return useMutation({
    mutationFn: ({ kind, ...said }: Saying) =>
      'level' in said
        ? call('POST /api/documents/:documentId/progress/assessments', { params: { documentId }, body: said })
        : call('POST /api/documents/:documentId/progress/reports', { params: { documentId }, body: said }),
    onSuccess: (progress) => client.setQueryData(queryKey, progress),
    onError: () => client.invalidateQueries({ queryKey }),
  })
}
