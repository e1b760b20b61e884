import { AppError, refuseField } from '@cabildo/protocol/errors'
import type { Group, Person } from '@cabildo/protocol/http/common'
import type { Kysely, Transaction } from 'kysely'
import { type Action, may, rolesWithSecondFactor } from '../auth/rules.ts'
import type { Actor } from '../auth/sessions.ts'
import type { Database } from '../db/types.ts'
import {
  type DocumentMembership,
  findDocumentMembership,
  findGroups,
  findMembership,
  findPeople,
  isGroupOf,
  lockPlan,
  type Membership,
} from './store.ts'

export type { DocumentMembership, Membership } from './store.ts'

/**
 * Lets somebody into a plan, by id or slug, to do one thing there. A plan they have no part in is `not_found`, like one
 * that does not exist; a thing their role may not do is `forbidden`; a role that needs a second factor which the session
 * has not shown, `second_factor_missing`. Rights are read now, inside `db` when that is a transaction.
 */
export async function enterPlan(
  db: Kysely<Database>,
  actor: Actor,
  planIdOrSlug: string,
  action: Action,
): Promise<Membership> {
  const membership = await findMembership(db, actor.userId, planIdOrSlug)
  if (!membership || !may(membership.role, 'plan.open')) throw new AppError('not_found')
  demand(actor, membership, action)
  return membership
}

/**
 * Lets somebody into a plan to change who takes part in it or how, and holds the plan's row until `trx` ends: of two
 * changes the second sees what the first did, rights included. The same refusals as `enterPlan`.
 */
export async function holdPlan(
  trx: Transaction<Database>,
  actor: Actor,
  planIdOrSlug: string,
  action: Action,
): Promise<Membership> {
  // Looked at first, so that nobody can hold a plan that is not theirs.
  const { planId } = await enterPlan(trx, actor, planIdOrSlug, action)
  await lockPlan(trx, planId)
  return enterPlan(trx, actor, planId, action)
}

/** Holds a plan's row for somebody whom a one-time link lets in. The first lock of whoever changes who takes part. */
export function holdPlanRow(trx: Transaction<Database>, planId: string): Promise<void> {
  return lockPlan(trx, planId)
}

/** Refuses as `invalid` a group that the plan does not have; one of another plan is as wrong as none. Null is no group. */
export async function demandGroup(
  db: Kysely<Database>,
  planId: string,
  groupId: string | null | undefined,
  pointer = '/groupId',
): Promise<void> {
  if (!groupId || (await isGroupOf(db, planId, groupId))) return
  throw refuseField(pointer, 'The plan has no such group.')
}

function demand(actor: Actor, { role }: Membership, action: Action): void {
  if (!actor.secondFactor && rolesWithSecondFactor.includes(role)) throw new AppError('second_factor_missing')
  if (!may(role, action)) throw new AppError('forbidden')
}

/**
 * Lets somebody into a document, to do one thing there: the same rules as `enterPlan`, by the plan it belongs to. A
 * guest's session reaches the documents of its own workshop and no others.
 */
export async function enterDocument(
  db: Kysely<Database>,
  actor: Actor,
  documentId: string,
  action: Action,
): Promise<DocumentMembership> {
  const membership = await findDocumentMembership(db, actor.userId, documentId)
  if (!membership || !may(membership.role, 'document.open')) throw new AppError('not_found')
  if (actor.workshopId !== null && membership.workshop === null) throw new AppError('not_found')
  demand(actor, membership, action)
  return membership
}

/**
 * People as members of a plan know them, by user id. Ask only for people found in that plan's own rows: everybody who
 * exists is answered, with no group when they have left.
 */
export function peopleOf(
  db: Kysely<Database>,
  planId: string,
  userIds: readonly string[],
): Promise<Map<string, Person>> {
  return findPeople(db, planId, userIds)
}

/** The stakeholder groups of a plan, by name. */
export function groupsOf(db: Kysely<Database>, planId: string): Promise<Group[]> {
  return findGroups(db, planId)
}

/** Somebody's live part in a plan; undefined when they have none. For those who are not asking as themselves to enter. */
export function partIn(db: Kysely<Database>, userId: string, planId: string): Promise<Membership | undefined> {
  return findMembership(db, userId, planId)
}
