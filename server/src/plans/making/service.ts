/**
 * Making plans. A plan begins with its first coordinator, its entry in the record and its text, all or nothing; so it does
 * when an operator founds it, when a coordinator makes another one, and in the demo.
 */
import { randomInt } from 'node:crypto'
import { AppError, refuseField } from '@cabildo/protocol/errors'
import type { PlanItem } from '@cabildo/protocol/http/api'
import { seedDocument } from '@cabildo/schema/content'
import { ogpPlanShape } from '@cabildo/schema/templates/ogp-plan-shape'
import type { Kysely, Transaction } from 'kysely'
import { demandAlive } from '../../auth/renewal.ts'
import { may, rolesWithSecondFactor } from '../../auth/rules.ts'
import type { Actor } from '../../auth/sessions.ts'
import { newId } from '../../db/ids.ts'
import type { Database } from '../../db/types.ts'
import { logMembership } from '../../people/membership-log.ts'
import { appendEntry } from '../../record/service.ts'
import type { InsertDocument, Writer } from '../../rooms/ports.ts'
import { findRoles, findWithoutText, insertCoordinator, insertPlan } from './store.ts'

/** What making plans needs. */
export interface MakingDeps {
  db: Kysely<Database>
  insertDocument: InsertDocument
}

/** A plan as it is asked for. `slug` stands in its address. */
export interface WantedPlan {
  slug: string
  title: string
  place: string
}

/** Most plans that one account coordinates: more are no town's. */
const mostPlans = 30

/**
 * Makes another plan, whose coordinator is whoever asks: somebody who coordinates a plan here already. A slug that is taken
 * is `conflict` and names the field. The first plan of an installation is founded by its operator (`npm run found`).
 */
export async function createPlan(
  { db, insertDocument }: MakingDeps,
  actor: Actor,
  wanted: WantedPlan,
): Promise<PlanItem> {
  const { userId, sessionId } = actor
  const planId = await db.transaction().execute(async (trx) => {
    await demandAlive(trx, actor)
    await demandMaker(trx, actor)
    const id = await beginPlan(trx, insertDocument, wanted, { userId, sessionId, actorId: userId })
    if (id === undefined) throw refuseField('/slug', 'Another plan has this address.', 'conflict')
    return id
  })
  // Made by `newId`, so already what its brand promises.
  return { id: planId as PlanItem['id'], ...wanted, demo: false, state: 'planning', role: 'coordinator' }
}

async function demandMaker(trx: Transaction<Database>, actor: Actor): Promise<void> {
  const makers = (await findRoles(trx, actor.userId)).filter((role) => may(role, 'plan.make'))
  if (actor.workshopId !== null || makers.length === 0) throw new AppError('forbidden')
  if (!actor.secondFactor && makers.every((role) => rolesWithSecondFactor.includes(role)))
    throw new AppError('second_factor_missing')
  if (makers.length >= mostPlans)
    throw new AppError('too_large', { detail: `Nobody coordinates more than ${mostPlans} plans.` })
}

/**
 * Begins a plan: its row, its first coordinator, what its record tells of both, and its text. `actorId` is null for an
 * operator. Undefined, storing nothing, when its slug is taken.
 */
export async function beginPlan(
  trx: Transaction<Database>,
  insertDocument: InsertDocument,
  { slug, title, place }: WantedPlan,
  { userId, sessionId, actorId }: { userId: string; sessionId: string | null; actorId: string | null },
): Promise<string | undefined> {
  const planId = newId()
  if (!(await insertPlan(trx, { id: planId, slug, title, place }))) return undefined
  await insertCoordinator(trx, planId, userId)
  await insertPlanText(trx, insertDocument, { planId, title, writer: { userId, sessionId, groupId: null } })
  await appendEntry(trx, planId, { type: 'plan', userId: actorId, payload: { slug, title, place } })
  await logMembership(trx, { planId, userId, kind: 'joined', actorId: null, role: 'coordinator', groupId: null })
  return planId
}

/** Gives a plan its text: a document of the plan's form with nothing in it yet, in somebody's name. */
export async function insertPlanText(
  trx: Transaction<Database>,
  insertDocument: InsertDocument,
  { planId, title, writer }: { planId: string; title: string; writer: Writer },
): Promise<string> {
  const clientId = randomInt(2 ** 32)
  const documentId = newId()
  await insertDocument(trx, {
    ...{ documentId, planId, kind: 'plan', template: ogpPlanShape.id, templateVersion: ogpPlanShape.version },
    ...{ title, writer, state: seedDocument('', clientId, ogpPlanShape), clientId },
  })
  return documentId
}

/**
 * Gives every plan that has none its text: those from before plans had one. In the name of who coordinated it first; a plan
 * in which nobody ever took part gets none. Answers how many it gave.
 */
export async function givePlansTexts({ db, insertDocument }: MakingDeps): Promise<number> {
  const plans = await findWithoutText(db)
  for (const { planId, title, userId, groupId } of plans) {
    await db
      .transaction()
      .execute((trx) =>
        insertPlanText(trx, insertDocument, { planId, title, writer: { userId, sessionId: null, groupId } }),
      )
  }
  return plans.length
}
