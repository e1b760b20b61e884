import type { CurrentSession } from '@cabildo/protocol/http/account'
import { queryOptions, useMutation } from '@tanstack/react-query'
import { call } from '../../lib/call.ts'
import { useEntering } from '../../lib/entering.ts'
import { queryKeys } from '../../lib/query-keys.ts'
import { Refusal, refusalCode } from '../../lib/refusal.ts'
import { remembered } from '../../lib/remembered.ts'
import { turnedElsewhere } from '../../sync/turned-elsewhere.ts'

/** Who is signed in. What bounds the session is unknown while it is only remembered, or has just begun. */
export type SignedInUser = CurrentSession['user'] & Partial<Omit<CurrentSession, 'user'>>

/** Who is signed in on this device; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: queryKeys.session,
  queryFn: async ({ client, signal }): Promise<SignedInUser | null> => {
    try {
      const { user, ...bounds } = await call('GET /api/session', { signal })
      const { data, dataUpdatedAt = 0 } = client.getQueryState<SignedInUser | null>(queryKeys.session) ?? {}
      // Nobody's page becomes another's under their hands. What was only remembered is nobody's yet.
      if (data?.workshop && data.id !== user.id && dataUpdatedAt > remembered.updatedAt) {
        turnedElsewhere.set(user)
        throw new Refusal('conflict', 409)
      }
      return { ...user, ...bounds }
    } catch (error) {
      if (refusalCode(error) === 'signed_out') return null
      throw error
    }
  },
  staleTime: 5 * 60_000,
})

/** What a visitor may know before signing in. A server that does not tell is no demo. */
export const serviceQuery = queryOptions({
  queryKey: queryKeys.service,
  queryFn: ({ signal }) => call('GET /api/service', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
})

/** What is typed to sign in: `code` for accounts with a second step. */
export interface Credentials {
  email: string
  password: string
  code?: string
}

/** Signs in. What the program knew of anybody before is forgotten first. */
export function useSignIn() {
  const enter = useEntering()
  return useMutation({
    mutationFn: (body: Credentials) => call('POST /api/session', { body }),
    onSuccess: ({ user }) => enter(user),
  })
}

/** Goes on after another sign-on, with the code of one's authenticator. */
export function useOpenIdCode() {
  const enter = useEntering()
  return useMutation({
    mutationFn: (code: string) => call('POST /api/session/openid', { body: { code } }),
    onSuccess: ({ user }) => enter(user),
  })
}
