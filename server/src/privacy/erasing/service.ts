import { AppError } from '@cabildo/protocol/errors'
import type { Kysely, Transaction } from 'kysely'
import { demandMayChange } from '../../auth/factors/gate.ts'
import type { Proof } from '../../auth/proof.ts'
import type { Actor } from '../../auth/sessions.ts'
import type { Database } from '../../db/types.ts'
import type { Logger } from '../../log.ts'
import { countOtherCoordinators, findPart } from '../../people/members/store.ts'
import { logMembership } from '../../people/membership-log.ts'
import { ruleOnEnd } from '../../people/rules.ts'
import type { Erasures } from '../../record/forgetting/erasures.ts'
import { forgetPerson } from '../../record/forgetting/service.ts'
import { sealPlans } from '../../record/sealing/service.ts'
import { forgetInputs } from '../../review/inputs/service.ts'
import { forgetProposals, withdrawErased } from '../../review/proposals/service.ts'
import { forgetWords } from '../../review/threads/service.ts'
import type { Rooms } from '../../rooms/ports.ts'
import { type Erasable, eraseAccount, holdToErase } from './store.ts'

/** What erasing needs. */
export interface ErasingDeps {
  db: Kysely<Database>
  /** Told of everybody as soon as they are erased. */
  erasures: Pick<Erasures, 'add'>
  logger: Pick<Logger, 'error'>
}

/** What erasing oneself needs beside that. */
export interface SelfErasingDeps extends ErasingDeps {
  proof: Proof
  rooms: Pick<Rooms, 'recheck'>
}

/**
 * Has what is about oneself erased: all of it in one transaction, or nothing. What one wrote stays in the record under
 * an id that leads to nobody. Asks for the password of an account that has one, and for the exact name, so that it never
 * happens by mistake; and a session that did not show the account's second factor cannot do it: `forbidden`. Throws also
 * `wrong_credentials`, `invalid`, `last_coordinator`, `throttled`.
 */
export async function eraseSelf(
  deps: SelfErasingDeps,
  actor: Actor,
  given: { name: string; password?: string | undefined },
): Promise<void> {
  const { userId } = actor
  if (actor.workshopId === null) await demandMayChange(deps.db, actor)
  await deps.proof.demand(userId, given.password)
  await eraseHeld(deps, userId, userId, ({ name }) => {
    if (name.normalize() !== given.name.trim().normalize()) throw wrongName()
  })
  deps.rooms.recheck()
}

/**
 * Erases somebody in the program's own name; answers whether there was anybody (left) to erase. `before` keeps, in the same
 * transaction, what may remain of them. Throws `last_coordinator`. The rooms hear of it through the database.
 */
export async function eraseByProgram(
  deps: ErasingDeps,
  userId: string,
  before?: (trx: Transaction<Database>) => Promise<void>,
): Promise<boolean> {
  return eraseHeld(deps, userId, null, (_, trx) => before?.(trx))
}

function wrongName(): AppError {
  const detail = 'Type your name exactly as it stands in your profile.'
  return new AppError('invalid', { detail, errors: [{ pointer: '/name', detail }] })
}

/** Whoever joins plan after plan at this very moment is asked to try again. */
const tries = 3

async function eraseHeld(
  deps: ErasingDeps,
  userId: string,
  actorId: string | null,
  first: (account: Erasable, trx: Transaction<Database>) => Promise<void> | void | undefined,
): Promise<boolean> {
  for (let left = tries; left > 0; left--) {
    const outcome = await deps.db.transaction().execute(async (trx) => {
      const account = await holdToErase(trx, userId)
      if (account === undefined || account === 'moved') return account
      await first(account, trx)
      // What people say beside texts, bring and propose is in the record already; it is held before documents and the head.
      const ids = account.people.map(({ id }) => id)
      await forgetWords(trx, ids)
      await forgetInputs(trx, ids)
      await forgetProposals(trx, ids)
      // All of it is told before anything else of anybody is gone.
      await sealPlans(
        trx,
        account.people.flatMap(({ planIds }) => planIds),
      )
      await withdrawErased(trx, ids)
      for (const { id, planIds } of account.people) await leavePlans(trx, id, actorId, planIds)
      for (const { id } of account.people) {
        await eraseAccount(trx, id)
        await forgetPerson(trx, id)
      }
      return account.people.map(({ id }) => id)
    })
    if (outcome === undefined) return false
    if (outcome === 'moved') continue
    await note(deps, outcome)
    return true
  }
  throw new AppError('unavailable', { retryAfter: 5 })
}

/**
 * Not before it is done, or a list would erase who was not; and what fails is made up for within a minute (again.ts), so
 * whoever is erased by now is not told that they are not.
 */
async function note({ erasures, logger }: ErasingDeps, userIds: readonly string[]): Promise<void> {
  try {
    await erasures.add(userIds)
  } catch (error) {
    logger.error({ err: error }, 'who was erased could not be noted outside the database yet')
  }
}

/** Ends every part as leaving would, but for the name of the event. */
async function leavePlans(
  trx: Transaction<Database>,
  userId: string,
  actorId: string | null,
  planIds: readonly string[],
): Promise<void> {
  for (const planId of planIds) {
    const part = await findPart(trx, planId, userId)
    if (!part) continue
    const ruling = ruleOnEnd(part, { own: true, others: await countOtherCoordinators(trx, planId, userId) })
    if (ruling.kind === 'refused') throw new AppError(ruling.reason)
    await logMembership(trx, { ...ruling.event, planId, userId, kind: 'erased', actorId })
  }
}
