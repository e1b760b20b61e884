/**
 * Workshops as those who run them do: open, look, change, close. Everything about one workshop takes the lock of its row,
 * so that joining, closing and changing happen one after another, and rights are read inside that transaction.
 */
import { AppError, refuseField } from '@cabildo/protocol/errors'
import type { Workshop, WorkshopItem } from '@cabildo/protocol/http/workshops'
import type { Kysely, Transaction } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../auth/sessions.ts'
import { newId } from '../db/ids.ts'
import type { Database } from '../db/types.ts'
import { enterPlan } from '../people/service.ts'
import { appendEntry, type Fact } from '../record/service.ts'
import {
  boundSessions,
  closeWorkshop,
  endSessions,
  findDocuments,
  findEnd,
  findWorkshop,
  findWorkshops,
  insertTable,
  insertWorkshop,
  isCodeTaken,
  lockWorkshop,
  setDocuments,
  updateWorkshop,
} from './store.ts'
import { itemOf, type RunDeps, viewOf } from './view.ts'
import type { WaysIn } from './ways-in.ts'

type View = z.input<typeof Workshop>

/** A workshop as it is opened. Times are RFC 3339. */
export interface Opening {
  title: string
  place: string
  heldOn: string
  endsAt?: string | undefined
  tables: readonly string[]
  commitmentIds: readonly string[]
}

/** What of an open workshop changes. */
export interface Change {
  title?: string | undefined
  place?: string | undefined
  endsAt?: string | undefined
  commitmentIds?: readonly string[] | undefined
  addTable?: string | undefined
  newWayIn?: boolean | undefined
}

/** Two of a million million codes are the same once in a lifetime; more than a few in a row is a defect. */
const mostTries = 5

/** At most `limit` workshops of a plan, newest first, those after `after`: for whoever may know how many came. */
export async function listWorkshops(
  { db }: Pick<RunDeps, 'db'>,
  actor: Actor,
  plan: string,
  page: { after: string | undefined; limit: number },
): Promise<z.input<typeof WorkshopItem>[]> {
  const { planId } = await enterPlan(db, actor, plan, 'workshop.count')
  return (await findWorkshops(db, planId, page)).map(itemOf)
}

/** Opens a workshop on commitments of the plan. People come in from now on. */
export async function openWorkshop(deps: RunDeps, actor: Actor, plan: string, opening: Opening): Promise<View> {
  const { planId, id } = await deps.db.transaction().execute(async (trx) => {
    const { planId } = await enterPlan(trx, actor, plan, 'workshop.run')
    const { title, place, heldOn, tables } = opening
    const endsAt = await endOf(trx, opening.endsAt)
    const documentIds = await documentsOf(trx, planId, opening.commitmentIds)
    const id = await insertFresh(trx, deps.ways, { planId, title, place, heldOn, endsAt, openedBy: actor.userId })
    for (const name of tables) await insertTable(trx, { id: newId(), workshopId: id, name })
    await setDocuments(trx, { workshopId: id, planId, documentIds })
    const opened = {
      title,
      place,
      heldOn,
      endsAt: endsAt.toISOString(),
      tables: [...tables],
      documents: [...documentIds],
    }
    await logWorkshop(trx, planId, actor, { workshop: id, kind: 'opened', ...opened })
    return { planId, id }
  })
  return read(deps, planId, id)
}

/** A workshop of the plan, with its way in and who is there. */
export async function readWorkshop(
  deps: RunDeps,
  actor: Actor,
  { planId: plan, workshopId }: { planId: string; workshopId: string },
): Promise<View> {
  const { planId } = await enterPlan(deps.db, actor, plan, 'workshop.run')
  return read(deps, planId, workshopId)
}

