import { fold } from '@cabildo/protocol/fold'
import type { Person } from '@cabildo/protocol/http/common'
import type { RecordItem, RecordPerson } from '@cabildo/protocol/http/record'
import { startOfDay } from '../../lib/dates.ts'
import type { RecordSearch } from './search.ts'

/** What one person wrote in one text without anything between, as one line of the chronology; or a single entry. */
export interface Line {
  /** Newest first; more than one only where somebody wrote on. */
  items: [RecordItem, ...RecordItem[]]
}

/** The lines of one day of the reader's. */
export interface Day {
  /** `2026-03-28`. */
  day: string
  lines: Line[]
}

/** The reader's own day of a moment: `2026-03-28`. */
export function dayOf(moment: string): string {
  const date = new Date(moment)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** Whether an entry goes on with what the one shown before it (which is newer) tells. */
function goesOn(newer: RecordItem | undefined, item: RecordItem): boolean {
  if (newer?.type !== 'update-batch' || item.type !== 'update-batch') return false
  const sameText = newer.document?.id === item.document?.id && item.document !== null
  return (
    sameText &&
    item.actor !== null &&
    newer.actor?.pid === item.actor.pid &&
    newer.behalf?.pid === item.behalf?.pid &&
    newer.erased === item.erased
  )
}

/** Puts entries, newest first, under their days, and writing of one person in one text into one line. */
export function daysOf(items: readonly RecordItem[]): Day[] {
  const days: Day[] = []
  for (const item of items) {
    const day = dayOf(item.at)
    let last = days.at(-1)
    if (last?.day !== day) {
      last = { day, lines: [] }
      days.push(last)
    }
    const line = last.lines.at(-1)
    if (line && goesOn(line.items.at(-1), item)) line.items.push(item)
    else last.lines.push({ items: [item] })
  }
  return days
}

/** A line as one entry: of writing, with all its changes counted. The newest entry stands for all. */
export function summed({ items }: Line): RecordItem {
  const [newest] = items
  if (items.length === 1) return newest
  const updates = items.reduce((sum, { details }) => sum + updatesOf(details), 0)
  return { ...newest, details: { ...newest.details, updates } }
}

/** How many changes the details of writing count. */
export function updatesOf(details: RecordItem['details']): number {
  return typeof details?.updates === 'number' ? details.updates : 0
}

/** What the server is asked for: the reader's days become moments. Days that are none are left out. */
export function queryOf({ entry: _, from, to, ...search }: RecordSearch): Omit<RecordSearch, 'entry'> {
  const start = from === undefined ? undefined : startOfDay(from, 0)
  const end = to === undefined ? undefined : startOfDay(to, 1)
  return { ...search, ...(start && { from: start }), ...(end && { to: end }) }
}

/** A verifier key, shortened for the eye: its name and the eight digits that tell it apart. */
export function shortKey(key: string): string {
  return key.split('+').slice(0, 2).join('+')
}

/**
 * Those whose entries can be asked for, by name: only who is shown by name today. Two of one name are told apart by their
 * groups.
 */
export function whoOptions(
  people: readonly RecordPerson[],
  nameOf: (person: Person) => string,
  language: string,
): { value: string; label: string }[] {
  const named = people.flatMap(({ pid, person }) => (person && person.name !== '' ? [{ pid, person }] : []))
  const words = named.map(({ person }) => nameOf(person))
  return named
    .map(({ pid, person }, at) => {
      const name = words[at] ?? ''
      const isAlone = words.indexOf(name) === words.lastIndexOf(name)
      return { value: pid, label: isAlone || !person.group ? name : `${name}, ${person.group.name}` }
    })
    .sort((one, other) => one.label.localeCompare(other.label, language))
}

/** Whether some letters stand in a name, whatever their case and accents. */
export function isCalled(name: string, letters: string): boolean {
  return fold(name).includes(fold(letters).trim())
}
