import type { QueryClient, QueryKey } from '@tanstack/react-query'

/**
 * Has what is under a key asked for again, by whoever shows it, since it has changed. What was asked for first and is still on
 * its way may be from before that; TanStack Query would join that request and take its answer for news, so it is waited for.
 */
export async function lookAgain(client: QueryClient, queryKey: QueryKey): Promise<void> {
  const query = client.getQueryCache().find({ queryKey })
  if (query && query.state.data === undefined) await query.promise?.catch(() => {})
  await client.invalidateQueries({ queryKey })
}
