import type { QueryClient } from '@tanstack/react-query'
import { proposalsQuery } from '../features/proposals/api.ts'
import { threadsQuery } from '../features/threads/known.ts'

/**
 * Asks for what there may be hundreds of before the parts that show it are there: reading and drawing them keeps a phone busy
 * for half a second. Whoever shows it tells of what went wrong.
 */
export function askAhead(client: QueryClient, documentId: string): void {
  void client.prefetchQuery(threadsQuery(documentId))
  client.fetchQuery(proposalsQuery(documentId)).then(
    (proposals) => {
      // They are drawn in the text by a file of its own.
      if (proposals.some(({ state }) => state === 'open')) import('../features/proposals/in-text.tsx').catch(() => {})
    },
    () => {},
  )
}
