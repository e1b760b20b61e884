import { type Kysely, sql, type Transaction } from 'kysely'
import { prepared } from '../../db/prepared.ts'
import { isOpenWorkshop } from '../../db/taking-part.ts'
import type { Database } from '../../db/types.ts'

/** An open workshop as somebody finds it who has its way in. */
export interface OpenWorkshop {
  id: string
  planId: string
  title: string
  place: string
  heldOn: string
  endsAt: Date
  mostPeople: number
  planTitle: string
  planSlug: string
}

function openWorkshops(db: Kysely<Database>) {
  return db
    .selectFrom('workshop')
    .innerJoin('plan', 'plan.id', 'workshop.planId')
    .where(isOpenWorkshop())
    .select(['workshop.id', 'workshop.planId', 'workshop.title', 'workshop.place', 'workshop.endsAt'])
    .select(['workshop.mostPeople', 'plan.title as planTitle', 'plan.slug as planSlug'])
    .select(sql<string>`to_char(workshop.held_on, 'YYYY-MM-DD')`.as('heldOn'))
}

/** Finds an open workshop by what the database keeps of its way in. */
export function findByWayIn(
  db: Kysely<Database>,
  hash: { linkHash: string } | { codeHash: string },
): Promise<OpenWorkshop | undefined> {
  return byWayIn(openWorkshops(db), hash).executeTakeFirst()
}

/** The same, and holds the workshop until the transaction ends: nobody closes it or joins it meanwhile. */
export function lockByWayIn(
  trx: Transaction<Database>,
  hash: { linkHash: string } | { codeHash: string },
): Promise<OpenWorkshop | undefined> {
  return byWayIn(openWorkshops(trx), hash).forNoKeyUpdate('workshop').executeTakeFirst()
}

function byWayIn(query: ReturnType<typeof openWorkshops>, hash: { linkHash: string } | { codeHash: string }) {
  return 'linkHash' in hash
    ? query.where('workshop.linkHash', '=', hash.linkHash)
    : query.where('workshop.codeHash', '=', hash.codeHash)
}

/** How many take part in a workshop: neither removed nor counted as somebody else. */
export async function countPeople(db: Kysely<Database>, workshopId: string): Promise<number> {
  const { people } = await db
    .selectFrom('workshopParticipant')
    .where('workshopId', '=', workshopId)
    .where('removedAt', 'is', null)
    .where('mergedInto', 'is', null)
    .select(sql<number>`count(*)::int`.as('people'))
    .executeTakeFirstOrThrow()
  return people
}

/** Whether a plan has this group, and its workshop this table. */
export async function findSeats(
  db: Kysely<Database>,
  {
    planId,
    workshopId,
    groupId,
    tableId = null,
  }: {
    planId: string
    workshopId: string
    groupId: string
    tableId?: string | null | undefined
  },
): Promise<{ group: boolean; table: boolean }> {
  const { rows } = await sql<{ group: boolean; table: boolean }>`
    select
      exists (select from stakeholder_group where plan_id = ${planId} and id = ${groupId}) as "group",
      ${tableId}::text is null or exists (
        select from workshop_table where workshop_id = ${workshopId} and id = ${tableId}
      ) as "table"`.execute(db)
  return rows[0] ?? { group: false, table: false }
}

/** A guest as they come in. */
export interface NewGuest {
  userId: string
  name: string
  planId: string
  groupId: string
  display: 'name' | 'group' | 'anonymous'
}

/** Inserts a person without an address, as a participant of the plan, with how they chose to be shown. */
export async function insertGuest(
  trx: Transaction<Database>,
  { userId, name, planId, groupId, display }: NewGuest,
): Promise<void> {
  await trx.insertInto('userAccount').values({ id: userId, name, kind: 'guest' }).execute()
  await trx.insertInto('member').values({ planId, userId, groupId, role: 'participant' }).execute()
  if (display !== 'name') await trx.insertInto('displayChoice').values({ planId, userId, display }).execute()
}

