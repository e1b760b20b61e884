import { AppError, refuseField } from '@cabildo/protocol/errors'
import type { GroupDetail } from '@cabildo/protocol/http/people'
import type { Kysely, Transaction } from 'kysely'
import { may } from '../../auth/rules.ts'
import type { Actor } from '../../auth/sessions.ts'
import { newId } from '../../db/ids.ts'
import type { Database } from '../../db/types.ts'
import { sealPlans } from '../../record/sealing/service.ts'
import type { Rooms } from '../../rooms/ports.ts'
import { logGroup } from '../group-log.ts'
import { enterPlan, holdPlan } from '../service.ts'
import { findGroupRows, type GroupRow, type GroupValues, insertGroup, isNameTaken, updateGroup } from './store.ts'

/** What groups need. `rooms` look again when a name that they show has changed. */
export interface GroupDeps {
  db: Kysely<Database>
  rooms: Pick<Rooms, 'recheck'>
}

/** A group as it is given. */
export interface GivenGroup {
  name: string
  sector: GroupDetail['sector']
  kind: GroupDetail['kind']
  territory?: string | null | undefined
  contact?: string | null | undefined
}

const spanish = new Intl.Collator('es')

/** The stakeholder groups of a plan, by name as Spanish orders them. How to reach them is for those who run the plan. */
export async function listGroups({ db }: Pick<GroupDeps, 'db'>, actor: Actor, plan: string): Promise<GroupDetail[]> {
  const { planId, role } = await enterPlan(db, actor, plan, 'people.see')
  const knows = may(role, 'people.know')
  const groups = (await findGroupRows(db, planId)).sort((one, other) => spanish.compare(one.name, other.name))
  return groups.map((group) => detailOf(knows ? group : { ...group, contact: null }))
}

/**
 * Adds a group. A name that the plan has already is `conflict`. How to reach it is said by who manages groups: from
 * anybody else it is `forbidden`, naming the field.
 */
export function addGroup({ db }: GroupDeps, actor: Actor, plan: string, given: GivenGroup): Promise<GroupDetail> {
  return db.transaction().execute(async (trx) => {
    const { planId, role } = await holdPlan(trx, actor, plan, 'group.add')
    if (given.contact && !may(role, 'group.manage')) {
      throw refuseField('/contact', 'How to reach a group is said by those who manage the groups.', 'forbidden')
    }
    await demandFreeName(trx, planId, given.name)
    const id = newId()
    const { name, sector, kind } = given
    await insertGroup(trx, { id, planId, name, sector, kind, ...tidy(given) })
    const group = await read(trx, planId, id)
    await logGroup(trx, planId, actor.userId, group)
    return group
  })
}

/** Changes a group. Who belongs to it and what they wrote for it stay as they are. */
export async function changeGroup(
  { db, rooms }: GroupDeps,
  actor: Actor,
  { planId: plan, groupId }: { planId: string; groupId: string },
  change: { [Key in keyof GivenGroup]?: GivenGroup[Key] | undefined },
): Promise<GroupDetail> {
  const group = await db.transaction().execute(async (trx) => {
    const { planId } = await holdPlan(trx, actor, plan, 'group.manage')
    const [found] = await findGroupRows(trx, planId, groupId)
    if (!found) throw new AppError('not_found')
    if (change.name !== undefined) await demandFreeName(trx, planId, change.name, groupId)
    // What was written for it until now is told under the side it was on.
    if (change.sector !== undefined && change.sector !== found.sector) await sealPlans(trx, [planId])
    await updateGroup(trx, planId, groupId, tidy(change))
    const group = await read(trx, planId, groupId)
    await logGroup(trx, planId, actor.userId, group)
    return group
  })
  rooms.recheck()
  return group
}

async function demandFreeName(trx: Transaction<Database>, planId: string, name: string, butId?: string): Promise<void> {
  if (await isNameTaken(trx, planId, name, butId)) {
    throw refuseField('/name', 'The plan has a group of this name.', 'conflict')
  }
}

/** What was given and nothing else; an empty line says nothing. */
function tidy({ name, sector, kind, territory, contact }: { [Key in keyof GivenGroup]?: GivenGroup[Key] | undefined }) {
  const values: GroupValues = {}
  if (name !== undefined) values.name = name
  if (sector !== undefined) values.sector = sector
  if (kind !== undefined) values.kind = kind
  if (territory !== undefined) values.territory = territory || null
  if (contact !== undefined) values.contact = contact || null
  return values
}

async function read(trx: Transaction<Database>, planId: string, groupId: string): Promise<GroupDetail> {
  const [group] = await findGroupRows(trx, planId, groupId)
  if (!group) throw new Error(`group ${groupId} was stored and is not there`)
  return detailOf(group)
}

/** Ids come from `newId`, sector and kind from checked columns: all already are what the contract promises. */
function detailOf(row: GroupRow): GroupDetail {
  return row as GroupDetail
}
