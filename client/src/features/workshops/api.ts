import type { ParticipantItem, Workshop } from '@cabildo/protocol/http/workshops'
import type { UserId, WorkshopId } from '@cabildo/protocol/ids'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { type CallInput, type CallOutput, call } from '../../lib/call.ts'
import { allPages, paged } from '../../lib/pages.ts'
import { queryKeys } from '../../lib/query-keys.ts'
import { turnedElsewhere } from '../../sync/turned-elsewhere.ts'

/** How often a board in sight asks who is there. Milliseconds. */
const glance = 4000
/** How often a shared phone asks whether its people are still called what they were. Milliseconds. */
const calm = 20_000

/** The workshops of a plan, newest first. */
export const workshopsQuery = (slug: string) =>
  queryOptions({
    queryKey: queryKeys.workshops(slug),
    queryFn: ({ signal }) =>
      allPages((cursor) =>
        call('GET /api/plans/:planId/workshops', { params: { planId: slug }, query: paged(cursor), signal }),
      ),
  })

/** One workshop and who is in it, asked again every few seconds while the page is in sight. */
export const liveWorkshopQuery = (slug: string, workshopId: WorkshopId) =>
  queryOptions({
    queryKey: queryKeys.workshop(slug, workshopId),
    queryFn: ({ signal }) =>
      call('GET /api/plans/:planId/workshops/:workshopId', { params: { planId: slug, workshopId }, signal }),
    refetchInterval: ({ state }) => (state.data?.closedAt ? false : glance),
  })

/** Who came, as totals. */
export const attendanceQuery = (slug: string, workshopId: WorkshopId) =>
  queryOptions({
    queryKey: queryKeys.attendance(slug, workshopId),
    queryFn: ({ signal }) =>
      call('GET /api/plans/:planId/workshops/:workshopId/attendance', { params: { planId: slug, workshopId }, signal }),
    refetchInterval: glance * 2,
  })

/** Opens a workshop. */
export function useOpenWorkshop(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: CallInput<'POST /api/plans/:planId/workshops'>['body']) =>
      call('POST /api/plans/:planId/workshops', { params: { planId: slug }, body }),
    onSuccess: (workshop) => {
      client.setQueryData(queryKeys.workshop(slug, workshop.id), workshop)
      void client.invalidateQueries({ queryKey: queryKeys.workshops(slug), exact: true })
    },
  })
}

/** What a facilitator may do with an open workshop; each answer is shown at once. */
export function useWorkshopActions(slug: string, workshopId: WorkshopId) {
  const client = useQueryClient()
  const params = { planId: slug, workshopId }
  const queryKey = queryKeys.workshop(slug, workshopId)
  // An answer to an older question must not put back what has just been changed.
  const onMutate = () => client.cancelQueries({ queryKey, exact: true })
  const show = async (workshop: Workshop) => {
    // Nor the answer to one that was asked while the change was on its way.
    await onMutate()
    client.setQueryData(queryKey, workshop)
    void client.invalidateQueries({ queryKey: queryKeys.attendance(slug, workshopId) })
    void client.invalidateQueries({ queryKey: queryKeys.workshops(slug), exact: true })
  }
  const change = useMutation({
    mutationFn: (body: CallInput<'PATCH /api/plans/:planId/workshops/:workshopId'>['body']) =>
      call('PATCH /api/plans/:planId/workshops/:workshopId', { params, body }),
    onMutate,
    onSuccess: show,
  })
  const close = useMutation({
    mutationFn: () => call('POST /api/plans/:planId/workshops/:workshopId/close', { params, body: {} }),
    onMutate,
    onSuccess: show,
  })
  const changePerson = useMutation({
    mutationFn: ({ userId, ...body }: PersonChange) =>
      call('PATCH /api/plans/:planId/workshops/:workshopId/participants/:userId', {
        params: { ...params, userId },
        body,
      }),
    onMutate,
    onSuccess: async (person) => {
      await onMutate()
      client.setQueryData<Workshop>(queryKey, (workshop) => workshop && withPerson(workshop, person))
      void client.invalidateQueries({ queryKey })
    },
  })
  const merge = useMutation({
    mutationFn: ({ userId, into }: { userId: UserId; into: UserId }) =>
      call('POST /api/plans/:planId/workshops/:workshopId/participants/:userId/merge', {
        params: { ...params, userId },
        body: { into },
      }),
    onMutate,
    onSuccess: show,
  })
  const unmerge = useMutation({
    mutationFn: (userId: UserId) =>
      call('DELETE /api/plans/:planId/workshops/:workshopId/participants/:userId/merge', {
        params: { ...params, userId },
      }),
    onMutate,
    onSuccess: show,
  })
  const add = useMutation({
    mutationFn: (body: CallInput<'POST /api/plans/:planId/workshops/:workshopId/participants'>['body']) =>
      call('POST /api/plans/:planId/workshops/:workshopId/participants', { params, body }),
    onMutate,
    onSuccess: show,
  })
  return { change, close, changePerson, merge, unmerge, add }
}

