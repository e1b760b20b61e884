import type { ExportList, PackProgress } from '@cabildo/protocol/http/exports'
import { queryOptions } from '@tanstack/react-query'
import { call, requestLine } from '../../lib/call.ts'
import { queryKeys } from '../../lib/query-keys.ts'

/** What can be taken along of a plan. */
export const exportsQuery = (slug: string) =>
  queryOptions({
    queryKey: queryKeys.exports(slug),
    queryFn: ({ signal }): Promise<ExportList> =>
      call('GET /api/plans/:planId/exports', { params: { planId: slug }, signal }),
  })

/** Where a file of a plan is. */
export function fileAddress(planId: string, file: string, query: Record<string, string>): string {
  return requestLine('GET /api/plans/:planId/exports/:file', { planId, file }, query).path
}

/** How far an evidence pack is; undefined while the server does not know of it. */
export function packProgress(planId: string, key: string, signal: AbortSignal): Promise<PackProgress | undefined> {
  return call('GET /api/plans/:planId/exports/evidence/:key', { params: { planId, key }, signal }).catch(
    () => undefined,
  )
}
