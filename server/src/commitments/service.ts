import { randomInt } from 'node:crypto'
import { AppError } from '@cabildo/protocol/errors'
import type { CommitmentItem } from '@cabildo/protocol/http/api'
import { seedDocument } from '@cabildo/schema/content'
import { ogpCommitment } from '@cabildo/schema/templates/ogp-commitment'
import type { Kysely } from 'kysely'
import type { Actor } from '../auth/sessions.ts'
import { newId } from '../db/ids.ts'
import type { Database } from '../db/types.ts'
import { enterPlan, peopleOf } from '../people/service.ts'
import type { InsertDocument, RoomPerson, Rooms } from '../rooms/ports.ts'
import { type CommitmentRow, findCommitments, insertCommitment, lockNextNumber } from './store.ts'

/** What commitments need. */
export interface CommitmentDeps {
  db: Kysely<Database>
  rooms: Pick<Rooms, 'inside'>
  insertDocument: InsertDocument
}

/** The commitments of a plan the caller has already entered, in the order of their numbers; a guest's are their workshop's. */
export async function listCommitments(
  deps: Pick<CommitmentDeps, 'db' | 'rooms'>,
  planId: string,
  workshopId: string | null,
): Promise<CommitmentItem[]> {
  return itemsOf(deps, planId, await findCommitments(deps.db, planId, workshopId ? { workshopId } : {}))
}

/**
 * Adds a commitment under the next number of its plan: commitment, document and the seed of its text are stored
 * together or not at all. The seed holds one empty paragraph per field, so that no editor that opens it has to.
 */
export async function addCommitment(
  deps: CommitmentDeps,
  actor: Actor,
  input: { plan: string; title: string; state?: CommitmentItem['state'] },
): Promise<CommitmentItem> {
  const { planId, id } = await deps.db.transaction().execute(async (trx) => {
    const { planId, groupId } = await enterPlan(trx, actor, input.plan, 'commitment.add')
    const number = await lockNextNumber(trx, planId)
    const clientId = randomInt(2 ** 32)
    const documentId = newId()
    await deps.insertDocument(trx, {
      documentId,
      planId,
      kind: 'commitment',
      template: ogpCommitment.id,
      templateVersion: ogpCommitment.version,
      title: input.title,
      writer: { userId: actor.userId, sessionId: actor.sessionId, groupId },
      state: seedDocument(input.title, clientId),
      clientId,
    })
    const id = newId()
    const state = input.state ?? 'drafting'
    await insertCommitment(trx, { id, planId, documentId, number, state, createdBy: actor.userId })
    return { planId, id }
  })
  const [item] = await itemsOf(deps, planId, await findCommitments(deps.db, planId, { id }))
  if (!item) throw new AppError('not_found')
  return item
}

async function itemsOf(
  deps: Pick<CommitmentDeps, 'db' | 'rooms'>,
  planId: string,
  rows: readonly CommitmentRow[],
): Promise<CommitmentItem[]> {
  const changers = rows.flatMap(({ changedBy }) => changedBy ?? [])
  const people = await peopleOf(deps.db, planId, changers)
  const inside = deps.rooms.inside(rows.map(({ documentId }) => documentId))
  return rows.map((row) => ({
    ...row,
    // Made by `newId`, so already what their brands promise.
    id: row.id as CommitmentItem['id'],
    documentId: row.documentId as CommitmentItem['documentId'],
    changedAt: row.changedAt?.toISOString() ?? null,
    changedBy: (row.changedBy && people.get(row.changedBy)) || null,
    inside: (inside.get(row.documentId) ?? []).map(personInRoom),
  }))
}

function personInRoom({
  userId,
  name,
  groupId,
  groupName,
  sector,
  unverified,
}: RoomPerson): CommitmentItem['inside'][number] {
  const group = groupId && groupName && sector ? { id: groupId, name: groupName, sector } : null
  // The room took them from the same columns as everybody else.
  return { id: userId, name, group, ...(unverified && { unverified }) } as CommitmentItem['inside'][number]
}
