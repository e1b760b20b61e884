/** What is kept of meetings. */
import type { MeetingFacts, MeetingState } from '@cabildo/protocol/http/meetings'
import type { AgeBand, Gender } from '@cabildo/protocol/http/workshops'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../db/types.ts'
import type { Counts, GroupCount, MaterialRow, MeetingRow } from './rules.ts'

/** Which meetings are asked for: one, or a page of them. */
export interface WantedMeetings {
  id?: string
  number?: number | undefined
  /** Those alone that come after the one of this day and number. */
  after?: readonly [heldOn: string, number: number] | undefined
  /** Those alone that are open to the public. */
  openOnly?: boolean
  limit: number
}

/** Reads meetings of a plan, the latest first. */
export async function findMeetings(
  db: Kysely<Database>,
  planId: string,
  { id, number, after, openOnly = false, limit }: WantedMeetings,
): Promise<MeetingRow[]> {
  const { rows } = await sql<MeetingRow>`
    select m.id, m.number, m.title, m.held_on::text as held_on, to_char(m.starts, 'HH24:MI') as starts,
      to_char(m.ends, 'HH24:MI') as ends, m.mode, m.place, m.link, m.is_public, m.follow_up as is_follow_up, m.agenda, m.results, m.state, m.reason,
      m.workshop_id, w.title as workshop_title, m.document_id, m.revision, m.salt, m.entry,
      coalesce(c.registered, 0) as registered, coalesce(c.attended, 0) as attended,
      (select count(*)::int from input i where i.meeting_id = m.id and i.taken_back_at is null) as inputs,
      m.held_on <= (now() at time zone 'UTC')::date + 1 as begun
    from meeting m
    left join workshop w on w.id = m.workshop_id
    left join lateral (
      select sum(a.registered)::int as registered, sum(a.attended)::int as attended
      from meeting_attendance a where a.meeting_id = m.id) c on true
    where m.plan_id = ${planId}
      and (${id ?? null}::text is null or m.id = ${id ?? null})
      and (${number ?? null}::int is null or m.number = ${number ?? null})
      and (not ${openOnly}::boolean or m.is_public)
      and (${after?.[0] ?? null}::date is null
        or (m.held_on, m.number) < (${after?.[0] ?? null}::date, ${after?.[1] ?? null}::int))
    order by m.held_on desc, m.number desc limit ${limit}`.execute(db)
  return rows
}

/** How many meetings of a plan were held, how many of them were public, and who came. */
export interface MeetingTotals {
  held: number
  public: number
  attended: number
  /** Groups of which somebody came to one that was held. */
  groups: number
}

/** Counts the meetings of a plan that were held; `openOnly`: those alone that were open to the public. */
export async function countHeld(
  db: Kysely<Database>,
  planId: string,
  { openOnly = false }: { openOnly?: boolean } = {},
): Promise<MeetingTotals> {
  const { rows } = await sql<MeetingTotals>`
    select count(*)::int as held, (count(*) filter (where m.is_public))::int as public,
      coalesce(sum(c.attended), 0)::int as attended,
      (select count(distinct a.group_id)::int from meeting_attendance a join meeting h on h.id = a.meeting_id
        where h.plan_id = ${planId} and h.state = 'held' and a.attended > 0
          and (not ${openOnly}::boolean or h.is_public)) as groups
    from meeting m
    left join lateral (
      select sum(a.attended) as attended from meeting_attendance a where a.meeting_id = m.id) c on true
    where m.plan_id = ${planId} and m.state = 'held' and (not ${openOnly}::boolean or m.is_public)`.execute(db)
  return rows[0] ?? { held: 0, public: 0, attended: 0, groups: 0 }
}

/** The number of the last meeting of a plan, whose meetings must be held; 0 for none. */
export async function findLastNumber(trx: Transaction<Database>, planId: string): Promise<number> {
  const { last } = await trx
    .selectFrom('meeting')
    .select(({ fn }) => fn.coalesce(fn.max('number'), sql.lit(0)).as('last'))
    .where('planId', '=', planId)
    .executeTakeFirstOrThrow()
  return last
}

