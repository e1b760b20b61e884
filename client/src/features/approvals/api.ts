import type { Standing } from '@cabildo/protocol/http/approvals'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/call.ts'
import { signWithPasskey } from '../../lib/passkeys.ts'
import { queryKeys } from '../../lib/query-keys.ts'

/** Where a commitment stands. Whoever is in the room hears of changes. */
export const standingQuery = (documentId: string) =>
  queryOptions({
    queryKey: queryKeys.beside(documentId, 'approvals'),
    queryFn: ({ signal }) => call('GET /api/documents/:documentId/standing', { params: { documentId }, signal }),
  })

/** Something that changes where a commitment stands. */
export type Change =
  | {
      kind: 'step'
      act: Standing['next'][number]['act']
      from: Standing['state']
      reason?: string
      into?: string
      window?: { opensAt?: string; closesAt?: string }
    }
  | { kind: 'ask'; name: string; note: string }
  | { kind: 'withdraw'; approvalId: string; reason: string }
  | ({ kind: 'decide'; approvalId: string } & Decision)

/** A decision on the text of one hash, with what proves afresh who makes it. */
export interface Decision {
  contentHash: string
  /** The clauses alone that it is about; without them the whole, or what is left of it. */
  clauses?: { clause: string; hash: string }[]
  verdict: 'approve' | 'return'
  reason: string
  password?: string
  code?: string
  /** Signs it with a passkey: the browser asks for one. */
  sign?: boolean
}

/** Changes where a commitment stands. What is known of it afterwards is the answer; after a refusal it is asked again. */
export function useChange(documentId: string, slug: string) {
  const client = useQueryClient()
  const key = standingQuery(documentId).queryKey
  return useMutation({
    mutationFn: (change: Change) => send(documentId, change),
    onSuccess: (standing) => {
      client.setQueryData(key, standing)
      return Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.plan(slug), exact: true }),
        client.invalidateQueries({ queryKey: queryKeys.versions(documentId), exact: true }),
      ])
    },
    onError: () => client.invalidateQueries({ queryKey: key }),
  })
}

// Ids come from answers of the server, so they are what their brands promise.
async function send(documentId: string, change: Change): Promise<Standing> {
  const params = { documentId }
  switch (change.kind) {
    case 'step': {
      const { kind: _, ...body } = change
      return call('POST /api/documents/:documentId/steps', { params, body })
    }
    case 'ask': {
      // What is asked about is kept first: the request names its hash, and is refused when somebody wrote meanwhile.
      const { id, contentHash } = await call('POST /api/documents/:documentId/versions', {
        params,
        body: { name: change.name },
      })
      const body = { versionId: id, contentHash, note: change.note }
      return call('POST /api/documents/:documentId/approvals', { params, body })
    }
    case 'withdraw':
      return call('POST /api/documents/:documentId/approvals/:approvalId/withdrawal', {
        params: { ...params, approvalId: change.approvalId },
        body: { reason: change.reason },
      })
    case 'decide': {
      const { kind: _, approvalId, sign = false, ...body } = change
      const of = { ...params, approvalId }
      const { contentHash, clauses, verdict, reason } = body
      const challenge =
        sign &&
        (await call('POST /api/documents/:documentId/approvals/:approvalId/signing', {
          params: of,
          body: { contentHash, verdict, reason, ...(clauses && { clauses }) },
        }))
      const passkey = challenge && (await signWithPasskey(challenge))
      return call('POST /api/documents/:documentId/approvals/:approvalId/decisions', {
        params: of,
        body: { ...body, ...(passkey && { passkey }) },
      })
    }
  }
}
