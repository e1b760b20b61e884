import { consentText } from '@cabildo/protocol/consent'
import type { Kysely, Transaction } from 'kysely'
import { newId } from '../../db/ids.ts'
import type { Database } from '../../db/types.ts'
import { appendEntry, pidOf } from '../../record/service.ts'
import { townDay } from '../../town-time.ts'
import type { DemoGroupKey } from '../groups.ts'
import { demoWorkshop } from './past.ts'
import { insertPastWorkshop, type PastGuest, type PastWorkshop } from './store.ts'

const hour = 60 * 60 * 1000

/** Stores the demo's workshop as one that was held a while before `now` and closed; answers its id, its day, and its guests by name. */
export async function plantWorkshop(
  db: Kysely<Database>,
  place: { planId: string; openedBy: string; documentIds: readonly string[]; groupIds: ReadonlyMap<string, string> },
  now: Date,
): Promise<{ workshopId: string; heldOn: string; guestIds: ReadonlyMap<string, string> }> {
  const { title, daysAgo, hours, guests } = demoWorkshop
  const openedAt = new Date(now.getTime() - daysAgo * 24 * hour)
  const tables = demoWorkshop.tables.map((name) => ({ id: newId(), name }))
  const phones = new Map(guests.map(({ phone }) => [phone, newId()]))
  const idOf = (key: DemoGroupKey): string => place.groupIds.get(key) ?? ''

  const workshop: PastWorkshop = {
    ...{ id: newId(), planId: place.planId, title, place: demoWorkshop.place, openedBy: place.openedBy },
    ...{ heldOn: townDay(openedAt), openedAt },
    closedAt: new Date(openedAt.getTime() + hours * hour),
    linkHash: `demo ${newId()}`,
    codeHash: `demo ${newId()}`,
    tables,
    documentIds: place.documentIds,
    guests: guests.map(
      ({ name, group, display, table, phone, gender = null, ageBand = null, way = 'screen' }, order): PastGuest => ({
        ...{ userId: newId(), name, groupId: idOf(group), display, gender, ageBand },
        tableId: tables[table]?.id ?? '',
        deviceId: phones.get(phone) ?? '',
        consent: { id: newId(), way, textVersion: consentText.version },
        joinedAt: new Date(openedAt.getTime() + (order + 1) * 60_000),
      }),
    ),
  }
  await db.transaction().execute(async (trx) => {
    await insertPastWorkshop(trx, workshop)
    await tell(trx, workshop)
  })
  const { id: workshopId, heldOn } = workshop
  return { workshopId, heldOn, guestIds: new Map(workshop.guests.map(({ name, userId }) => [name, userId])) }
}

/** Tells the record of a workshop afterwards: `at` says when it was, the entry itself when it was told. */
async function tell(trx: Transaction<Database>, workshop: PastWorkshop): Promise<void> {
  const { id, planId, title, place, heldOn, openedAt, closedAt, openedBy, documentIds, guests } = workshop
  await appendEntry(trx, planId, {
    type: 'workshop',
    userId: openedBy,
    payload: {
      ...{ workshop: id, kind: 'held', title, place, heldOn, documents: [...documentIds] },
      ...{ openedAt: openedAt.toISOString(), closedAt: closedAt.toISOString() },
    },
  })
  for (const { userId, groupId, joinedAt } of guests) {
    const person = await pidOf(trx, planId, userId)
    const at = joinedAt.toISOString()
    await appendEntry(trx, planId, {
      type: 'membership',
      userId,
      groupId,
      payload: { kind: 'joined', person, role: 'participant', group: groupId, workshop: id, at },
    })
  }
}