/** Reads the meeting that somebody entered with this key before. */
export function findSent(
  db: Kysely<Database>,
  createdBy: string,
  key: string,
): Promise<{ id: string; planId: string } | undefined> {
  return db
    .selectFrom('meeting')
    .select(['id', 'planId'])
    .where('createdBy', '=', createdBy)
    .where('key', '=', key)
    .executeTakeFirst()
}

/** What the record holds of a meeting. */
interface Told {
  salt: Uint8Array
  entry: number
}

const columnsOf = ({ title, heldOn, starts, ends, mode, place, link, isPublic, ...rest }: MeetingFacts) => ({
  ...{ title, mode, place, link, isPublic, agenda: rest.agenda, results: rest.results, workshopId: rest.workshopId },
  followUp: rest.isFollowUp,
  ...{ heldOn: sql<Date>`${heldOn}::date`, starts: sql<string>`${starts}::time`, ends: sql<string>`${ends}::time` },
})

/** Stores a meeting. */
export async function insertMeeting(
  trx: Transaction<Database>,
  {
    facts,
    salt,
    ...row
  }: { id: string; planId: string; number: number; key: string; createdBy: string } & Told & {
      facts: MeetingFacts
    },
): Promise<void> {
  await trx
    .insertInto('meeting')
    .values({ ...row, ...columnsOf(facts), salt: Buffer.from(salt) })
    .execute()
  await replaceMaterials(trx, row.id, facts.materials)
}

/** Writes what is said of a meeting, and what became of it. */
export async function updateMeeting(
  trx: Transaction<Database>,
  id: string,
  { facts, state, reason, salt, entry }: Told & { facts: MeetingFacts; state: MeetingState; reason: string | null },
): Promise<void> {
  await trx
    .updateTable('meeting')
    .set({ ...columnsOf(facts), state, reason, salt: Buffer.from(salt), entry })
    .set(({ eb }) => ({ revision: eb('revision', '+', 1) }))
    .where('id', '=', id)
    .execute()
  await replaceMaterials(trx, id, facts.materials)
}

async function replaceMaterials(
  trx: Transaction<Database>,
  meetingId: string,
  materials: readonly MaterialRow[],
): Promise<void> {
  await trx.deleteFrom('meetingMaterial').where('meetingId', '=', meetingId).execute()
  if (materials.length === 0) return
  await trx
    .insertInto('meetingMaterial')
    .values(
      materials.map(({ sentOn, ...row }, at) => ({
        ...{ ...row, meetingId, position: at + 1, sentOn: sql<Date>`${sentOn}::date` },
      })),
    )
    .execute()
}

/** Reads what was sent for meetings, in its order. */
export async function findMaterials(
  db: Kysely<Database>,
  meetingIds: readonly string[],
): Promise<(MaterialRow & { meetingId: string })[]> {
  const { rows } = await sql<MaterialRow & { meetingId: string }>`
    select meeting_id, title, link, attachment, sent_on::text as sent_on, sent_to from meeting_material
    where meeting_id = any(${[...meetingIds]}::text[]) order by meeting_id, position`.execute(db)
  return rows
}

/** Reads who came to meetings, by group: the largest first. */
export async function findGroupCounts(
  db: Kysely<Database>,
  meetingIds: readonly string[],
): Promise<(GroupCount & { meetingId: string })[]> {
  const { rows } = await sql<GroupCount & { meetingId: string }>`
    select a.meeting_id, a.group_id, a.registered, a.attended
    from meeting_attendance a left join stakeholder_group g on g.id = a.group_id
    where a.meeting_id = any(${[...meetingIds]}::text[])
    order by a.meeting_id, a.group_id is null, a.attended desc, g.name, a.group_id`.execute(db)
  return rows
}

