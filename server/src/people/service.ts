import { AppError } from '@cabildo/protocol/errors'
import type { Group, Person } from '@cabildo/protocol/http/common'
import type { Kysely } from 'kysely'
import { type Action, may, rolesWithSecondFactor } from '../auth/rules.ts'
import type { Actor } from '../auth/sessions.ts'
import type { Database } from '../db/types.ts'
import {
  type DocumentMembership,
  findDocumentMembership,
  findGroups,
  findMembership,
  findPeople,
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
