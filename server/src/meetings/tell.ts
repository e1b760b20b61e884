/** Reads meetings: what was planned and came of it, and who came, as counts. */
import { AppError } from '@cabildo/protocol/errors'
import type { Group } from '@cabildo/protocol/http/common'
import type { Meeting, MeetingAttendance, MeetingItem } from '@cabildo/protocol/http/meetings'
import { toHex } from '@cabildo/record/bytes'
import type { Kysely } from 'kysely'
import { may } from '../auth/rules.ts'
import type { Actor } from '../auth/sessions.ts'
import type { Database } from '../db/types.ts'
import { enterPlan, groupsOf, type Membership } from '../people/service.ts'
import type { MeetingRow } from './rules.ts'
import {
  type BandCount,
  countHeld,
  findBands,
  findGroupCounts,
  findMaterials,
  findMeetings,
  hasApproved,
  type MeetingTotals,
  type WantedMeetings,
} from './store.ts'

/** The plan, by id or slug, and the meeting that an address names. */
export interface MeetingAddress {
  planId: string
  meetingId: string
}

/**
 * Reads a page of the meetings of a plan, the latest first, and how many were held. Everybody of the plan may; to guests of a
 * workshop those alone are there that are open to the public.
 */
export async function listMeetings(
  { db }: { db: Kysely<Database> },
  actor: Actor,
  plan: string,
  wanted: WantedMeetings,
): Promise<{ items: MeetingItem[]; totals: MeetingTotals; may: { write: boolean; followUp: boolean } }> {
  const { planId, role } = await enterPlan(db, actor, plan, 'plan.open')
  const openOnly = isGuest(actor)
  const [rows, totals, followUp] = await Promise.all([
    findMeetings(db, planId, { ...wanted, openOnly }),
    countHeld(db, planId, { openOnly }),
    hasApproved(db, planId),
  ])
  return { items: rows.map(itemOf), totals, may: { write: may(role, 'meeting.write'), followUp } }
}

const isGuest = ({ workshopId }: Actor): boolean => workshopId !== null

/**
 * Reads one meeting. Everybody of the plan may. To guests of a workshop one that is closed looks like none, and of an open one
 * they read neither where it is joined nor gender and age.
 */
export async function readMeeting(
  { db }: { db: Kysely<Database> },
  actor: Actor,
  { planId: plan, meetingId }: MeetingAddress,
): Promise<Meeting> {
  const membership = await enterPlan(db, actor, plan, 'plan.open')
  const rows = await findMeetings(db, membership.planId, { id: meetingId, openOnly: isGuest(actor), limit: 1 })
  const [item] = await tell(db, membership, rows)
  if (!item) throw new AppError('not_found')
  if (!isGuest(actor)) return item
  return { ...item, link: null, attendance: { ...item.attendance, byGender: noGender, byAge: noAge } }
}

/** Everything that is said of meetings, to one role. */
export async function tell(
  db: Kysely<Database>,
  { planId, role }: Pick<Membership, 'planId' | 'role'>,
  rows: readonly MeetingRow[],
): Promise<Meeting[]> {
  const ids = rows.map(({ id }) => id)
  const [attendance, materials] = await Promise.all([attendanceOf(db, planId, ids), findMaterials(db, ids)])
  const sent = Map.groupBy(materials, ({ meetingId }) => meetingId)
  const rights = { write: may(role, 'meeting.write'), readLists: may(role, 'meeting.read_lists') }
  return rows.map((row): Meeting => {
    const { link, agenda, results, reason, revision, entry, workshopId, workshopTitle } = row
    return {
      ...itemOf(row),
      ...{ link, agenda, results, reason, revision, entry, salt: toHex(row.salt) },
      materials: (sent.get(row.id) ?? []).map(({ meetingId: _, ...one }) => one),
      // Read from columns of ids.
      workshop: workshopId === null ? null : ({ id: workshopId, title: workshopTitle } as Meeting['workshop']),
      attendance: attendance.get(row.id) ?? nobody,
      may: rights,
    }
  })
}

function itemOf(row: MeetingRow): MeetingItem {
  const { number, title, heldOn, starts, ends, mode, place, isPublic, isFollowUp, state } = row
  const { registered, attended, inputs } = row
  return {
    // Made by `newId`, so already what their brands promise.
    id: row.id as MeetingItem['id'],
    minutesId: row.documentId as MeetingItem['minutesId'],
    ...{ number, title, heldOn, starts, ends, mode, place, isPublic, isFollowUp, state, registered, attended, inputs },
  }
}

const noGender = { woman: 0, man: 0, other: 0 }
const noAge = { under_18: 0, '18_29': 0, '30_44': 0, '45_59': 0, '60_plus': 0 }
const nobody: MeetingAttendance = { registered: 0, attended: 0, byGroup: [], byGender: noGender, byAge: noAge }

/** Who came to meetings of a plan, by the meeting's id. */
async function attendanceOf(
  db: Kysely<Database>,
  planId: string,
  meetingIds: readonly string[],
): Promise<ReadonlyMap<string, MeetingAttendance>> {
  const [counts, bands, groups] = await Promise.all([
    findGroupCounts(db, meetingIds),
    findBands(db, meetingIds),
    groupsOf(db, planId),
  ])
  const groupOf = new Map<string, Group>(groups.map((group) => [group.id, group]))
  const attendance = new Map<string, MeetingAttendance>()
  for (const id of meetingIds) {
    const byGroup = counts
      .filter(({ meetingId }) => meetingId === id)
      .map(({ groupId, registered, attended }) => ({
        group: groupId === null ? null : (groupOf.get(groupId) ?? null),
        ...{ registered, attended },
      }))
    attendance.set(id, {
      registered: byGroup.reduce((all, { registered }) => all + registered, 0),
      attended: byGroup.reduce((all, { attended }) => all + attended, 0),
      byGroup,
      byGender: { ...noGender, ...bandsOf(bands, id, 'gender') },
      byAge: { ...noAge, ...bandsOf(bands, id, 'age') },
    })
  }
  return attendance
}

const bandsOf = (bands: readonly BandCount[], id: string, kind: BandCount['kind']) =>
  Object.fromEntries(
    bands.filter((one) => one.meetingId === id && one.kind === kind).map(({ key, people }) => [key, people]),
  )
