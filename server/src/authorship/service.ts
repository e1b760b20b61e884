import { authorshipAlgorithm } from '@cabildo/authorship/authorship'
import { AppError } from '@cabildo/protocol/errors'
import type { AuthoredMoment, Authorship, PlanAuthorship } from '@cabildo/protocol/http/authorship'
import type { Kysely } from 'kysely'
import type { Actor } from '../auth/sessions.ts'
import { listCommitments } from '../commitments/service.ts'
import type { Database } from '../db/types.ts'
import { enterDocument, enterPlan, groupsOf, peopleOf } from '../people/service.ts'
import type { Rooms } from '../rooms/ports.ts'
import type { Keeper } from './keeper.ts'
import { partsOfDocument, sharesOf, sumParts, tellAuthorship, usersOf } from './rules.ts'
import { findHead, findMoment } from './store.ts'

/** What telling who wrote what needs. */
export interface AuthorshipDeps {
  db: Kysely<Database>
  rooms: Pick<Rooms, 'inside'>
  keeper: Keeper
}

/** Who wrote each character of a document after row `seq`, or as it stands. No such row: `not_found`. */
export async function readAuthorship(
  deps: AuthorshipDeps,
  actor: Actor,
  documentId: string,
  seq: number | undefined,
): Promise<Authorship> {
  const { planId } = await enterDocument(deps.db, actor, documentId, 'document.open')
  return authorshipAt(deps, planId, documentId, seq)
}

/** The same for who was let in by other means: who wrote each character after row `seq`, or as the document stands. */
export async function authorshipAt(
  { db, keeper }: Pick<AuthorshipDeps, 'db' | 'keeper'>,
  planId: string,
  documentId: string,
  seq?: number,
): Promise<Authorship> {
  const head = await findHead(db, documentId)
  if (head === undefined || (seq !== undefined && seq > head)) throw new AppError('not_found')
  const view = await keeper.at(documentId, seq ?? head)
  const keys = [...view.people.keys()]
  for (const { author, editedBy } of Object.values(view.facts)) keys.push(author, editedBy)
  for (const { runs } of Object.values(view.fields)) for (const { editedBy } of runs) if (editedBy) keys.push(editedBy)
  const [groups, people] = await Promise.all([groupsOf(db, planId), peopleOf(db, planId, usersOf(new Set(keys)))])
  return tellAuthorship(view, { groups, people })
}

/** What each group wrote of a plan's commitments; a guest sees those of their workshop. */
export async function readPlanAuthorship(
  deps: AuthorshipDeps,
  actor: Actor,
  planIdOrSlug: string,
): Promise<PlanAuthorship> {
  const { planId } = await enterPlan(deps.db, actor, planIdOrSlug, 'plan.open')
  const items = await listCommitments(deps, planId, actor.workshopId)
  const commitments: PlanAuthorship['commitments'] = []
  for (const { id, number, title, documentId } of items) {
    const told = await authorshipAt(deps, planId, documentId)
    commitments.push({ id, number, title, documentId, seq: told.seq, parts: partsOfDocument(told) })
  }
  const sums = sumParts(commitments.map(({ parts }) => parts))
  return { algorithm: authorshipAlgorithm, ...sharesOf(sums, await groupsOf(deps.db, planId)), commitments }
}

/**
 * When, by whom and in which workshop a row of a document's log was written. A guest hears of no workshop but theirs. No
 * such row: `not_found`.
 */
export async function readMoment(
  { db }: Pick<AuthorshipDeps, 'db'>,
  actor: Actor,
  documentId: string,
  seq: number,
): Promise<AuthoredMoment> {
  const { planId } = await enterDocument(db, actor, documentId, 'document.open')
  const found = await findMoment(db, documentId, seq)
  if (!found) throw new AppError('not_found')
  const [groups, people] = await Promise.all([
    groupsOf(db, planId),
    peopleOf(db, planId, [found.userId, found.behalfId ?? found.userId]),
  ])
  const author = people.get(found.behalfId ?? found.userId)
  // Accounts are suspended and never deleted, so every writer is found.
  if (!author) throw new AppError('not_found')
  const isShown = author.name !== '' || author.group !== null
  const { workshopId, title, heldOn } = found
  const isTold = actor.workshopId === null || actor.workshopId === workshopId
  return {
    seq,
    at: found.at.toISOString(),
    author,
    typedBy: (found.behalfId !== null && people.get(found.userId)) || null,
    accepted: found.via === 'proposal',
    group: (isShown && groups.find(({ id }) => id === found.groupId)) || null,
    workshop:
      isTold && workshopId && title !== null && heldOn !== null ? workshopOf({ id: workshopId, title, heldOn }) : null,
  }
}

/** Ids come from `newId`: already what their brand promises. */
function workshopOf(workshop: { id: string; title: string; heldOn: string }): NonNullable<AuthoredMoment['workshop']> {
  return workshop as NonNullable<AuthoredMoment['workshop']>
}
