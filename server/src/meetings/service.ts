/**
 * Meetings of a plan: what is planned, what is sent before, who came, what came of it.
 * 1. Who runs meetings enters and changes them, one after another in a plan; whoever read an older one is told.
 * 2. Who came is kept as counts: nobody's name (Ley 81).
 * 3. Each act is entered in the plan's record in the transaction of its fact, with a salted hash of what is said.
 */
import { randomBytes } from 'node:crypto'
import { AppError, refuseField } from '@cabildo/protocol/errors'
import type { Meeting, MeetingFacts, MeetingState } from '@cabildo/protocol/http/meetings'
import { canonicalText, type Json } from '@cabildo/record/canonical-json'
import { payloadCommitment, saltLength } from '@cabildo/record/hash'
import type { Kysely, Transaction } from 'kysely'
import { demandAlive } from '../auth/renewal.ts'
import type { Actor } from '../auth/sessions.ts'
import { holdInputNumbers, holdMeetings } from '../db/holding.ts'
import { newId } from '../db/ids.ts'
import type { Database } from '../db/types.ts'
import { enterPlan, groupsOf } from '../people/service.ts'
import { appendEntry } from '../record/service.ts'
import { holdInputs } from '../review/inputs/store.ts'
import { countAttendance } from '../workshops/board/store.ts'
import {
  asKept,
  type Counts,
  countsOfWorkshop,
  dataOf,
  demandCounts,
  demandFacts,
  demandMove,
  factsOf,
  type MeetingRow,
  mostMeetings,
  totalsOf,
} from './rules.ts'
import {
  countHeld,
  findGroupCounts,
  findInputNumbers,
  findLastNumber,
  findMaterialFiles,
  findMaterials,
  findMeetings,
  findSent,
  hasApproved,
  insertMeeting,
  isWorkshopOf,
  type MeetingTotals,
  moveInputs,
  raiseRevision,
  replaceCounts,
  updateMeeting,
} from './store.ts'
import { type MeetingAddress, readMeeting, tell } from './tell.ts'

/** What meetings need. */
export interface MeetingDeps {
  db: Kysely<Database>
}

/** Enters a meeting under the next number of its plan. The same key again answers the one that it entered. */
export async function addMeeting(
  deps: MeetingDeps,
  actor: Actor,
  plan: string,
  { key, ...sent }: MeetingFacts & { key: string },
): Promise<Meeting> {
  const { planId } = await enterPlan(deps.db, actor, plan, 'meeting.write')
  const facts = asKept(sent)
  demandFacts(facts)
  if (facts.materials.some(({ attachment }) => attachment !== null)) throw noSuchFile(0)
  const meetingId = await deps.db.transaction().execute(async (trx) => {
    await demandAlive(trx, actor)
    await holdMeetings(trx, planId)
    await enterPlan(trx, actor, planId, 'meeting.write')
    const before = await findSent(trx, actor.userId, key)
    if (before && before.planId !== planId) throw refuseField('/key', 'This key was used elsewhere.')
    if (before) return before.id
    await demandWorkshop(trx, planId, facts)
    await demandFollowUp(trx, planId, facts)
    const number = (await findLastNumber(trx, planId)) + 1
    if (number > mostMeetings)
      throw new AppError('too_large', { detail: `A plan has at most ${mostMeetings} meetings.` })
    const told = await tellFacts(trx, actor, planId, { kind: 'created', number, refs: [] }, facts, {
      state: 'planned',
      reason: null,
    })
    const id = newId()
    await insertMeeting(trx, { id, planId, number, key, createdBy: actor.userId, facts, ...told })
    return id
  })
  return readMeeting(deps, actor, { planId, meetingId })
}

/** Says otherwise what is said of a meeting. */
export function changeMeeting(
  deps: MeetingDeps,
  actor: Actor,
  address: MeetingAddress,
  { after, ...sent }: MeetingFacts & { after: number },
): Promise<Meeting> {
  const facts = asKept(sent)
  demandFacts(facts)
  return change(deps, actor, address, { after }, async (trx, planId, row) => {
    await demandWorkshop(trx, planId, facts)
    if (!row.isFollowUp) await demandFollowUp(trx, planId, facts)
    const files = await findMaterialFiles(trx, row.id)
    for (const [at, { attachment }] of facts.materials.entries())
      if (attachment !== null && !files.has(attachment)) throw noSuchFile(at)
    const { state, reason } = row
    const told = await tellFacts(trx, actor, planId, { kind: 'changed', ...named(row) }, facts, { state, reason })
    await updateMeeting(trx, row.id, { facts, state, reason, ...told })
  })
}

/**
 * Says that a meeting was held, is called off, or is planned again. Where nobody counted who came, a meeting that was a
 * workshop takes it from there when it is held.
 */
