import type { Profile } from '@cabildo/protocol/http/account'
import type { Display } from '@cabildo/protocol/http/common'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/call.ts'
import { useEntering } from '../../lib/entering.ts'
import { makePasskey } from '../../lib/passkeys.ts'
import { queryKeys } from '../../lib/query-keys.ts'
import { browserStorage, createKeptIndex } from '../../sync/kept-index.ts'

/** Everything the program knows about the reader. */
export const profileQuery = queryOptions({
  queryKey: queryKeys.profile,
  queryFn: ({ signal }) => call('GET /api/profile', { signal }),
})

/** Where the reader is signed in. */
export const sessionsQuery = queryOptions({
  queryKey: queryKeys.sessions,
  queryFn: async ({ signal }) => (await call('GET /api/sessions', { signal })).items,
})

/** A password, for accounts that have one; else nothing. */
export const proof = (password: string): { password?: string } => (password === '' ? {} : { password })

/** After a change: the profile, and whatever shows a name, are asked for again. */
export function useRenewal() {
  const client = useQueryClient()
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: queryKeys.profile }),
      client.invalidateQueries({ queryKey: queryKeys.session }),
      client.invalidateQueries({ queryKey: queryKeys.sessions }),
    ])
}

/** Corrects the name or the address. */
export function useCorrectProfile() {
  const client = useQueryClient()
  const renew = useRenewal()
  return useMutation({
    mutationFn: (body: { name?: string; email?: string | null; password?: string }) =>
      call('PATCH /api/profile', { body }),
    onSuccess: (profile: Profile) => {
      client.setQueryData(queryKeys.profile, profile)
      void renew()
    },
  })
}

/** Sets a password; every other session ends. */
export function useSetPassword() {
  const renew = useRenewal()
  return useMutation({
    mutationFn: (body: { password?: string; newPassword: string }) => call('PUT /api/profile/password', { body }),
    onSuccess: renew,
  })
}

/** Begins with an authenticator: nothing holds before it is confirmed. */
export const useBeginTotp = () =>
  useMutation({
    mutationFn: (password: string) => call('POST /api/profile/totp', { body: proof(password) }),
  })

/** Proves that the authenticator works; answers the recovery codes. */
export const useConfirmTotp = () =>
  useMutation({ mutationFn: (code: string) => call('POST /api/profile/totp/confirm', { body: { code } }) })

/** Makes new recovery codes; the old ones end. */
export const useNewRecoveryCodes = () =>
  useMutation({ mutationFn: (code: string) => call('POST /api/profile/recovery-codes', { body: { code } }) })

/** Stops using the authenticator. */
export function useRemoveTotp() {
  const renew = useRenewal()
  return useMutation({
    mutationFn: (code: string) => call('POST /api/profile/totp/remove', { body: { code } }),
    onSuccess: renew,
  })
}

/** Makes a passkey on this device and gives it to the account. */
export function useAddPasskey() {
  const renew = useRenewal()
  return useMutation({
    mutationFn: async ({ label, password }: { label: string; password: string }) => {
      const challenge = await call('POST /api/profile/passkeys/options', { body: proof(password) })
      const response = await makePasskey(challenge)
      return call('POST /api/profile/passkeys', { body: { label, response } })
    },
    onSuccess: renew,
  })
}

/** Removes a passkey from the account; the device keeps its half, which opens nothing any more. */
export function useRemovePasskey() {
  const renew = useRenewal()
  return useMutation({
    mutationFn: (passkeyId: string) => call('DELETE /api/profile/passkeys/:passkeyId', { params: { passkeyId } }),
    onSuccess: renew,
  })
}

/** Goes to the other sign-on, to come back with an account there connected to this one. */
export const useConnectIdentity = () =>
  useMutation({
    mutationFn: async (password: string) => {
      const { url } = await call('POST /api/profile/identities', { body: proof(password) })
      window.location.assign(url)
    },
  })

/** Forgets an account at another sign-on. */
export function useRemoveIdentity() {
  const renew = useRenewal()
  return useMutation({
    mutationFn: (identityId: string) => call('DELETE /api/profile/identities/:identityId', { params: { identityId } }),
    onSuccess: renew,
  })
}

/** Ends one session, or with null all of them. */
export function useEndSessions() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (sessionId: string | null) =>
      sessionId === null
        ? call('DELETE /api/sessions')
        : call('DELETE /api/sessions/:sessionId', { params: { sessionId } }),
    onSuccess: (_, sessionId) =>
      sessionId === null ? undefined : client.invalidateQueries({ queryKey: queryKeys.sessions }),
  })
}

/** Chooses how one is shown in a plan. What shows people is asked for again when it is looked at. */
export function useSetDisplay() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ slug, display }: { slug: string; display: Display }) =>
      call('PUT /api/plans/:planId/display', { params: { planId: slug }, body: { display } }),
    onSuccess: () => client.invalidateQueries(),
  })
}

/** Takes back the consent for a plan. */
export function useWithdrawConsent() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (slug: string) =>
      call('POST /api/plans/:planId/consent/withdraw', { params: { planId: slug }, body: {} }),
    onSuccess: () => client.invalidateQueries(),
  })
}

/** Leaves a plan. */
export function useLeavePlan() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (slug: string) =>
      call('DELETE /api/plans/:planId/members/:userId', { params: { planId: slug, userId: 'me' } }),
    onSuccess: () => client.invalidateQueries(),
  })
}

/** Has everything about the reader erased; then this device forgets them too, except for text that was not sent. */
export const useErase = (userId: string) =>
  useMutation({
    mutationFn: async (body: { name: string; password?: string }) => {
      await call('POST /api/profile/erase', { body })
      const clear = async () =>
        (await import('../../sync/offline.ts')).forgetUser(userId, createKeptIndex(browserStorage(), Date.now))
      // They are erased, whatever the browser still holds.
      await clear().catch(() => {})
    },
  })

/** What a one-time link is for. Looking does not use it, and nothing but a change of the link could change the answer. */
export const linkQuery = (token: string) =>
  queryOptions({
    queryKey: ['link', token],
    queryFn: ({ signal }) => call('POST /api/links/look', { body: { token }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })

/** What is sent to use a one-time link. */
export interface LinkUse {
  token: string
  asSelf?: boolean
  name?: string
  email?: string | null
  password?: string
  consent?: string
}

/** Uses a one-time link: whoever does is signed in then. */
export function useUseLink() {
  const enter = useEntering()
  return useMutation({
    mutationFn: (body: LinkUse) => call('POST /api/links/use', { body }),
    onSuccess: ({ user }) => enter(user),
  })
}
