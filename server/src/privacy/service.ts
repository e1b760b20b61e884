import { AppError } from '@cabildo/protocol/errors'
import type { Display } from '@cabildo/protocol/http/common'
import type { Kysely, Transaction } from 'kysely'
import { demandAlive } from '../auth/renewal.ts'
import type { Actor } from '../auth/sessions.ts'
import type { Database } from '../db/types.ts'
import { logMembership } from '../people/membership-log.ts'
import type { Rooms } from '../rooms/ports.ts'
import { changeDisplay, findPlanOf, withdrawConsents } from './store.ts'

/** What choosing how one is shown needs. */
export interface DisplayDeps {
  db: Kysely<Database>
  rooms: Pick<Rooms, 'recheck'>
}

/**
 * Chooses how one is shown in a plan, from then on and for all that one has written there before. It is one's own to
 * choose whatever one's role, also for who was suspended or has left. Throws `not_found` where one never had a part.
 */
export async function chooseDisplay(deps: DisplayDeps, actor: Actor, plan: string, display: Display): Promise<void> {
  await deps.db.transaction().execute(async (trx) => {
    const planId = await ownPlan(trx, actor, plan)
    await show(trx, actor.userId, planId, display)
  })
  deps.rooms.recheck()
}

/** Takes one's consent for a plan back: from then on one is not shown there at all. Throws `not_found` as above. */
export async function withdrawConsent(deps: DisplayDeps, actor: Actor, plan: string): Promise<void> {
  await deps.db.transaction().execute(async (trx) => {
    const planId = await ownPlan(trx, actor, plan)
    await withdrawConsents(trx, planId, actor.userId)
    await show(trx, actor.userId, planId, 'anonymous')
  })
  deps.rooms.recheck()
}

/** Holds whoever asks, so that nothing about them is written once they are erased. */
async function ownPlan(trx: Transaction<Database>, actor: Actor, plan: string): Promise<string> {
  await demandAlive(trx, actor)
  const planId = await findPlanOf(trx, actor.userId, plan)
  if (planId === undefined) throw new AppError('not_found')
  return planId
}

async function show(trx: Transaction<Database>, userId: string, planId: string, display: Display): Promise<void> {
  if (!(await changeDisplay(trx, { planId, userId, display }))) return
  await logMembership(trx, { planId, userId, kind: 'display_changed', actorId: userId })
}