export function moveMeeting(
  deps: MeetingDeps,
  actor: Actor,
  address: MeetingAddress,
  { after, state, reason: sent }: { after: number; state: MeetingState; reason?: string | undefined },
): Promise<Meeting> {
  return change(deps, actor, address, { after }, async (trx, planId, row) => {
    demandMove(row, state, sent)
    const reason = sent === undefined ? null : asKept(sent)
    const facts = factsOf(row, await findMaterials(trx, [row.id]))
    const fromWorkshop = state === 'held' && row.attended === 0 && row.workshopId !== null
    if (fromWorkshop) await countFromWorkshop(trx, actor, planId, row)
    const attended = fromWorkshop ? totalsOf(await findGroupCounts(trx, [row.id])).attended : row.attended
    const told = await tellFacts(
      trx,
      actor,
      planId,
      { kind: state, ...named(row), ...(state === 'held' && { attended }) },
      facts,
      { state, reason },
    )
    await updateMeeting(trx, row.id, { facts, state, reason, ...told })
  })
}

/** Enters who came. */
export function countMeeting(
  deps: MeetingDeps,
  actor: Actor,
  address: MeetingAddress,
  { after, ...counts }: Counts & { after: number },
): Promise<Meeting> {
  demandCounts(counts)
  return change(deps, actor, address, { after }, async (trx, planId, row) => {
    await count(trx, actor, planId, row, counts)
    await raiseRevision(trx, row.id)
  })
}

/** Takes who came from the workshop that the meeting was. Throws `conflict` when it was none. */
export function countByWorkshop(
  deps: MeetingDeps,
  actor: Actor,
  address: MeetingAddress,
  { after }: { after: number },
): Promise<Meeting> {
  return change(deps, actor, address, { after }, async (trx, planId, row) => {
    await countFromWorkshop(trx, actor, planId, row)
    await raiseRevision(trx, row.id)
  })
}

/** Says which inputs belong to a meeting, and which do not. */
export function gatherInputs(
  deps: MeetingDeps,
  actor: Actor,
  address: MeetingAddress,
  { add, remove }: { add: readonly string[]; remove: readonly string[] },
): Promise<Meeting> {
  const hold = async (trx: Transaction<Database>, planId: string) => {
    await holdInputNumbers(trx, planId)
    await holdInputs(trx, planId, [...add, ...remove])
  }
  return change(deps, actor, address, { hold }, async (trx, planId, row) => {
    const inputs = await findInputNumbers(trx, planId, [...add, ...remove])
    for (const [name, ids] of Object.entries({ add, remove }))
      for (const [at, id] of ids.entries())
        if (!inputs.has(id)) throw refuseField(`/${name}/${at}`, 'The plan has no such input.')
    const gone = new Set(remove)
    const added = [...new Set(add)].filter((id) => !gone.has(id) && inputs.get(id)?.meetingId !== row.id)
    const removed = [...gone].filter((id) => inputs.get(id)?.meetingId === row.id)
    if (added.length + removed.length === 0) return
    await moveInputs(trx, added, row.id)
    await moveInputs(trx, removed, null)
    const numbers = (ids: readonly string[]) =>
      ids.map((id) => inputs.get(id)?.number ?? 0).sort((one, other) => one - other)
    await appendEntry(trx, planId, {
      ...{ type: 'meeting', userId: actor.userId, refs: [row.entry] },
      payload: { kind: 'inputs', meeting: row.number, added: numbers(added), removed: numbers(removed) },
    })
  })
}

const noSuchFile = (at: number) =>
  refuseField(`/materials/${at}/attachment`, 'There is no such file of material beside the meeting.')

async function demandWorkshop(trx: Transaction<Database>, planId: string, { workshopId }: MeetingFacts): Promise<void> {
  if (workshopId !== null && !(await isWorkshopOf(trx, planId, workshopId)))
    throw refuseField('/workshopId', 'The plan has no such workshop.')
}

async function demandFollowUp(trx: Transaction<Database>, planId: string, { isFollowUp }: MeetingFacts): Promise<void> {
  if (isFollowUp && !(await hasApproved(trx, planId)))
    throw refuseField('/isFollowUp', 'Nothing of this plan was approved yet.')
}

/** What the record says of every act on a meeting that is there: its number, and the entry before. */
const named = ({ number, entry }: MeetingRow) => ({ number, refs: [entry] })

/** Enters what is said of a meeting from now on: its day, whether it is public, and the salted hash of all of it. */
async function tellFacts(
  trx: Transaction<Database>,
  actor: Actor,
  planId: string,
  { kind, number, refs, attended }: { kind: string; number: number; refs: readonly number[]; attended?: number },
  facts: MeetingFacts,
  standing: { state: MeetingState; reason: string | null },
): Promise<{ salt: Uint8Array; entry: number }> {
  const salt = randomBytes(saltLength)
  const { heldOn, mode, isPublic, isFollowUp } = facts
  const { seq: entry } = await appendEntry(trx, planId, {
    ...{ type: 'meeting', userId: actor.userId, refs },
    payload: {
      ...{ kind, meeting: number, heldOn, mode, public: isPublic },
      ...(isFollowUp && { followUp: true }),
      ...(attended !== undefined && { attended }),
      data: payloadCommitment(salt, canonicalText(dataOf(facts, standing))),
    },
  })
  return { salt, entry }
}