/** What is changed about a participant. */
export type PersonChange = {
  userId: UserId
} & CallInput<'PATCH /api/plans/:planId/workshops/:workshopId/participants/:userId'>['body']

const withPerson = (workshop: Workshop, person: ParticipantItem): Workshop => ({
  ...workshop,
  participants: workshop.participants.map((one) => (one.userId === person.userId ? person : one)),
})

/** How somebody found a workshop: by its QR, or by its spoken code. */
export type WayIn = { token: string } | { code: string }

/** What a way in leads to. Asked once: too many questions are refused. */
export const lookQuery = (way: WayIn) =>
  queryOptions({
    queryKey: ['look', way],
    queryFn: ({ signal }) => call('POST /api/workshops/look', { body: way, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  })
/** What a way in leads to. */
export type Look = CallOutput<'POST /api/workshops/look'>

/** The workshop this device is in, and the people who share it. */
export const deviceQuery = queryOptions({
  queryKey: queryKeys.device,
  queryFn: ({ signal }) => call('GET /api/device', { signal }),
  refetchInterval: calm,
})

/** Who is let in, and the device they share: what joining and taking turns answer. */
type Entered = CallOutput<'POST /api/device/active'>

/** For whoever is the active person of this device from now on. What the program knew for the one before is forgotten. */
function useEnteringWorkshop(): (entered: Entered) => void {
  const client = useQueryClient()
  const kept: readonly unknown[] = [queryKeys.service[0], queryKeys.session[0], queryKeys.device[0]]
  return ({ user, device }) => {
    const before = client.getQueryData<{ id: string; workshop?: unknown } | null>(queryKeys.session)
    // A member of the plan takes part with their own account: their session is no guest's.
    const asMember = before?.id === user.id && !before.workshop
    void client.cancelQueries()
    client.removeQueries({ predicate: ({ queryKey }) => !kept.includes(queryKey[0]) })
    client.setQueryData(queryKeys.device, device)
    client.setQueryData(queryKeys.session, { ...user, workshop: asMember ? null : device.workshop })
    void client.invalidateQueries({ queryKey: queryKeys.session })
    // Here is where it changed hands, whatever a question under way has heard meanwhile.
    turnedElsewhere.set(null)
  }
}

/** Takes part as a new person of this device. */
export function useJoin() {
  const enter = useEnteringWorkshop()
  return useMutation({
    mutationFn: (body: CallInput<'POST /api/workshops/join'>['body']) => call('POST /api/workshops/join', { body }),
    onSuccess: enter,
  })
}

/** Makes somebody who joined from this device before the active one. */
export function useTakeTurn() {
  const enter = useEnteringWorkshop()
  return useMutation({
    mutationFn: (userId: UserId) => call('POST /api/device/active', { body: { userId } }),
    onSuccess: enter,
  })
}
