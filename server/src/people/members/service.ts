/**
 * Who takes part in a plan, and how. A change holds the plan's row first, asks the rules, is written into the record of
 * the membership in the same transaction, and acts on open rooms at once.
 */
import { AppError, refuseField } from '@cabildo/protocol/errors'
import type { Group } from '@cabildo/protocol/http/common'
import type { MemberItem, MembershipEvent } from '@cabildo/protocol/http/people'
import type { Kysely, Transaction } from 'kysely'
import { may } from '../../auth/rules.ts'
import type { Actor } from '../../auth/sessions.ts'
import type { Database } from '../../db/types.ts'
import { sealPlans } from '../../record/sealing/service.ts'
import type { Rooms } from '../../rooms/ports.ts'
import { logMembership } from '../membership-log.ts'
import { type Part, type PartChange, type PartEvent, ruleOnChange, ruleOnEnd } from '../rules.ts'
import { demandGroup, enterPlan, groupsOf, holdPlan, peopleOf } from '../service.ts'
import {
  countOtherCoordinators,
  deletePart,
  findEvents,
  findMembers,
  findPart,
  type MemberQuery,
  type MemberRow,
  updatePart,
} from './store.ts'

/** What members need. `rooms` look again when somebody's part has changed. */
export interface MemberDeps {
  db: Kysely<Database>
  rooms: Pick<Rooms, 'recheck'>
}

/** A member with their place in the list. */
export type Placed = MemberItem & { place: readonly [string, string] }

/** Lists members by name. Who somebody is however they are shown, and who is suspended, is for those who may know. */
export async function listMembers(
  { db }: Pick<MemberDeps, 'db'>,
  actor: Actor,
  plan: string,
  query: Omit<MemberQuery, 'knows' | 'userId'>,
): Promise<Placed[]> {
  const { planId, role } = await enterPlan(db, actor, plan, 'people.see')
  // A guest knows the people of their workshop from being there; who else takes part is for those whom somebody invited.
  if (actor.workshopId !== null) throw new AppError('forbidden')
  return membersOf(db, planId, { ...query, knows: may(role, 'people.know') })
}

/** Changes role or group, suspends or lets back. A guest keeps their role, and a plan its last coordinator. */
export async function changeMember(
  { db, rooms }: MemberDeps,
  actor: Actor,
  { planId: plan, userId }: { planId: string; userId: string },
  change: PartChange,
): Promise<MemberItem> {
  const member = await db.transaction().execute(async (trx) => {
    const { planId } = await holdPlan(trx, actor, plan, 'people.manage')
    const { part, others } = await find(trx, planId, userId)
    await demandGroup(trx, planId, change.groupId)
    const ruling = ruleOnChange(part, change, others)
    if (ruling.kind === 'refused') throw refusalOf(ruling.reason)
    // What they wrote until now is told under what they were.
    if (ruling.part.role !== part.role || ruling.part.groupId !== part.groupId) await sealPlans(trx, [planId])
    if (ruling.events.length > 0) await updatePart(trx, planId, userId, ruling.part)
    for (const event of ruling.events) await log(trx, { planId, userId, actor, event })
    const [changed] = await membersOf(trx, planId, { knows: true, userId, limit: 1 })
    if (!changed) throw new Error(`member ${userId} was changed and is not there`)
    return changed
  })
  rooms.recheck()
  return member
}

/** Ends a part: somebody's own (`me`), or another's for whoever manages the plan. What they wrote stays theirs. */
export async function endMembership(
  { db, rooms }: MemberDeps,
  actor: Actor,
  { planId: plan, userId: wanted }: { planId: string; userId: string },
): Promise<void> {
  const userId = wanted === 'me' ? actor.userId : wanted
  const own = userId === actor.userId
  await db.transaction().execute(async (trx) => {
    const { planId } = await holdPlan(trx, actor, plan, own ? 'plan.open' : 'people.manage')
    const { part, others } = await find(trx, planId, userId)
    const ruling = ruleOnEnd(part, { own, others })
    if (ruling.kind === 'refused') throw refusalOf(ruling.reason)
    await sealPlans(trx, [planId])
    await deletePart(trx, planId, userId)
    await log(trx, { planId, userId, actor, event: ruling.event })
  })
  rooms.recheck()
}

