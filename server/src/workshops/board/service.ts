/**
 * The people of a workshop, as those who run it see and correct them. Only guests are renamed, moved or merged: an account
 * that came is somebody already, and what is about it is its own.
 */
import { AppError, refuseField } from '@cabildo/protocol/errors'
import type { Attendance, ParticipantItem, Workshop } from '@cabildo/protocol/http/workshops'
import type { Transaction } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../auth/sessions.ts'
import { findNewcomers, holdPeople } from '../../db/holding.ts'
import type { Database } from '../../db/types.ts'
import { logMembership } from '../../people/membership-log.ts'
import { enterPlan } from '../../people/service.ts'
import { sealPlans } from '../../record/sealing/service.ts'
import { countPeople } from '../device/store.ts'
import { findCommitments, findWorkshop, lockWorkshop } from '../store.ts'
import { insideOf, participantOf, type RunDeps, viewOf } from '../view.ts'
import { findSaidToBe, mergeParticipant, unmergeParticipant } from './merging.ts'
import {
  countAttendance,
  endSessionsOf,
  findParticipants,
  hasTable,
  moveToGroup,
  type ParticipantRow,
  renameGuest,
  updateParticipant,
} from './store.ts'

/** What of a participant changes. */
export interface Correction {
  name?: string | undefined
  groupId?: string | undefined
  /** Null: at no table. */
  tableId?: string | null | undefined
  muted?: boolean | undefined
  removed?: boolean | undefined
}

/** Where somebody stands, as its address says. */
interface Place {
  planId: string
  workshopId: string
  userId: string
}

/**
 * Corrects a participant, mutes or removes them, or takes that back; every change of what they are or may do is recorded.
 * Names, groups and tables can be corrected after the workshop too; muting a closed one is `link_gone`.
 */
export async function changeParticipant(
  deps: RunDeps,
  actor: Actor,
  { planId: plan, workshopId, userId }: Place,
  change: Correction,
): Promise<z.input<typeof ParticipantItem>> {
  const planId = await deps.db.transaction().execute(async (trx) => {
    const { planId } = await enterPlan(trx, actor, plan, 'workshop.run')
    const { workshop, participant } = await hold(trx, { planId, workshopId, userId })
    if (participant.mergedInto) throw new AppError('conflict', { detail: 'They are counted as somebody else by now.' })
    if (participant.erased) throw new AppError('conflict', { detail: 'What was about them was erased.' })
    if (change.muted !== undefined && !workshop.open) {
      throw new AppError('link_gone', { detail: 'The workshop is closed.' })
    }
    await correct(trx, { planId, workshopId, actorId: actor.userId }, participant, change)
    return planId
  })
  deps.rooms.recheck()
  const [row, commitments] = await Promise.all([
    participantIn(deps.db, { planId, workshopId, userId }),
    findCommitments(deps.db, workshopId),
  ])
  if (!row) throw new AppError('not_found')
  return participantOf(row, insideOf(deps.rooms, commitments))
}

/**
 * Says that a guest is the same person as another participant, and records it. Their sessions end; on their phone the
 * other one is waiting, one tap away, when that is a guest too.
 */
export async function mergeInto(
  deps: RunDeps,
  actor: Actor,
  { planId: plan, workshopId, userId }: Place,
  into: string,
): Promise<z.input<typeof Workshop>> {
  const planId = await deps.db.transaction().execute(async (trx) => {
    const { planId } = await enterPlan(trx, actor, plan, 'workshop.run')
    const { participant } = await hold(trx, { planId, workshopId, userId }, into)
    const other = await participantIn(trx, { planId, workshopId, userId: into })
    if (!other) throw refuseField('/into', 'The workshop has no such participant.')
    const obstacle = obstacleTo(participant, other)
    if (obstacle) throw new AppError('conflict', { detail: obstacle })
    await mergeParticipant(trx, { workshopId, userId, into })
    await endSessionsOf(trx, { workshopId, userId })
    await logMembership(trx, { planId, userId, kind: 'merged', actorId: actor.userId, intoUserId: into, workshopId })
    return planId
  })
  deps.rooms.recheck()
  const row = await findWorkshop(deps.db, planId, workshopId)
  if (!row) throw new AppError('not_found')
  return viewOf(deps, row)
}

/**
 * Takes back that a guest is somebody else, while the workshop is open, and records it. Both stand as they did before; on
 * the guest's phone they are one tap away again. Who is nobody else is `conflict`, like one who was erased since.
 */
