/**
 * A lost second factor. One person of a plan's coordination asks that it be removed, another one approves or refuses.
 * 1. The plan's row is held first, then the account: of two who decide at once, the second finds nothing to decide.
 * 2. What is removed is removed from the account, so every plan it takes part in gets a line in its record.
 * 3. Its person is told by mail of both steps, and at the next sign-in of the second.
 */
import { AppError } from '@cabildo/protocol/errors'
import type { FactorReset } from '@cabildo/protocol/http/people'
import type { Kysely, Transaction } from 'kysely'
import { newId } from '../../../db/ids.ts'
import type { Database } from '../../../db/types.ts'
import type { Mailer } from '../../../mail/mailer.ts'
import { logMembership } from '../../../people/membership-log.ts'
import { enterPlan, holdPlan, peopleOf } from '../../../people/service.ts'
import type { Rooms } from '../../../rooms/ports.ts'
import { findPlan } from '../../links/invitations/store.ts'
import { holdLiveAccount } from '../../links/store.ts'
import type { Actor } from '../../sessions.ts'
import { demandAccount } from '../gate.ts'
import { askedLetter, removedLetter } from './letters.ts'
import { obstacleToApproving, obstacleToAsking } from './rules.ts'
import {
  endReset,
  findLocked,
  findOpenResets,
  insertOperatorsReset,
  insertReset,
  markSeen,
  type OpenReset,
  plansOf,
  removeFactors,
} from './store.ts'

/** What resets need. */
export interface ResetDeps {
  db: Kysely<Database>
  mailer: Mailer
  rooms: Pick<Rooms, 'recheck'>
}

/** Lists the requests of a plan that wait for somebody, oldest first, each with why this reader cannot approve it. */
export async function listResets({ db }: Pick<ResetDeps, 'db'>, actor: Actor, plan: string): Promise<FactorReset[]> {
  const { planId } = await enterPlan(db, actor, plan, 'factor.reset')
  return itemsOf(db, planId, await findOpenResets(db, planId, actor.userId))
}

/** Asks that a member's second factor be removed. Throws `conflict` when there is none, or it was asked already. */
export async function askForReset(
  { db, mailer }: Pick<ResetDeps, 'db' | 'mailer'>,
  actor: Actor,
  { planId: plan, userId }: { planId: string; userId: string },
  reason: string,
): Promise<FactorReset> {
  const { member, planId, item } = await db.transaction().execute(async (trx) => {
    const { planId } = await holdPlan(trx, actor, plan, 'factor.reset')
    const member = await findLocked(trx, { planId, userId })
    if (!member) throw new AppError('not_found')
    const self = userId === actor.userId
    const detail = obstacleToAsking(member, self)
    if (detail) throw new AppError(self || !member.account ? 'forbidden' : 'conflict', { detail })
    const open = await findOpenResets(trx, planId, actor.userId)
    if (open.some((reset) => reset.userId === userId)) throw new AppError('conflict', { detail: 'Asked already.' })
    const id = newId()
    await insertReset(trx, { id, planId, userId, askedBy: actor.userId, reason })
    await logMembership(trx, { planId, userId, kind: 'factor_reset_asked', actorId: actor.userId })
    const made = (await findOpenResets(trx, planId, actor.userId)).filter((reset) => reset.id === id)
    const [item] = await itemsOf(trx, planId, made)
    if (!item) throw new Error(`reset ${id} was stored and is not there`)
    return { member, planId, item }
  })
  if (member.email) {
    await mailer.send(askedLetter({ to: member.email, name: member.name, plan: await findPlan(db, planId) }))
  }
  return item
}

