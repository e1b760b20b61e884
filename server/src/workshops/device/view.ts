import type { Group, Person } from '@cabildo/protocol/http/common'
import type { Device } from '@cabildo/protocol/http/workshops'
import type { Kysely } from 'kysely'
import type { z } from 'zod'
import type { Database } from '../../db/types.ts'
import { findCommitments } from '../store.ts'
import { hashOfSecret } from './cookie.ts'
import { type DevicePersonRow, type DeviceRow, findDevice, findDevicePeople } from './store.ts'

/** A device as it is answered. */
export type DeviceView = z.input<typeof Device>

/** The device that showed this secret, if it is one. */
export const deviceBy = async (db: Kysely<Database>, secret: string | undefined): Promise<DeviceRow | undefined> =>
  secret === undefined ? undefined : findDevice(db, hashOfSecret(secret))

/** Who shares a device in the workshop it is in. `activeId`: who is signed in there. */
export async function viewOf(
  db: Kysely<Database>,
  { id, workshop }: DeviceRow,
  activeId: string | undefined,
): Promise<DeviceView> {
  if (!workshop) return { workshop: null, people: [] }
  const [commitments, people] = await Promise.all([
    numbersIn(db, workshop.id),
    findDevicePeople(db, { deviceId: id, workshopId: workshop.id }),
  ])
  return {
    workshop: { id: workshop.id, title: workshop.title, planSlug: workshop.planSlug, commitments },
    people: people.map((row) => ({ person: personOf(row), active: row.id === activeId })),
  }
}

/** The commitments of a workshop, by number. */
export async function numbersIn(db: Kysely<Database>, workshopId: string): Promise<number[]> {
  return (await findCommitments(db, workshopId)).map(({ number }) => number)
}

/** Somebody of a phone by the name they gave, however they chose to be shown elsewhere: those who share a phone must find each other. */
export function personOf({ id, name, groupId, groupName, sector }: DevicePersonRow): Person {
  // Ids come from `newId` and sectors from a checked column.
  const group = groupId && groupName && sector ? ({ id: groupId, name: groupName, sector } as Group) : null
  // A phone knows guests alone.
  return { id: id as Person['id'], name, group, unverified: true }
}
