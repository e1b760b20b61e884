import type { Endorsement, Letter } from '@cabildo/protocol/http/endorsements'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/call.ts'
import { queryKeys } from '../../lib/query-keys.ts'

/** Who stands behind a plan. */
export const endorsementsQuery = (slug: string) =>
  queryOptions({
    queryKey: queryKeys.endorsements(slug),
    queryFn: ({ signal }) => call('GET /api/plans/:planId/endorsements', { params: { planId: slug }, signal }),
  })

/** What is withdrawn: an endorsement, or a letter. */
export type Withdrawable = { kind: 'endorsement'; item: Endorsement } | { kind: 'letter'; item: Letter }

/** Something that changes who stands behind a plan. */
type Change =
  | {
      kind: 'endorse'
      key: string
      name: string
      office: string
      organisation: string
      texts: { versionId: Endorsement['texts'][number]['version']['id']; contentHash: string }[]
    }
  | { kind: 'letter'; side: Letter['side']; organisation: string; file: Blob }
  | { kind: 'withdraw'; what: Withdrawable; reason: string }

/** Changes who stands behind a plan; after a refusal it is asked again. */
export function useStandingBehind(slug: string) {
  const client = useQueryClient()
  const { queryKey } = endorsementsQuery(slug)
  return useMutation({
    mutationFn: (change: Change) => send(slug, change),
    onSuccess: (list) => client.setQueryData(queryKey, list),
    onError: () => client.invalidateQueries({ queryKey }),
  })
}

function send(planId: string, change: Change) {
  switch (change.kind) {
    case 'endorse': {
      const { kind: _, ...body } = change
      return call('POST /api/plans/:planId/endorsements', { params: { planId }, body })
    }
    case 'letter': {
      const { side, organisation, file } = change
      return call('POST /api/plans/:planId/letters', { params: { planId }, query: { side, organisation }, file })
    }
    case 'withdraw': {
      const { what, reason } = change
      return what.kind === 'endorsement'
        ? call('POST /api/plans/:planId/endorsements/:endorsementId/withdrawal', {
            params: { planId, endorsementId: what.item.id },
            body: { reason },
          })
        : call('POST /api/plans/:planId/letters/:number/withdrawal', {
            params: { planId, number: what.item.number },
            body: { reason },
          })
    }
  }
}

/** Where the bytes of a letter are. */
export function letterAddress(slug: string, number: number): string {
  return `/api/plans/${encodeURIComponent(slug)}/letters/${number}`
}