/** Approves a request: the factors are gone and every session of the account ends. Refused as the item's `obstacle` says. */
export async function approveReset(
  { db, mailer, rooms }: ResetDeps,
  actor: Actor,
  place: { planId: string; resetId: string },
): Promise<void> {
  const { planId, member } = await db.transaction().execute(async (trx) => {
    const { planId, reset } = await hold(trx, actor, place)
    const obstacle = obstacleToApproving(reset)
    if (obstacle) throw new AppError('forbidden', { detail: sentences[obstacle] })
    const { id, userId } = reset
    await endReset(trx, id, { outcome: 'approved', endedBy: actor.userId })
    await removeAndLog(trx, userId, actor.userId)
    return { planId, member: await findLocked(trx, { planId, userId }) }
  })
  rooms.recheck()
  if (member?.email) {
    await mailer.send(removedLetter({ to: member.email, name: member.name, plan: await findPlan(db, planId) }))
  }
}

/** Refuses a request, or takes one's own back. Nothing of the account changes. */
export async function refuseReset(
  { db }: Pick<ResetDeps, 'db'>,
  actor: Actor,
  place: { planId: string; resetId: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { planId, reset } = await hold(trx, actor, place)
    if (reset.own) throw new AppError('forbidden', { detail: sentences.own })
    await endReset(trx, reset.id, { outcome: 'refused', endedBy: actor.userId })
    const { userId } = reset
    await logMembership(trx, { planId, userId, kind: 'factor_reset_refused', actorId: actor.userId })
  })
}

/** Removes the factors of an account for whoever runs the server, and writes it down like any other reset. */
export async function resetAsOperator(
  trx: Transaction<Database>,
  { planId, userId }: { planId: string; userId: string },
): Promise<void> {
  if (!(await holdLiveAccount(trx, userId))) throw new AppError('not_found')
  await insertOperatorsReset(trx, { planId, userId })
  await removeAndLog(trx, userId, null)
}

/** Somebody has read that their second factor was removed. */
export async function acknowledgeReset({ db }: Pick<ResetDeps, 'db'>, actor: Actor): Promise<void> {
  demandAccount(actor)
  await markSeen(db, actor.userId)
}

const sentences: Record<NonNullable<FactorReset['obstacle']>, string> = {
  own: 'It is your own second factor: two others must decide.',
  asked: 'You asked for it yourself: another person must decide.',
  newer: 'You came into the coordination after it was asked.',
  elsewhere: 'They coordinate or approve in a plan that you do not coordinate: ask whoever runs the server.',
}

async function hold(
  trx: Transaction<Database>,
  actor: Actor,
  { planId: plan, resetId }: { planId: string; resetId: string },
): Promise<{ planId: string; reset: OpenReset }> {
  const { planId } = await holdPlan(trx, actor, plan, 'factor.reset')
  const find = async () => (await findOpenResets(trx, planId, actor.userId)).find(({ id }) => id === resetId)
  const found = await find()
  // Held, the account gets no part in another plan; looked at again, since it may just have got one.
  const reset = found && (await holdLiveAccount(trx, found.userId)) ? await find() : undefined
  if (!reset) throw new AppError('not_found')
  return { planId, reset }
}

/** An account is the same in all its plans. A plan is told who did it when they take part there too. */
async function removeAndLog(trx: Transaction<Database>, userId: string, actorId: string | null): Promise<void> {
  await removeFactors(trx, userId)
  for (const { planId, shared } of await plansOf(trx, userId, actorId)) {
    await logMembership(trx, { planId, userId, kind: 'factor_reset', actorId: shared ? actorId : null })
  }
}

async function itemsOf(db: Kysely<Database>, planId: string, rows: readonly OpenReset[]): Promise<FactorReset[]> {
  const ids = rows.flatMap(({ userId, askedBy }) => [userId, askedBy])
  const people = await peopleOf(db, planId, ids)
  return rows.map((row) => {
    const [person, askedBy] = [people.get(row.userId), people.get(row.askedBy)]
    if (!person || !askedBy) throw new Error(`reset ${row.id} names somebody who does not exist`)
    return {
      // Made by `newId`, so already what its brand promises.
      id: row.id as FactorReset['id'],
      person,
      askedBy,
      reason: row.reason,
      askedAt: row.askedAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      obstacle: obstacleToApproving(row),
    }
  })
}