export async function takeMergeBack(
  deps: RunDeps,
  actor: Actor,
  { planId: plan, workshopId, userId }: Place,
): Promise<z.input<typeof Workshop>> {
  const planId = await deps.db.transaction().execute(async (trx) => {
    const { planId } = await enterPlan(trx, actor, plan, 'workshop.run')
    const { workshop, participant } = await hold(trx, { planId, workshopId, userId })
    if (!workshop.open) throw new AppError('link_gone', { detail: 'The workshop is closed.' })
    const into = await findSaidToBe(trx, { workshopId, userId })
    if (into === null) throw new AppError('conflict', { detail: 'They are nobody else.' })
    if (participant.erased) throw new AppError('conflict', { detail: 'What was about them was erased.' })
    if ((await countPeople(trx, workshopId)) >= workshop.mostPeople) throw new AppError('workshop_full')
    await unmergeParticipant(trx, { workshopId, userId })
    const by = { planId, userId, actorId: actor.userId, workshopId }
    await logMembership(trx, { ...by, kind: 'unmerged', intoUserId: into })
    return planId
  })
  deps.rooms.recheck()
  const row = await findWorkshop(deps.db, planId, workshopId)
  if (!row) throw new AppError('not_found')
  return viewOf(deps, row)
}

/** How many came to a workshop, in total and by what they have in common. */
export async function readAttendance(
  { db }: Pick<RunDeps, 'db'>,
  actor: Actor,
  { planId: plan, workshopId }: { planId: string; workshopId: string },
): Promise<z.input<typeof Attendance>> {
  const { planId } = await enterPlan(db, actor, plan, 'workshop.count')
  if (!(await findWorkshop(db, planId, workshopId))) throw new AppError('not_found')
  return countAttendance(db, { planId, workshopId })
}

async function correct(
  trx: Transaction<Database>,
  by: { planId: string; workshopId: string; actorId: string },
  { userId, kind, groupId: wasGroupId, mutedAt, removedAt, ...was }: ParticipantRow,
  { name, groupId, tableId, muted, removed }: Correction,
): Promise<void> {
  const note = { ...by, userId }
  if (name !== undefined && name !== was.name) {
    if (kind !== 'guest') throw refuseField('/name', 'An account changes its name itself.')
    await renameGuest(trx, userId, name)
    await logMembership(trx, { ...note, kind: 'renamed' })
  }
  if (groupId !== undefined && groupId !== wasGroupId) {
    if (kind !== 'guest') throw refuseField('/groupId', 'The group of an account is changed among the members.')
    await sealPlans(trx, [by.planId])
    if (!(await moveToGroup(trx, { planId: by.planId, userId, groupId }))) {
      throw refuseField('/groupId', 'The plan has no such group.')
    }
    await logMembership(trx, { ...note, kind: 'group_changed', groupId, wasGroupId })
  }
  if (tableId && !(await hasTable(trx, by.workshopId, tableId))) {
    throw refuseField('/tableId', 'The workshop has no such table.')
  }
  const mutes = muted !== undefined && muted !== (mutedAt !== null)
  const removes = removed !== undefined && removed !== (removedAt !== null)
  await updateParticipant(trx, note, {
    ...(tableId !== undefined && { tableId }),
    ...(mutes && { muted }),
    ...(removes && { removed }),
  })
  if (mutes) await logMembership(trx, { ...note, kind: muted ? 'muted' : 'unmuted' })
  if (removes) await logMembership(trx, { ...note, kind: removed ? 'removed' : 'resumed' })
  if (removes && removed) await endSessionsOf(trx, note)
}

/** Why two participants cannot be said to be one; undefined when they can. */
function obstacleTo(participant: ParticipantRow, other: ParticipantRow): string | undefined {
  if (participant.userId === other.userId) return 'Nobody is merged into themselves.'
  if (participant.mergedInto || other.mergedInto) return 'One of them is counted as somebody else by now.'
  if (participant.removedAt || other.removedAt) return 'One of them was removed.'
  if (participant.erased || other.erased) return 'What was about one of them was erased.'
  if (participant.kind !== 'guest') return 'An account is nobody else; merge the guest into it.'
  return undefined
}

/** Holds a participant, the other one of two, and then the workshop (decision 30), and reads what they are by then. */
async function hold(trx: Transaction<Database>, place: Place, otherId?: string) {
  // Looked at first, so that nobody can hold people who are not of this workshop.
  if (!(await participantIn(trx, place))) throw new AppError('not_found')
  const other = otherId === undefined ? undefined : await participantIn(trx, { ...place, userId: otherId })
  const writers = await findNewcomers(trx, [place.planId])
  await holdPeople(trx, other ? [place.userId, other.userId, ...writers] : [place.userId, ...writers])
  const workshop = await lockWorkshop(trx, place.planId, place.workshopId)
  const participant = await participantIn(trx, place)
  if (!workshop || !participant) throw new AppError('not_found')
  return { workshop, participant }
}

async function participantIn(db: RunDeps['db'], place: Place): Promise<ParticipantRow | undefined> {
  const [row] = await findParticipants(db, place)
  return row
}
