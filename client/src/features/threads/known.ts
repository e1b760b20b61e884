import type { Thread } from '@cabildo/protocol/http/threads'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../lib/call.ts'
import { allPages, paged } from '../../lib/pages.ts'
import { queryKeys } from '../../lib/query-keys.ts'

/** The threads on a document as they are known here. */
export interface Known {
  threads: Thread[]
  /** To ask only for what changed since. */
  syncToken: string
  /** When all of them were asked for last. Milliseconds of the epoch. */
  wholeAt: number
}

/** How people are shown may change without a word: all is asked for again after this. Milliseconds. */
const wholeFor = 10 * 60_000

/** As many as the server tells at once: a slow phone takes a fifth of a second to get to the next page. */
export const threadsAtOnce = 500

/** Where what is known of the threads on a document is kept. */
export const threadsKey = (documentId: string) => queryKeys.beside(documentId, 'threads')

/** The threads on a document. Asked again, only those that changed since: whoever is in the room asks at each news. */
export const threadsQuery = (documentId: string) =>
  queryOptions({
    queryKey: threadsKey(documentId),
    queryFn: async ({ client, signal }): Promise<Known> => {
      const known = client.getQueryData<Known>(threadsKey(documentId))
      const now = Date.now()
      const base = known && now - known.wholeAt < wholeFor ? known : undefined
      let syncToken: string | undefined
      const changed = await allPages(async (cursor) => {
        const query = { ...paged(cursor, threadsAtOnce), ...(base ? { syncToken: base.syncToken } : {}) }
        const page = await call('GET /api/documents/:documentId/threads', { params: { documentId }, query, signal })
        syncToken ??= page.syncToken
        return page
      })
      return {
        threads: base && changed.length === 0 ? base.threads : merged(base?.threads ?? [], changed),
        syncToken: syncToken ?? '0',
        wholeAt: base?.wholeAt ?? now,
      }
    },
    staleTime: 60_000,
    // What did not change is the same object by itself; comparing hundreds of threads letter by letter would hold up typing.
    structuralSharing: false,
  })

/** Puts what changed into what is known, by number. */
export function merged(known: readonly Thread[], changed: readonly Thread[]): Thread[] {
  const all = new Map([...known, ...changed].map((thread) => [thread.id, thread]))
  return [...all.values()].sort((a, b) => a.number - b.number)
}
