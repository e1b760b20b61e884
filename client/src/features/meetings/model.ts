import type { Group } from '@cabildo/protocol/http/common'
import type { Meeting, MeetingMode } from '@cabildo/protocol/http/meetings'
import type { CountsBody, FactsBody } from './api.ts'

/** What was sent for a meeting, as it is entered: empty for nothing. `key` tells rows apart on the page. */
export interface MaterialEntry {
  key: string
  title: string
  link: string
  attachment: string
  sentOn: string
  sentTo: string
}

/** A meeting's facts as they are entered: empty for nothing. */
export interface MeetingEntry {
  title: string
  heldOn: string
  starts: string
  ends: string
  mode: MeetingMode
  place: string
  link: string
  isPublic: boolean
  isFollowUp: boolean
  agenda: string
  results: string
  materials: MaterialEntry[]
  workshopId: string
}

/** What is asked of a new meeting, most of it answered. */
export const emptyMeeting = (heldOn: string): MeetingEntry => ({
  ...{ title: '', heldOn, starts: '', ends: '', mode: 'in_person', place: '', link: '', isPublic: true },
  ...{ isFollowUp: false, agenda: '', results: '', materials: [], workshopId: '' },
})

/** A meeting as its form shows it. */
export const entryOf = ({ materials, workshop, ...meeting }: Meeting): MeetingEntry => {
  const { title, heldOn, starts, ends, mode, place, link, isPublic, isFollowUp, agenda, results } = meeting
  return {
    ...{ title, heldOn, mode, isPublic, isFollowUp, agenda, results, workshopId: workshop?.id ?? '' },
    ...{ starts: starts ?? '', ends: ends ?? '', place: place ?? '', link: link ?? '' },
    materials: materials.map((one, at) => ({
      ...{ key: String(at), title: one.title, link: one.link ?? '', attachment: String(one.attachment ?? '') },
      ...{ sentOn: one.sentOn ?? '', sentTo: one.sentTo ?? '' },
    })),
  }
}

/** A fault of the form: the field it is in. */
export type MeetingFault = 'title' | 'heldOn' | 'place' | 'ends' | 'link' | 'materials'

/** The first fault of an entry; undefined when it can be sent. */
export function faultOf({
  title,
  heldOn,
  starts,
  ends,
  mode,
  place,
  link,
  materials,
}: MeetingEntry): MeetingFault | undefined {
  if (title.trim() === '') return 'title'
  if (heldOn === '') return 'heldOn'
  if (ends !== '' && (starts === '' || ends <= starts)) return 'ends'
  if (mode !== 'online' && place.trim() === '') return 'place'
  if (!isLink(link)) return 'link'
  if (materials.some((one) => isSaid(one) && (one.title.trim() === '' || !isLink(one.link)))) return 'materials'
  return undefined
}

const isLink = (link: string): boolean => link.trim() === '' || /^https?:\/\/[^\s/]+\S*$/.test(link.trim())
const isSaid = ({ title, link, attachment, sentOn, sentTo }: MaterialEntry): boolean =>
  [title, link, attachment, sentOn, sentTo].some((part) => part.trim() !== '')
const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

/** What is sent of an entry. */
export function bodyOf({ materials, workshopId, starts, ends, place, link, ...entry }: MeetingEntry): FactsBody {
  return {
    ...entry,
    ...{ title: entry.title.trim(), starts: orNull(starts), ends: orNull(ends), link: orNull(link) },
    // Where it is online alone a place says nothing.
    place: entry.mode === 'online' ? null : orNull(place),
    // The plan's own id of a workshop.
    workshopId: orNull(workshopId) as FactsBody['workshopId'],
    materials: materials.filter(isSaid).map(({ title, link, attachment, sentOn, sentTo }) => ({
      ...{ title: title.trim(), link: orNull(link), sentOn: orNull(sentOn), sentTo: orNull(sentTo) },
      attachment: attachment === '' ? null : Number(attachment),
    })),
  }
}

export const genders = ['woman', 'man', 'other'] as const
export const ages = ['under_18', '18_29', '30_44', '45_59', '60_plus'] as const

