import type { Display } from '@cabildo/protocol/http/common'
import type { Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'

/** A guest of a workshop that is over. */
export interface PastGuest {
  userId: string
  name: string
  groupId: string
  display: Display
  tableId: string
  deviceId: string
  gender: string | null
  ageBand: string | null
  consent: { id: string; way: string; textVersion: string }
  joinedAt: Date
}

/** A workshop that is over. The hashes are of nothing: no way leads into it any more. */
export interface PastWorkshop {
  id: string
  planId: string
  title: string
  place: string
  heldOn: string
  openedBy: string
  openedAt: Date
  closedAt: Date
  linkHash: string
  codeHash: string
  tables: readonly { id: string; name: string }[]
  documentIds: readonly string[]
  guests: readonly PastGuest[]
}

/** Inserts a workshop that is over, with its tables, what it worked on, and its guests with their phones and consents. */
export async function insertPastWorkshop(trx: Transaction<Database>, workshop: PastWorkshop): Promise<void> {
  const { tables, documentIds, guests, ...row } = workshop
  const { id: workshopId, planId, closedAt, openedBy } = row
  await trx
    .insertInto('workshop')
    .values({ ...row, endsAt: closedAt, closedBy: openedBy })
    .execute()
  await trx
    .insertInto('workshopTable')
    .values(tables.map((table, position) => ({ ...table, workshopId, position })))
    .execute()
  await trx
    .insertInto('workshopDocument')
    .values(documentIds.map((documentId) => ({ workshopId, planId, documentId })))
    .execute()
  await insertGuests(trx, { workshopId, planId }, guests)
}

async function insertGuests(
  trx: Transaction<Database>,
  { workshopId, planId }: { workshopId: string; planId: string },
  guests: readonly PastGuest[],
): Promise<void> {
  const role = 'participant'
  await trx
    .insertInto('userAccount')
    .values(guests.map(({ userId, name, joinedAt }) => ({ id: userId, name, kind: 'guest', createdAt: joinedAt })))
    .execute()
  await trx
    .insertInto('member')
    .values(guests.map(({ userId, groupId, joinedAt }) => ({ planId, userId, groupId, role, createdAt: joinedAt })))
    .execute()
  await trx
    .insertInto('membershipEvent')
    .values(
      guests.map(({ userId, groupId, joinedAt }) => ({
        ...{ planId, userId, groupId, role, workshopId },
        ...{ kind: 'joined', actorId: userId, at: joinedAt },
      })),
    )
    .execute()
  await trx
    .insertInto('displayChoice')
    .values(guests.map(({ userId, display, joinedAt }) => ({ planId, userId, display, chosenAt: joinedAt })))
    .execute()
  await trx
    .insertInto('workshopParticipant')
    .values(
      guests.map(({ userId, tableId, gender, ageBand, joinedAt }) => ({
        ...{ workshopId, userId, tableId, gender, ageBand, joinedAt },
      })),
    )
    .execute()
  await trx
    .insertInto('consent')
    .values(
      guests.map(({ userId, consent, joinedAt }) => ({ ...consent, userId, planId, workshopId, givenAt: joinedAt })),
    )
    .execute()
  const phones = new Map(guests.map(({ deviceId, joinedAt }) => [deviceId, joinedAt]))
  await trx
    .insertInto('device')
    // Of a secret that nobody was ever given.
    .values([...phones].map(([id, seenAt]) => ({ id, secretHash: `demo ${id}`, createdAt: seenAt, seenAt })))
    .execute()
  await trx
    .insertInto('devicePerson')
    .values(guests.map(({ userId, deviceId, joinedAt }) => ({ deviceId, workshopId, userId, addedAt: joinedAt })))
    .execute()
}