async function countFromWorkshop(
  trx: Transaction<Database>,
  actor: Actor,
  planId: string,
  row: MeetingRow,
): Promise<void> {
  const { workshopId } = row
  if (workshopId === null) throw new AppError('conflict', { detail: 'It was no workshop.' })
  const came = await countAttendance(trx, { planId, workshopId })
  await count(trx, actor, planId, row, countsOfWorkshop(came, await findGroupCounts(trx, [row.id])), workshopId)
}

/** Writes who came, and enters the counts by group. Gender and age are in the database alone. */
async function count(
  trx: Transaction<Database>,
  actor: Actor,
  planId: string,
  row: MeetingRow,
  counts: Counts,
  workshop?: string,
): Promise<void> {
  if (row.state === 'cancelled') throw new AppError('conflict', { detail: 'Nobody came: it was called off.' })
  const groups = new Set<string | null>([null, ...(await groupsOf(trx, planId)).map(({ id }) => id)])
  for (const [at, { groupId }] of counts.groups.entries())
    if (!groups.has(groupId)) throw refuseField(`/groups/${at}/groupId`, 'The plan has no such group.')
  const told: { [key: string]: Json } = {}
  for (const { groupId, registered, attended } of counts.groups)
    if (registered + attended > 0) told[groupId ?? 'none'] = [registered, attended]
  await replaceCounts(trx, { planId, meetingId: row.id }, counts)
  await appendEntry(trx, planId, {
    ...{ type: 'meeting', userId: actor.userId, refs: [row.entry] },
    payload: {
      ...{ kind: 'counted', meeting: row.number, ...totalsOf(counts.groups), groups: told },
      ...(workshop !== undefined && { workshop }),
    },
  })
}

interface Changing {
  /** The revision that was read; a newer one is a `conflict`. */
  after?: number
  /** Takes the locks that come before those of meetings. */
  hold?: (trx: Transaction<Database>, planId: string) => Promise<void>
}

/** Opens a transaction in which the meetings of a plan are held by somebody who may change them, and answers the meeting. */
async function change(
  deps: MeetingDeps,
  actor: Actor,
  address: MeetingAddress,
  { after, hold }: Changing,
  work: (trx: Transaction<Database>, planId: string, row: MeetingRow) => Promise<void>,
): Promise<Meeting> {
  const { planId } = await enterPlan(deps.db, actor, address.planId, 'meeting.write')
  const { meetingId } = address
  await deps.db.transaction().execute(async (trx) => {
    await demandAlive(trx, actor)
    await hold?.(trx, planId)
    await work(trx, planId, await holdMeeting(trx, actor, { planId, meetingId }, after))
  })
  return readMeeting(deps, actor, { planId, meetingId })
}

/** Holds the meetings of a plan and reads one that the actor may change now. Throws `conflict` when it is not the one read. */
export async function holdMeeting(
  trx: Transaction<Database>,
  actor: Actor,
  { planId, meetingId }: MeetingAddress,
  after?: number,
): Promise<MeetingRow> {
  await holdMeetings(trx, planId)
  await enterPlan(trx, actor, planId, 'meeting.write')
  const [row] = await findMeetings(trx, planId, { id: meetingId, limit: 1 })
  if (!row) throw new AppError('not_found')
  if (after !== undefined && row.revision !== after)
    throw new AppError('conflict', { detail: 'Somebody changed it meanwhile.' })
  return row
}

/**
 * For other areas (the plan's facts, the public site, the evidence pack): how many meetings of a plan were held, how many of
 * them were open to the public, how many people came in all, and how many groups. Asks for no rights.
 */
export function countMeetings(db: Kysely<Database>, planId: string): Promise<MeetingTotals> {
  return countHeld(db, planId)
}

/** The same for the plan's own text: how many were held, and how many of those anybody could come to. */
export async function countHeldMeetings(
  db: Kysely<Database>,
  planId: string,
): Promise<{ total: number; open: number }> {
  const { held, public: open } = await countHeld(db, planId)
  return { total: held, open }
}

/**
 * For other areas: every meeting of a plan, the first first, with attendance by group, materials and what came of it, as
 * somebody reads it who may change nothing and reads no signed list. Asks for no rights: whoever shows it to the public
 * leaves out those whose `isPublic` is false, and `link`.
 */
export async function readMeetings(db: Kysely<Database>, planId: string): Promise<Meeting[]> {
  const rows = await findMeetings(db, planId, { limit: mostMeetings })
  return tell(db, { planId, role: 'reviewer' }, rows.reverse())
}