/** Who came, as it is entered: figures as they were typed, by group ('' for none), gender and age. */
export interface CountsEntry {
  groups: { groupId: string; name: string; registered: string; attended: string }[]
  byGender: Record<(typeof genders)[number], string>
  byAge: Record<(typeof ages)[number], string>
}

const typed = (count: number): string => (count === 0 ? '' : String(count))

/** The counts of a meeting as their form shows them: every group of the plan, and those of none last. */
export function countsEntryOf(
  { attendance: { byGroup, byGender, byAge } }: Pick<Meeting, 'attendance'>,
  groups: readonly Group[],
  none: string,
): CountsEntry {
  const counts = new Map(byGroup.map(({ group, ...counts }) => [group?.id ?? '', counts]))
  const row = (groupId: string, name: string) => {
    const { registered = 0, attended = 0 } = counts.get(groupId as Group['id']) ?? {}
    return { groupId, name, registered: typed(registered), attended: typed(attended) }
  }
  const figures = <Key extends string>(keys: readonly Key[], of: Record<Key, number>) =>
    Object.fromEntries(keys.map((key) => [key, typed(of[key])])) as Record<Key, string>
  return {
    groups: [...groups.map(({ id, name }) => row(id, name)), row('', none)],
    byGender: figures(genders, byGender),
    byAge: figures(ages, byAge),
  }
}

/** A figure as somebody typed it; nothing is 0, and what is none is undefined. */
export function figureOf(text: string): number | undefined {
  if (text.trim() === '') return 0
  return /^\d{1,6}$/.test(text.trim()) && Number(text) <= 100_000 ? Number(text) : undefined
}

/** How many registered and came, of what is typed so far. */
export function totalsOf({ groups }: Pick<CountsEntry, 'groups'>): { registered: number; attended: number } {
  const sum = (texts: string[]) => texts.reduce((all, text) => all + (figureOf(text) ?? 0), 0)
  return {
    registered: sum(groups.map(({ registered }) => registered)),
    attended: sum(groups.map(({ attended }) => attended)),
  }
}

/** Whether a part of the counts says more people than came. */
export function isTooMany(bands: Readonly<Record<string, string>>, entry: CountsEntry): boolean {
  const people = Object.values(bands).reduce((all, text) => all + (figureOf(text) ?? 0), 0)
  return people > totalsOf(entry).attended
}

/** What is sent of the counts; undefined while a figure is none. */
export function countsBodyOf({ groups, byGender, byAge }: CountsEntry): CountsBody | undefined {
  const texts = [...groups.flatMap((one) => [one.registered, one.attended]), ...Object.values(byGender)]
  if ([...texts, ...Object.values(byAge)].some((text) => figureOf(text) === undefined)) return undefined
  const figures = <Key extends string>(of: Record<Key, string>) =>
    Object.fromEntries(Object.entries<string>(of).map(([key, text]) => [key, figureOf(text) ?? 0]))
  return {
    groups: groups
      .map(({ groupId, registered, attended }) => ({
        // The plan's own id of a group.
        groupId: (groupId === '' ? null : groupId) as CountsBody['groups'][number]['groupId'],
        registered: figureOf(registered) ?? 0,
        attended: figureOf(attended) ?? 0,
      }))
      .filter(({ registered, attended }) => registered + attended > 0),
    byGender: figures(byGender),
    byAge: figures(byAge),
  }
}

/** Most inputs that are gathered at once. */
const mostNumbers = 500

/** Numbers as somebody lists them, `1-3, 7`: each once, ascending; undefined for what is no such list, or is too long. */
export function numbersOf(text: string): number[] | undefined {
  const numbers = new Set<number>()
  for (const part of text.split(/[\s,;]+/).filter((one) => one !== '')) {
    const [, from, to = from] = /^(\d{1,5})(?:[-–](\d{1,5}))?$/.exec(part) ?? []
    if (from === undefined || Number(from) === 0 || Number(to) < Number(from)) return undefined
    if (Number(to) - Number(from) + numbers.size >= mostNumbers) return undefined
    for (let number = Number(from); number <= Number(to); number += 1) numbers.add(number)
  }
  return numbers.size === 0 ? undefined : [...numbers].sort((one, other) => one - other)
}