/** Seats somebody in a workshop. False when they are there already, whatever became of them. */
export async function insertParticipant(
  trx: Transaction<Database>,
  participant: {
    workshopId: string
    userId: string
    tableId: string | null
    gender: string | null
    ageBand: string | null
  },
): Promise<boolean> {
  const inserted = await trx
    .insertInto('workshopParticipant')
    .values(participant)
    .onConflict((conflict) => conflict.doNothing())
    .returning('userId')
    .executeTakeFirst()
  return inserted !== undefined
}

/** Whether a participant was removed. */
export async function wasRemoved(db: Kysely<Database>, workshopId: string, userId: string): Promise<boolean> {
  const row = await db
    .selectFrom('workshopParticipant')
    .where('workshopId', '=', workshopId)
    .where('userId', '=', userId)
    .where('removedAt', 'is not', null)
    .select('userId')
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Whether somebody who joined a workshop from a device was removed there. Those who turned out to be somebody else do not
 * count: they came in twice, and their way back is that other one.
 */
export async function hasRemoved(
  db: Kysely<Database>,
  { deviceId, workshopId }: { deviceId: string; workshopId: string },
): Promise<boolean> {
  const row = await db
    .selectFrom('devicePerson')
    .innerJoin('workshopParticipant as participant', (join) =>
      join
        .onRef('participant.workshopId', '=', 'devicePerson.workshopId')
        .onRef('participant.userId', '=', 'devicePerson.userId'),
    )
    .where('devicePerson.deviceId', '=', deviceId)
    .where('devicePerson.workshopId', '=', workshopId)
    .where('participant.removedAt', 'is not', null)
    .where('participant.mergedInto', 'is', null)
    .select('devicePerson.userId')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** The device of a secret, and the open workshop it is in. */
export interface DeviceRow {
  id: string
  workshop: { id: string; planId: string; title: string; planSlug: string; endsAt: Date } | undefined
}

/** Reads a device by its secret's hash. It is in the open workshop that somebody joined from it last. */
export async function findDevice(db: Kysely<Database>, secretHash: string): Promise<DeviceRow | undefined> {
  const row = await db.selectFrom('device').where('secretHash', '=', secretHash).select('id').executeTakeFirst()
  if (!row) return undefined
  const workshop = await db
    .selectFrom('devicePerson')
    .innerJoin('workshop', 'workshop.id', 'devicePerson.workshopId')
    .innerJoin('plan', 'plan.id', 'workshop.planId')
    .where('devicePerson.deviceId', '=', row.id)
    .where(isOpenWorkshop())
    .modifyFront(prepared)
    .select(['workshop.id', 'workshop.planId', 'workshop.title', 'workshop.endsAt', 'plan.slug as planSlug'])
    .orderBy('devicePerson.addedAt', 'desc')
    .limit(1)
    .executeTakeFirst()
  return { id: row.id, workshop }
}

/** Reads the workshop that somebody joined from a device last, open or over for less than two days. */
export async function findLastWorkshop(
  db: Kysely<Database>,
  secretHash: string,
): Promise<{ deviceId: string; id: string; planId: string } | undefined> {
  return db
    .selectFrom('device')
    .innerJoin('devicePerson', 'devicePerson.deviceId', 'device.id')
    .innerJoin('workshop', 'workshop.id', 'devicePerson.workshopId')
    .where('device.secretHash', '=', secretHash)
    .where(sql<boolean>`coalesce(workshop.closed_at, workshop.ends_at) > now() - interval '2 days'`)
    .select(['device.id as deviceId', 'workshop.id', 'workshop.planId'])
    .orderBy('devicePerson.addedAt', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Inserts a device. */
export async function insertDevice(
  trx: Transaction<Database>,
  device: { id: string; secretHash: string },
): Promise<void> {
  await trx.insertInto('device').values(device).execute()
}

/** Notes that a device was seen. */
export async function touchDevice(trx: Transaction<Database>, deviceId: string): Promise<void> {
  await trx.updateTable('device').set({ seenAt: sql<Date>`now()` }).where('id', '=', deviceId).execute()
}

/** Says that somebody takes part from this device. */
export async function addToDevice(
  trx: Transaction<Database>,
  place: { deviceId: string; workshopId: string; userId: string },
): Promise<void> {
  await trx.insertInto('devicePerson').values(place).execute()
}

/** A guest on a device, by the name they gave. */
export interface DevicePersonRow {
  id: string
  name: string
  groupId: string | null
  groupName: string | null
  sector: string | null
}

/**
 * Reads the guests who joined a workshop from a device and may come back: neither removed, nor counted as somebody else,
 * nor erased, nor suspended. Never accounts: a phone that is passed round must not sign them in.
 */
export function findDevicePeople(
  db: Kysely<Database>,
  { deviceId, workshopId, removedToo = false }: { deviceId: string; workshopId: string; removedToo?: boolean },
): Promise<DevicePersonRow[]> {
  return db
    .selectFrom('devicePerson')
    .innerJoin('workshop', 'workshop.id', 'devicePerson.workshopId')
    .innerJoin('workshopParticipant as participant', (join) =>
      join
        .onRef('participant.workshopId', '=', 'devicePerson.workshopId')
        .onRef('participant.userId', '=', 'devicePerson.userId'),
    )
    .innerJoin('userAccount', 'userAccount.id', 'devicePerson.userId')
    .leftJoin('member', (join) =>
      join.onRef('member.planId', '=', 'workshop.planId').onRef('member.userId', '=', 'devicePerson.userId'),
    )
    .leftJoin('stakeholderGroup', 'stakeholderGroup.id', 'member.groupId')
    .where('devicePerson.deviceId', '=', deviceId)
    .where('devicePerson.workshopId', '=', workshopId)
    .$if(!removedToo, (query) => query.where('participant.removedAt', 'is', null))
    .where('participant.mergedInto', 'is', null)
    .where('userAccount.kind', '=', 'guest')
    .where('userAccount.erasedAt', 'is', null)
    .where('userAccount.suspendedAt', 'is', null)
    .where('member.suspendedAt', 'is', null)
    .select(['userAccount.id', 'userAccount.name'])
    .select(['stakeholderGroup.id as groupId', 'stakeholderGroup.name as groupName', 'stakeholderGroup.sector'])
    .orderBy('devicePerson.addedAt')
    .orderBy('userAccount.id')
    .execute()
}

/** Reads who had a device last in a workshop: the owner of the newest session on it there, live or over. */
export async function findLastHolder(
  db: Kysely<Database>,
  { deviceId, workshopId }: { deviceId: string; workshopId: string },
): Promise<string | undefined> {
  const row = await db
    .selectFrom('session')
    .where('deviceId', '=', deviceId)
    .where('workshopId', '=', workshopId)
    .select('userId')
    .orderBy('createdAt', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.userId
}

/** Ends every live session on a device: one person at a time is active on it. */
export async function endDeviceSessions(trx: Transaction<Database>, deviceId: string): Promise<void> {
  await trx
    .updateTable('session')
    .set({ endedAt: sql<Date>`now()` })
    .where('deviceId', '=', deviceId)
    .where('endedAt', 'is', null)
    .execute()
}

/** The open workshop a device's people are in, held until the transaction ends. Undefined when it closed. */
export function lockOpen(
  trx: Transaction<Database>,
  workshopId: string,
): Promise<{ id: string; endsAt: Date } | undefined> {
  return trx
    .selectFrom('workshop')
    .where('id', '=', workshopId)
    .where(isOpenWorkshop())
    .select(['id', 'endsAt'])
    .forNoKeyUpdate()
    .executeTakeFirst()
}

/** Whether somebody once joined any workshop from a device: what tells a closed one from one that never was. */
export async function wasOnDevice(db: Kysely<Database>, deviceId: string, userId: string): Promise<boolean> {
  const row = await db
    .selectFrom('devicePerson')
    .where('deviceId', '=', deviceId)
    .where('userId', '=', userId)
    .select('userId')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
