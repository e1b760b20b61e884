import { fold } from '@cabildo/protocol/fold'
import type { Group, Sector } from '@cabildo/protocol/http/common'
import type { ParticipantItem } from '@cabildo/protocol/http/workshops'
import { sectorMarks } from '../../ui/sectors.ts'

/** How many letters and digits a spoken code has. */
export const codeLength = 8

/**
 * A spoken code as it was meant, in Crockford's 32 signs: letters of any size, dashes and spaces wherever they fell, O
 * and I for 0 and 1. What else was typed stays in it, and is no code.
 */
export const readCode = (typed: string): string =>
  typed
    .toUpperCase()
    .replaceAll(/[\s\-–—_.]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')

/** Whether this may be a code at all: eight of the 32 signs. */
export const isCode = (code: string): boolean => /^[0-9A-HJKMNP-TV-Z]{8}$/.test(code)

/** Whether every word that is looked for stands in a name, with or without its accents. */
export const isFound = (name: string, search: string): boolean =>
  fold(search)
    .split(/\s+/)
    .every((word) => fold(name).includes(word))

/** The groups of one sector. */
export interface SectorGroups {
  sector: Sector
  groups: Group[]
}

/** Groups by sector in the order of the house, by name inside each; only those that are looked for. */
export function bySector(groups: readonly Group[], language: string, search = ''): SectorGroups[] {
  return (Object.keys(sectorMarks) as Sector[])
    .map((sector) => ({
      sector,
      groups: groups
        .filter((group) => group.sector === sector && isFound(group.name, search))
        .sort((one, other) => one.name.localeCompare(other.name, language)),
    }))
    .filter((one) => one.groups.length > 0)
}

/** From how many groups on they are looked for rather than looked through. */
export const manyGroups = 7

const hour = 60 * 60_000
/** How long a workshop usually takes. Hours. */
const usual = 6

const two = (value: number) => String(value).padStart(2, '0')

/** A clock time as inputs have it, `17:30`. */
export const clockOf = (time: Date): string => `${two(time.getHours())}:${two(time.getMinutes())}`

/** A calendar day as inputs have it, `2026-11-28`. */
export const dayOf = (time: Date): string => `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`

/** A calendar day as a moment that falls on it in every time zone of a reader, to be put into words. */
export const noonOf = (day: string): string => `${day}T12:00:00`

/** When a workshop that begins now would usually end, on the quarter of an hour. */
export function usualEnd(now: Date): string {
  const end = new Date(now.getTime() + usual * hour)
  end.setMinutes(Math.ceil(end.getMinutes() / 15) * 15, 0, 0)
  return clockOf(end)
}

/** The next time the clock says `17:30`: today or tomorrow, never more than a day away. `undefined` for no time. */
export function nextClock(clock: string, now: Date): Date | undefined {
  const [, hours, minutes] = /^(\d{2}):(\d{2})/.exec(clock) ?? []
  if (hours === undefined || minutes === undefined) return undefined
  const time = new Date(now)
  time.setHours(Number(hours), Number(minutes), 0, 0)
  if (time <= now) time.setDate(time.getDate() + 1)
  return time
}

/** Most tables a workshop may begin with. */
export const mostTables = 40

/** Names for tables: those given so far, then numbered ones, as many as wanted. */
export const tablesOf = (names: readonly string[], count: number, named: (number: number) => string): string[] =>
  Array.from({ length: Math.max(0, Math.min(mostTables, count)) }, (_, place) => names[place] ?? named(place + 1))

/** Who is in the workshop, and who was taken out or found to be somebody else. */
export function sortedPeople(participants: readonly ParticipantItem[], language: string) {
  const byName = [...participants].sort((one, other) => one.name.localeCompare(other.name, language))
  const isIn = ({ removedAt, mergedInto }: ParticipantItem) => removedAt === null && mergedInto === null
  return { here: byName.filter(isIn), out: byName.filter((one) => !isIn(one)) }
}

/** The numbers of phones that several people of the workshop share. */
export function sharedPhones(participants: readonly ParticipantItem[]): Set<number> {
  const seen = new Map<number, number>()
  for (const { device } of participants) if (device !== null) seen.set(device, (seen.get(device) ?? 0) + 1)
  return new Set([...seen].filter(([, people]) => people > 1).map(([device]) => device))
}

/** Seconds to wait in words: whole minutes from one minute on. */
export function waitOf(seconds: number | undefined): { unit: 'seconds' | 'minutes'; count: number } | undefined {
  if (seconds === undefined) return undefined
  if (seconds < 60) return { unit: 'seconds', count: Math.max(1, Math.ceil(seconds)) }
  return { unit: 'minutes', count: Math.ceil(seconds / 60) }
}