/** Lists every change of who takes part and how, newest first, with its number; people as they are shown today. */
export async function listHistory(
  { db }: Pick<MemberDeps, 'db'>,
  actor: Actor,
  plan: string,
  page: { below: number | undefined; limit: number },
): Promise<(Omit<MembershipEvent, 'at'> & { at: string; number: number })[]> {
  const { planId } = await enterPlan(db, actor, plan, 'people.history')
  const rows = await findEvents(db, planId, page)
  const ids = rows.flatMap(({ userId, actorId, intoUserId }) =>
    [userId, actorId, intoUserId].filter((id) => id !== null),
  )
  const [people, groups] = await Promise.all([peopleOf(db, planId, ids), groupsOf(db, planId)])
  const groupById = new Map<string, Group>(groups.map((group) => [group.id, group]))
  const person = (id: string | null) => (id && people.get(id)) || null
  const group = (id: string | null) => (id && groupById.get(id)) || null
  return rows.map((row) => {
    const { id: number, kind, role, wasRole } = row
    const subject = person(row.userId)
    if (!subject) throw new Error(`user ${row.userId} is in the record and does not exist`)
    // Whoever is shown without a group today is so in the past, too.
    const hidden = subject.group === null && subject.name === ''
    return {
      number,
      kind,
      at: row.at.toISOString(),
      person: subject,
      actor: person(row.actorId),
      role,
      wasRole,
      group: hidden ? null : group(row.groupId),
      wasGroup: hidden ? null : group(row.wasGroupId),
      into: person(row.intoUserId),
      // It comes from `newId`.
      workshopId: row.workshopId as MembershipEvent['workshopId'],
    }
  })
}

async function find(
  trx: Transaction<Database>,
  planId: string,
  userId: string,
): Promise<{ part: Part; others: number }> {
  const part = await findPart(trx, planId, userId)
  if (!part) throw new AppError('not_found')
  return { part, others: await countOtherCoordinators(trx, planId, userId) }
}

function refusalOf(reason: 'last_coordinator' | 'guest'): AppError {
  if (reason === 'last_coordinator') return new AppError('last_coordinator')
  return refuseField('/role', 'A guest of a workshop takes part as a participant: invite them to give them a role.')
}

function log(
  trx: Transaction<Database>,
  { planId, userId, actor, event }: { planId: string; userId: string; actor: Actor; event: PartEvent },
): Promise<void> {
  return logMembership(trx, { planId, userId, actorId: actor.userId, ...event })
}

async function membersOf(db: Kysely<Database>, planId: string, query: MemberQuery): Promise<Placed[]> {
  const rows = await findMembers(db, planId, query)
  const people = await peopleOf(
    db,
    planId,
    rows.map(({ userId }) => userId),
  )
  return rows.map((row) => {
    const person = people.get(row.userId)
    if (!person) throw new Error(`member ${row.userId} has no account`)
    return {
      person,
      role: row.role,
      // Somebody who is not shown at all is not shown as a guest either.
      guest: row.guest && (query.knows || row.display !== 'anonymous'),
      suspendedAt: row.suspendedAt?.toISOString() ?? null,
      joinedAt: row.joinedAt.toISOString(),
      known: query.knows ? knownOf(row) : null,
      place: [row.sortName, row.userId],
    }
  })
}

function knownOf({ name, email, groupId, groupName, sector, display, secondFactor }: MemberRow): MemberItem['known'] {
  const group = groupId && groupName && sector ? { id: groupId, name: groupName, sector } : null
  // From `newId` and a checked column, so already what their brands promise.
  return { name, email, group: group as Group | null, display, secondFactor }
}
