import type { Role } from '@cabildo/protocol/http/common'
import type { FactorReset, GroupDetail, InvitationItem, MemberItem } from '@cabildo/protocol/http/people'
import type { FactorResetId, GroupId, LinkId, UserId } from '@cabildo/protocol/ids'
import { queryOptions, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { type CallInput, call } from '../../lib/call.ts'
import { allPages, paged } from '../../lib/pages.ts'
import { queryKeys } from '../../lib/query-keys.ts'

/** How often the list in sight asks what changed. Milliseconds. */
const glance = 5000

/** Who may do what. Changes with the program alone. */
export const rightsQuery = queryOptions({
  queryKey: queryKeys.rights,
  queryFn: async ({ signal }) => (await call('GET /api/rights', { signal })).rights,
  staleTime: Number.POSITIVE_INFINITY,
})

/** Everybody who takes part in a plan, kept fresh while they are looked at. */
export const membersQuery = (slug: string) =>
  queryOptions({
    queryKey: queryKeys.members(slug),
    queryFn: ({ signal }): Promise<MemberItem[]> =>
      allPages((cursor) =>
        call('GET /api/plans/:planId/members', { params: { planId: slug }, query: paged(cursor), signal }),
      ),
    refetchInterval: glance,
  })

/** The groups of a plan. */
export const groupsQuery = (slug: string) =>
  queryOptions({
    queryKey: queryKeys.groups(slug),
    queryFn: async ({ signal }): Promise<GroupDetail[]> =>
      (await call('GET /api/plans/:planId/groups', { params: { planId: slug }, signal })).items,
  })

/** The requests to remove a second step that wait for a decision, kept fresh while they are looked at. */
export const factorResetsQuery = (slug: string) =>
  queryOptions({
    queryKey: queryKeys.factorResets(slug),
    queryFn: async ({ signal }): Promise<FactorReset[]> =>
      (await call('GET /api/plans/:planId/factor-resets', { params: { planId: slug }, signal })).items,
    refetchInterval: glance,
  })

/** The invitations of a plan, newest first. */
export const invitationsQuery = (slug: string) =>
  queryOptions({
    queryKey: queryKeys.invitations(slug),
    queryFn: ({ signal }): Promise<InvitationItem[]> =>
      allPages((cursor) =>
        call('GET /api/plans/:planId/invitations', { params: { planId: slug }, query: paged(cursor), signal }),
      ),
  })

/** Every change of who takes part and how, newest first, page by page. */
export function useMembershipHistory(slug: string) {
  return useInfiniteQuery({
    queryKey: queryKeys.membershipHistory(slug),
    queryFn: ({ pageParam, signal }) =>
      call('GET /api/plans/:planId/members/history', {
        params: { planId: slug },
        query: { limit: 50, ...(pageParam ? { cursor: pageParam } : undefined) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    select: ({ pages }) => pages.flatMap((page) => page.items),
  })
}

/** Everything of a plan that shows people is asked for again after a change. */
function useRenewal(slug: string) {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: queryKeys.plan(slug) })
}

/** What may change about a member. */
export interface MemberChange {
  role?: Role
  groupId?: GroupId | null
  suspended?: boolean
}

/** Changes a member. */
export function useChangeMember(slug: string, userId: UserId) {
  const renew = useRenewal(slug)
  return useMutation({
    mutationFn: (body: MemberChange) =>
      call('PATCH /api/plans/:planId/members/:userId', { params: { planId: slug, userId }, body }),
    onSuccess: renew,
  })
}

/** Removes a member from the plan. */
export function useRemoveMember(slug: string, userId: UserId) {
  const renew = useRenewal(slug)
  return useMutation({
    mutationFn: () => call('DELETE /api/plans/:planId/members/:userId', { params: { planId: slug, userId } }),
    onSuccess: renew,
  })
}

/** Makes a link that lets a member back into their account. */
export const useMakeRecovery = (slug: string, userId: UserId) =>
  useMutation({
    mutationFn: () =>
      call('POST /api/plans/:planId/members/:userId/recovery', { params: { planId: slug, userId }, body: {} }),
  })

/** Asks that the second step of a member be removed; another coordinator decides. */
export function useAskForReset(slug: string, userId: UserId) {
  const renew = useRenewal(slug)
  return useMutation({
    mutationFn: (reason: string) =>
      call('POST /api/plans/:planId/members/:userId/factor-reset', {
        params: { planId: slug, userId },
        body: { reason },
      }),
    onSuccess: renew,
  })
}

/** Approves such a request, or refuses it. */
export function useDecideReset(slug: string) {
  const renew = useRenewal(slug)
  return useMutation({
    mutationFn: ({ resetId, step }: { resetId: FactorResetId; step: 'approve' | 'refuse' }) => {
      const params = { planId: slug, resetId }
      return step === 'approve'
        ? call('POST /api/plans/:planId/factor-resets/:resetId/approve', { params, body: {} })
        : call('DELETE /api/plans/:planId/factor-resets/:resetId', { params })
    },
    onSuccess: renew,
  })
}

/** What is written about a group. */
export type GroupBody = CallInput<'POST /api/plans/:planId/groups'>['body']

/** Adds a group, or changes the one with this id. */
export function useSaveGroup(slug: string, groupId: GroupId | undefined) {
  const renew = useRenewal(slug)
  return useMutation({
    mutationFn: (body: GroupBody) =>
      groupId === undefined
        ? call('POST /api/plans/:planId/groups', { params: { planId: slug }, body })
        : call('PATCH /api/plans/:planId/groups/:groupId', { params: { planId: slug, groupId }, body }),
    onSuccess: renew,
  })
}

/** Somebody to be invited. */
export interface Invitee {
  name: string
  email?: string
  role: Role
  groupId: GroupId | null
}

/** Invites people; each gets a link that is told this once. */
export function useInvite(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (people: readonly Invitee[]) =>
      (await call('POST /api/plans/:planId/invitations', { params: { planId: slug }, body: { people: [...people] } }))
        .items,
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.invitations(slug) }),
  })
}

/** Takes an invitation back: its link leads nowhere any more. */
export function useTakeBack(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (linkId: LinkId) =>
      call('DELETE /api/plans/:planId/invitations/:linkId', { params: { planId: slug, linkId } }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.invitations(slug) }),
  })
}
