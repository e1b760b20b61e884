import type { MembershipEvent } from '@cabildo/protocol/http/people'
import type { Transaction } from 'kysely'
import type { Database } from '../db/types.ts'
import { appendEntry, pidOf } from '../record/service.ts'

/** One change of who takes part in a plan and how. People are named by id alone, so that a name can still be erased. */
export interface MembershipChange {
  planId: string
  userId: string
  kind: MembershipEvent['kind']
  /** Who made it; null when it was the program itself. */
  actorId: string | null
  role?: string
  wasRole?: string
  groupId?: string | null
  wasGroupId?: string | null
  workshopId?: string
  /** With `merged`: the person this one is. */
  intoUserId?: string
}

/**
 * Writes a change of membership in the transaction that makes it, and its entry in the plan's record, so that fact and
 * record are one. Rows are only ever added; the database stamps the time.
 */
export async function logMembership(trx: Transaction<Database>, change: MembershipChange): Promise<void> {
  await trx.insertInto('membershipEvent').values(change).execute()
  const { planId, userId, kind, actorId, role, wasRole, groupId, wasGroupId, workshopId, intoUserId } = change
  const pid = (id: string) => pidOf(trx, planId, id)
  await appendEntry(trx, planId, {
    type: 'membership',
    userId: actorId,
    payload: {
      kind,
      person: await pid(userId),
      ...(role !== undefined && { role }),
      ...(wasRole !== undefined && { wasRole }),
      ...(groupId && { group: groupId }),
      ...(wasGroupId && { wasGroup: wasGroupId }),
      ...(workshopId !== undefined && { workshop: workshopId }),
      ...(intoUserId !== undefined && { into: await pid(intoUserId) }),
    },
    ...(groupId && { groupId }),
  })
}