/** Changes a workshop that is open; a closed one is `link_gone`. */
export async function changeWorkshop(
  deps: RunDeps,
  actor: Actor,
  { planId: plan, workshopId }: { planId: string; workshopId: string },
  change: Change,
): Promise<View> {
  const planId = await deps.db.transaction().execute(async (trx) => {
    const { planId } = await enterPlan(trx, actor, plan, 'workshop.run')
    const workshop = await lockWorkshop(trx, planId, workshopId)
    if (!workshop) throw new AppError('not_found')
    if (!workshop.open) throw new AppError('link_gone', { detail: 'The workshop is closed.' })
    const { title, place, commitmentIds, addTable, newWayIn } = change
    const endsAt = change.endsAt === undefined ? undefined : await endOf(trx, change.endsAt)
    await updateWorkshop(trx, workshopId, {
      ...(title !== undefined && { title }),
      ...(place !== undefined && { place }),
      ...(endsAt !== undefined && { endsAt }),
      ...(newWayIn && (await nextWayIn(trx, deps.ways, workshopId, workshop.linkVersion))),
    })
    if (endsAt) await boundSessions(trx, workshopId, endsAt)
    const documentIds = commitmentIds && (await documentsOf(trx, planId, commitmentIds))
    if (documentIds) await setDocuments(trx, { workshopId, planId, documentIds })
    if (addTable !== undefined) await insertTable(trx, { id: newId(), workshopId, name: addTable })
    await logWorkshop(trx, planId, actor, {
      workshop: workshopId,
      kind: 'changed',
      ...(title !== undefined && { title }),
      ...(place !== undefined && { place }),
      ...(endsAt && { endsAt: endsAt.toISOString() }),
      ...(documentIds && { documents: [...documentIds] }),
      ...(addTable !== undefined && { tables: [addTable] }),
      ...(newWayIn && { newWayIn }),
    })
    return planId
  })
  deps.rooms.recheck()
  return read(deps, planId, workshopId)
}

/** Closes a workshop and ends the sessions of its guests in the same transaction. Closing a closed one is fine. */
export async function endWorkshop(
  deps: RunDeps,
  actor: Actor,
  { planId: plan, workshopId }: { planId: string; workshopId: string },
): Promise<View> {
  const planId = await deps.db.transaction().execute(async (trx) => {
    const { planId } = await enterPlan(trx, actor, plan, 'workshop.run')
    const workshop = await lockWorkshop(trx, planId, workshopId)
    if (!workshop) throw new AppError('not_found')
    await closeWorkshop(trx, workshopId, actor.userId)
    await endSessions(trx, workshopId)
    if (workshop.open) await logWorkshop(trx, planId, actor, { workshop: workshopId, kind: 'closed' })
    return planId
  })
  deps.rooms.recheck()
  return read(deps, planId, workshopId)
}

async function logWorkshop(
  trx: Transaction<Database>,
  planId: string,
  { userId }: Actor,
  payload: NonNullable<Fact['payload']>,
): Promise<void> {
  await appendEntry(trx, planId, { type: 'workshop', userId, payload })
}

async function read(deps: RunDeps, planId: string, workshopId: string): Promise<View> {
  const row = await findWorkshop(deps.db, planId, workshopId)
  if (!row) throw new AppError('not_found')
  return viewOf(deps, row)
}

async function endOf(db: Kysely<Database>, endsAt: string | undefined): Promise<Date> {
  const { at, fits } = await findEnd(db, endsAt)
  if (!fits) throw refuseField('/endsAt', 'It must lie ahead, and within 24 hours from now.')
  return at
}

/** The documents of commitments, all of this plan; one of another plan is as wrong as one that does not exist. */
async function documentsOf(
  db: Kysely<Database>,
  planId: string,
  commitmentIds: readonly string[],
): Promise<readonly string[]> {
  const documents = await findDocuments(db, planId, commitmentIds)
  return commitmentIds.map((id, index) => {
    const documentId = documents.get(id)
    if (documentId === undefined) throw refuseField(`/commitmentIds/${index}`, 'The plan has no such commitment.')
    return documentId
  })
}

async function insertFresh(
  trx: Transaction<Database>,
  ways: WaysIn,
  workshop: { planId: string; title: string; place: string; heldOn: string; endsAt: Date; openedBy: string },
): Promise<string> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const id = newId()
    if (await insertWorkshop(trx, { ...workshop, id, ...ways.hashesOf(ways.of(id, 1)) })) return id
  }
  throw new Error('spoken codes collide again and again')
}

/** The next way into a workshop, by a code that no other one has. */
async function nextWayIn(trx: Transaction<Database>, ways: WaysIn, workshopId: string, version: number) {
  for (let linkVersion = version + 1; linkVersion <= version + mostTries; linkVersion += 1) {
    const hashes = ways.hashesOf(ways.of(workshopId, linkVersion))
    if (!(await isCodeTaken(trx, hashes.codeHash))) return { linkVersion, ...hashes }
  }
  throw new Error('spoken codes collide again and again')
}
