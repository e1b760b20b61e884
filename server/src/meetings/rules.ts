import { AppError, refuseField } from '@cabildo/protocol/errors'
import type { MeetingFacts, MeetingMode, MeetingState } from '@cabildo/protocol/http/meetings'
import type { AgeBand, Gender } from '@cabildo/protocol/http/workshops'
import type { Json } from '@cabildo/record/canonical-json'

/** Bounds of what one plan carries; a broken client knows no end by itself. */
export const mostMeetings = 1000

/** A meeting as it is kept. Days are `2026-03-28`, clock times `15:30`, both of the place. */
export interface MeetingRow {
  id: string
  number: number
  title: string
  heldOn: string
  starts: string | null
  ends: string | null
  mode: MeetingMode
  place: string | null
  link: string | null
  isPublic: boolean
  isFollowUp: boolean
  agenda: string
  results: string
  state: MeetingState
  reason: string | null
  workshopId: string | null
  workshopTitle: string | null
  documentId: string | null
  revision: number
  salt: Uint8Array
  entry: number
  registered: number
  attended: number
  inputs: number
  /** Whether its day has come, wherever the place is. */
  begun: boolean
}

/** Something that was sent for a meeting. */
export type MaterialRow = MeetingFacts['materials'][number]

/** How many of a group registered and came; `groupId` null: of none. */
export interface GroupCount {
  groupId: string | null
  registered: number
  attended: number
}

/** Who came, as counts. */
export interface Counts {
  groups: GroupCount[]
  byGender: Partial<Record<Gender, number>>
  byAge: Partial<Record<AgeBand, number>>
}

/** Refuses what cannot be said of a meeting. */
export function demandFacts({ mode, place, starts, ends }: MeetingFacts): void {
  if (mode !== 'online' && place === null) throw refuseField('/place', 'Say where it is, unless it is online alone.')
  if (ends !== null && starts === null) throw refuseField('/starts', 'What ends begins.')
  if (ends !== null && starts !== null && ends <= starts) throw refuseField('/ends', 'It ends after it begins.')
}

/** What a meeting can become from what it is. A reason is owed where it is called off, and nowhere else. */
export function demandMove(
  { state, begun }: Pick<MeetingRow, 'state' | 'begun'>,
  next: MeetingState,
  reason: string | undefined,
): void {
  if (next === state) throw new AppError('conflict', { detail: 'It is so already.' })
  if (next === 'held' && state === 'cancelled')
    throw new AppError('conflict', { detail: 'It is called off: plan it again first.' })
  if (next === 'held' && !begun) throw refuseField('/state', 'Its day has not come.')
  if ((next === 'cancelled') !== (reason !== undefined)) throw refuseField('/reason', 'Say why, when it is called off.')
}

/** Refuses counts that cannot be: a group twice, or more people of known gender or age than came. */
export function demandCounts({ groups, byGender, byAge }: Counts): void {
  const seen = new Set<string | null>()
  for (const [at, { groupId }] of groups.entries()) {
    if (seen.has(groupId)) throw refuseField(`/groups/${at}/groupId`, 'Each group is named once.')
    seen.add(groupId)
  }
  const { attended } = totalsOf(groups)
  for (const [name, bands] of Object.entries({ byGender, byAge }))
    if (sum(Object.values(bands)) > attended)
      throw refuseField(`/${name}`, `They are more than the ${attended} who came.`)
}

const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0)

/** How many registered and came in all. */
export function totalsOf(groups: readonly GroupCount[]): { registered: number; attended: number } {
  return {
    registered: sum(groups.map(({ registered }) => registered)),
    attended: sum(groups.map(({ attended }) => attended)),
  }
}

/** What a workshop counted, as the counts of a meeting; who registered stays as it was entered. */
export function countsOfWorkshop(
  came: {
    people: number
    byGroup: readonly { key: string; people: number }[]
    byGender: readonly { key: string; people: number }[]
    byAge: readonly { key: string; people: number }[]
  },
  before: readonly GroupCount[],
): Counts {
  const registered = new Map(before.map((one) => [one.groupId, one.registered]))
  const attended = new Map<string | null, number>(came.byGroup.map(({ key, people }) => [key, people]))
  // Who was erased since has left their group's count, and not the number of those who came.
  const others = came.people - sum([...attended.values()])
  if (others > 0) attended.set(null, others)
  const keys = [...new Set([...attended.keys(), ...registered.keys()])]
  const groups = keys.map((groupId) => ({
    ...{ groupId, registered: registered.get(groupId) ?? 0, attended: attended.get(groupId) ?? 0 },
  }))
  const bands = (counts: readonly { key: string; people: number }[]) =>
    Object.fromEntries(counts.map(({ key, people }) => [key, people]))
  return { groups, byGender: bands(came.byGender), byAge: bands(came.byAge) }
}

/** Texts as the database keeps them: half a sign is the sign that stands for it. */
export function asKept<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value), (_, part) => (typeof part === 'string' ? part.toWellFormed() : part))
}

/**
 * What is said of a meeting, as its hash in the record has it (docs/spec/meetings.md): whoever reads the meeting makes the
 * same of it.
 */
export function dataOf(
  { title, heldOn, starts, ends, mode, place, link, isPublic, agenda, results, ...rest }: MeetingFacts,
  { state, reason }: Pick<MeetingRow, 'state' | 'reason'>,
): Json {
  const materials = rest.materials.map(({ title, link, attachment, sentOn, sentTo }) => ({
    ...{ title, link, attachment, sentOn, sentTo },
  }))
  return {
    ...{ title, heldOn, starts, ends, mode, place, link, public: isPublic, agenda, results, materials },
    ...{ workshop: rest.workshopId, state, reason },
    // Nothing of others, as it was before there were any.
    ...(rest.isFollowUp && { followUp: true }),
  }
}

/** What is said of a meeting that is kept. */
export function factsOf(row: MeetingRow, materials: MaterialRow[]): MeetingFacts {
  const { title, heldOn, starts, ends, mode, place, link, isPublic, isFollowUp, agenda, results } = row
  return {
    ...{ title, heldOn, starts, ends, mode, place, link, isPublic, isFollowUp, agenda, results, materials },
    // Read from the column of ids.
    workshopId: row.workshopId as MeetingFacts['workshopId'],
  }
}
