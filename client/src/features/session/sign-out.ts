import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/call.ts'
import { queryKeys } from '../../lib/query-keys.ts'
import { refusalCode } from '../../lib/refusal.ts'
import { browserStorage, createKeptIndex } from '../../sync/kept-index.ts'

const index = () => createKeptIndex(browserStorage(), Date.now)

/** How many texts on this device hold edits of a user that no server was heard to take. */
export const textsNotSent = (userId: string): number =>
  index()
    .held(userId)
    .filter(({ pending }) => pending > 0).length

/**
 * Signs out: the session ends on the server, then this device forgets what it keeps of the user, except texts with edits
 * that were not sent, which wait for the same user. The local copies' code is loaded only now.
 */
export function useSignOut(userId: string, onSignedOut: () => Promise<void>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async () => {
      try {
        await call('DELETE /api/session')
      } catch (error) {
        // A session that has already ended is what was wanted.
        if (refusalCode(error) !== 'signed_out') throw error
      }
      const { forgetUser } = await import('../../sync/offline.ts')
      await forgetUser(userId, index())
    },
    onSuccess: async () => {
      // First away from the pages that need a session, so that they do not ask for one again.
      await onSignedOut()
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== queryKeys.session[0] })
      client.setQueryData(queryKeys.session, null)
    },
  })
}
