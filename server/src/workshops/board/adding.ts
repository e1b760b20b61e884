/** Somebody without a phone, put on the list by whoever runs the workshop, with the consent they gave on paper or aloud. */
import { AppError, refuseField } from '@cabildo/protocol/errors'
import type { Display } from '@cabildo/protocol/http/common'
import type { Workshop } from '@cabildo/protocol/http/workshops'
import type { z } from 'zod'
import type { Actor } from '../../auth/sessions.ts'
import { newId } from '../../db/ids.ts'
import { logMembership } from '../../people/membership-log.ts'
import { enterPlan } from '../../people/service.ts'
import { recordConsent } from '../../privacy/consent.ts'
import { countPeople, findSeats, insertGuest, insertParticipant } from '../device/store.ts'
import { findWorkshop, lockWorkshop } from '../store.ts'
import { type RunDeps, viewOf } from '../view.ts'

/** Who came, as they said it to whoever writes it down. */
export interface Named {
  name: string
  groupId: string
  tableId?: string | undefined
  display: Display
  consent: { version: string; way: 'paper' | 'spoken' }
}

/**
 * Adds a participant who has no phone: a person of the plan like any other guest, without a session or a device. The
 * record tells who wrote them down. A closed workshop is `link_gone`, a full one `workshop_full`.
 */
export async function addParticipant(
  deps: RunDeps,
  actor: Actor,
  { planId: plan, workshopId }: { planId: string; workshopId: string },
  { name, groupId, tableId, display, consent }: Named,
): Promise<z.input<typeof Workshop>> {
  const planId = await deps.db.transaction().execute(async (trx) => {
    const { planId } = await enterPlan(trx, actor, plan, 'workshop.run')
    const workshop = await lockWorkshop(trx, planId, workshopId)
    if (!workshop) throw new AppError('not_found')
    if (!workshop.open) throw new AppError('link_gone', { detail: 'The workshop is closed.' })
    const seats = await findSeats(trx, { planId, workshopId, groupId, tableId })
    if (!seats.group) throw refuseField('/groupId', 'The plan has no such group.')
    if (!seats.table) throw refuseField('/tableId', 'The workshop has no such table.')
    if ((await countPeople(trx, workshopId)) >= workshop.mostPeople) throw new AppError('workshop_full')
    const userId = newId()
    await insertGuest(trx, { userId, name, planId, groupId, display })
    await insertParticipant(trx, { workshopId, userId, tableId: tableId ?? null, gender: null, ageBand: null })
    await recordConsent(trx, { userId, planId, workshopId, textVersion: consent.version, way: consent.way })
    const by = { planId, userId, actorId: actor.userId, workshopId }
    await logMembership(trx, { ...by, kind: 'joined', role: 'participant', groupId })
    return planId
  })
  const row = await findWorkshop(deps.db, planId, workshopId)
  if (!row) throw new AppError('not_found')
  return viewOf(deps, row)
}
