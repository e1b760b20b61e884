import type { ParticipantItem } from '@cabildo/protocol/http/workshops'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../lib/call.ts'
import { allPages, paged } from '../../lib/pages.ts'
import { queryKeys } from '../../lib/query-keys.ts'

/** Workshops asked for at once: the phone of a workshop has one slow line. */
const atOnce = 10

/** Those for whom one may type in a commitment, by its number: who takes part in an open workshop on it, those without a phone first. */
export const typedForQuery = (planId: string, commitment: number) =>
  queryOptions({
    queryKey: [...queryKeys.workshops(planId), 'typedFor', commitment],
    queryFn: async ({ signal }) => {
      const params = { planId }
      const workshops = await allPages((cursor) =>
        call('GET /api/plans/:planId/workshops', { params, query: paged(cursor), signal }),
      )
      const open = workshops.filter(({ closedAt }) => closedAt === null)
      const look = ({ id: workshopId }: { id: string }) =>
        call('GET /api/plans/:planId/workshops/:workshopId', { params: { ...params, workshopId }, signal })
      const found: Awaited<ReturnType<typeof look>>[] = []
      for (let from = 0; from < open.length; from += atOnce)
        found.push(...(await Promise.all(open.slice(from, from + atOnce).map(look))))
      return peopleOf(
        found
          .filter(({ commitments }) => commitments.some(({ number }) => number === commitment))
          .flatMap(({ participants }) => participants),
      )
    },
    staleTime: 0,
  })

/** Each person once, without those who may not be typed for; by name, those without a phone first. */
function peopleOf(participants: readonly ParticipantItem[]): ParticipantItem[] {
  const able = participants.filter(
    ({ mutedAt, removedAt, mergedInto }) => mutedAt === null && removedAt === null && mergedInto === null,
  )
  const byId = new Map(able.map((one) => [one.userId, one]))
  return [...byId.values()].sort(
    (a, b) =>
      Number(a.device !== null || !a.guest) - Number(b.device !== null || !b.guest) || a.name.localeCompare(b.name),
  )
}
