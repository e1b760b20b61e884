import { useQueryClient } from '@tanstack/react-query'
import { queryKeys } from './query-keys.ts'

/**
 * For whoever has just been let in, by any door. What the program knew of anybody before is forgotten; what else bounds
 * the new session is asked for with the next page.
 */
export function useEntering(): (user: { id: string; name: string }) => void {
  const client = useQueryClient()
  return (user) => {
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== queryKeys.service[0] })
    client.setQueryData(queryKeys.session, user)
    void client.invalidateQueries({ queryKey: queryKeys.session })
  }
}