/** How many people of a gender or an age came to a meeting. */
export interface BandCount {
  meetingId: string
  kind: 'gender' | 'age'
  key: Gender | AgeBand
  people: number
}

/** Reads who came to meetings, by gender and age. */
export async function findBands(db: Kysely<Database>, meetingIds: readonly string[]): Promise<BandCount[]> {
  const { rows } = await sql<BandCount>`
    select meeting_id, kind, key, people from meeting_band
    where meeting_id = any(${[...meetingIds]}::text[])`.execute(db)
  return rows
}

/** Writes who came to a meeting, in place of what was said before. */
export async function replaceCounts(
  trx: Transaction<Database>,
  { planId, meetingId }: { planId: string; meetingId: string },
  { groups, byGender, byAge }: Counts,
): Promise<void> {
  await trx.deleteFrom('meetingAttendance').where('meetingId', '=', meetingId).execute()
  await trx.deleteFrom('meetingBand').where('meetingId', '=', meetingId).execute()
  const counted = groups.filter(({ registered, attended }) => registered + attended > 0)
  if (counted.length > 0)
    await trx
      .insertInto('meetingAttendance')
      .values(counted.map((one) => ({ ...one, planId, meetingId })))
      .execute()
  const bands = [
    ...Object.entries(byGender).map(([key, people]) => ({ kind: 'gender', key, people })),
    ...Object.entries(byAge).map(([key, people]) => ({ kind: 'age', key, people })),
  ].filter(({ people }) => people > 0)
  if (bands.length > 0)
    await trx
      .insertInto('meetingBand')
      .values(bands.map((one) => ({ ...one, meetingId })))
      .execute()
}

/** Counts one more change of a meeting. */
export async function raiseRevision(trx: Transaction<Database>, id: string): Promise<void> {
  await trx
    .updateTable('meeting')
    .set(({ eb }) => ({ revision: eb('revision', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

/** Whether a workshop is one of the plan. */
export async function isWorkshopOf(db: Kysely<Database>, planId: string, workshopId: string): Promise<boolean> {
  const row = await db
    .selectFrom('workshop')
    .select('id')
    .where('planId', '=', planId)
    .where('id', '=', workshopId)
    .executeTakeFirst()
  return row !== undefined
}

/** Whether a text of the plan was approved, even if it is being amended now: there is something to follow up on. */
export async function hasApproved(db: Kysely<Database>, planId: string): Promise<boolean> {
  const row = await db
    .selectFrom('approvalRequest')
    .select('id')
    .where('planId', '=', planId)
    .where('state', 'in', ['approved', 'voided'])
    .executeTakeFirst()
  return row !== undefined
}

/** Which files of a meeting, by number, are material that is there. */
export async function findMaterialFiles(db: Kysely<Database>, meetingId: string): Promise<ReadonlySet<number>> {
  const { rows } = await sql<{ number: number }>`
    select number from meeting_attachment
    where meeting_id = ${meetingId} and use = 'material' and removed_at is null`.execute(db)
  return new Set(rows.map(({ number }) => number))
}

/** Reads inputs of a plan that are held: their numbers, and the meeting each belongs to. */
export async function findInputNumbers(
  trx: Transaction<Database>,
  planId: string,
  ids: readonly string[],
): Promise<Map<string, { number: number; meetingId: string | null }>> {
  const { rows } = await sql<{ id: string; number: number; meetingId: string | null }>`
    select id, number, meeting_id from input where plan_id = ${planId} and id = any(${[...ids]}::text[])`.execute(trx)
  return new Map(rows.map(({ id, ...row }) => [id, row]))
}

/** Says to which meeting inputs belong; null: to none. */
export async function moveInputs(
  trx: Transaction<Database>,
  ids: readonly string[],
  meetingId: string | null,
): Promise<void> {
  await sql`update input set meeting_id = ${meetingId} where id = any(${[...ids]}::text[])`.execute(trx)
}
