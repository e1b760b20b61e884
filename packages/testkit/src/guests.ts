import { randomBytes } from 'node:crypto'
import { consentText } from '@cabildo/protocol/consent'
import { type Kysely, sql } from 'kysely'
import { createSessions } from '../../../server/src/auth/sessions.ts'
import { newId } from '../../../server/src/db/ids.ts'
import type { Database } from '../../../server/src/db/types.ts'
import type { Someone } from './factories.ts'

/** A workshop as its rows say, without the ways in. */
export interface PlantedWorkshop {
  workshopId: string
  planId: string
  tableId: string
}

const hash = () => randomBytes(32).toString('hex')

/** Stores an open workshop that works on these documents, with one table. */
export async function plantWorkshop(
  db: Kysely<Database>,
  planId: string,
  by: Someone,
  documentIds: readonly string[] = [],
): Promise<PlantedWorkshop> {
  const [workshopId, tableId] = [newId(), newId()]
  await sql`
    insert into workshop (id, plan_id, title, place, held_on, link_hash, code_hash, opened_by, ends_at)
    values (${workshopId}, ${planId}, 'A workshop', 'The square', current_date, ${hash()}, ${hash()},
      ${by.userId}, now() + interval '6 hours')`.execute(db)
  await db.insertInto('workshopTable').values({ id: tableId, workshopId, name: 'Table 1', position: 1 }).execute()
  for (const documentId of documentIds) {
    await db.insertInto('workshopDocument').values({ workshopId, planId, documentId }).execute()
  }
  return { workshopId, planId, tableId }
}

/** Stores a guest of a workshop with a device, a consent and a live session, as one who came in by its code has them. */
export async function plantGuest(
  db: Kysely<Database>,
  { workshopId, planId, tableId }: PlantedWorkshop,
  { name, groupId }: { name: string; groupId: string },
): Promise<Someone & { deviceId: string }> {
  const [userId, deviceId] = [newId(), newId()]
  await db.insertInto('userAccount').values({ id: userId, name, kind: 'guest' }).execute()
  await db.insertInto('member').values({ planId, userId, groupId, role: 'participant' }).execute()
  await db
    .insertInto('membershipEvent')
    .values({ planId, userId, kind: 'joined', role: 'participant', groupId, workshopId })
    .execute()
  await db
    .insertInto('workshopParticipant')
    .values({ workshopId, userId, tableId, gender: 'woman', ageBand: '60_plus' })
    .execute()
  await db.insertInto('device').values({ id: deviceId, secretHash: newId() }).execute()
  await db.insertInto('devicePerson').values({ deviceId, workshopId, userId }).execute()
  await db
    .insertInto('consent')
    .values({ id: newId(), userId, planId, workshopId, textVersion: consentText.version, way: 'screen' })
    .execute()
  const endsAt = new Date(Date.now() + 6 * 3600 * 1000)
  const grounds = { workshop: { id: workshopId, endsAt }, deviceId, label: 'Chrome, Android' }
  const { sessionId } = await createSessions(db, { secure: false }).begin(userId, grounds)
  const group = await db
    .selectFrom('stakeholderGroup')
    .where('id', '=', groupId)
    .select(['name', 'sector'])
    .executeTakeFirstOrThrow()
  const person = { userId, name, groupId, groupName: group.name, sector: group.sector }
  return { userId, sessionId, name, groupId, role: 'participant', person, deviceId }
}
