import type { VersionItem } from '@cabildo/protocol/http/api'

/** The automatic versions of one calendar day, newest first. `day` is `YYYY-MM-DD` where the reader is. */
export interface VersionDay {
  day: string
  items: VersionItem[]
}

/** The list as people look for things in it: what somebody named on top, all else by the day it was made. */
export interface VersionGroups {
  named: VersionItem[]
  days: VersionDay[]
}

/** The calendar day of an instant in a time zone (IANA name; the reader's own by default), as `YYYY-MM-DD`. */
export function dayOf(instant: Date, timeZone?: string): string {
  const parts = new Intl.DateTimeFormat('en', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    timeZone,
  }).formatToParts(instant)
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}

/** Sorts versions, newest first by number, into the named and the days of the others. Repeated items are shown once. */
export function groupVersions(items: readonly VersionItem[], timeZone?: string): VersionGroups {
  const unique = [...new Map(items.map((item) => [item.id, item])).values()].sort((a, b) => b.number - a.number)
  const named = unique.filter((item) => item.kind === 'named')
  const days: VersionDay[] = []
  for (const item of unique) {
    if (item.kind === 'named') continue
    const day = dayOf(new Date(item.createdAt), timeZone)
    const last = days.at(-1)
    if (last?.day === day) last.items.push(item)
    else days.push({ day, items: [item] })
  }
  return { named, days }
}

/** The version made just before another one, among those at hand; undefined for the first. */
export function versionBefore(items: readonly VersionItem[], version: VersionItem): VersionItem | undefined {
  return items.reduce<VersionItem | undefined>(
    (best, item) => (item.number < version.number && (!best || item.number > best.number) ? item : best),
    undefined,
  )
}

/**
 * Whether it can be said that a version has the text of the one before it. An empty list of authors does not say so: a
 * restoring changes the text and is no writing. False as long as the version before is not at hand.
 */
export function sameAsBefore(items: readonly VersionItem[], version: VersionItem): boolean {
  return versionBefore(items, version)?.contentHash === version.contentHash
}

/** The first eight digits of a content hash: enough to tell versions apart by eye, never enough to verify one. */
export function shortHash(contentHash: string): string {
  return contentHash.replace(/^sha256:/, '').slice(0, 8)
}

/**
 * The search keys that compare two versions, always from the older to the newer, so that what is shown as added is what
 * came later. `head` is newer than every version.
 */
export function comparison(a: VersionItem, b: VersionItem | 'head'): { v: string; with: string } {
  if (b === 'head') return { v: a.id, with: 'head' }
  return a.number > b.number ? { v: a.id, with: b.id } : { v: b.id, with: a.id }
}
