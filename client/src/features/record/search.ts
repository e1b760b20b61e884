import { isDay } from '../../lib/dates.ts'

/** What the address of the record says: which entries are shown, and whose proof stands over them. */
export interface RecordSearch {
  /** Pseudonym of somebody in the record. */
  who?: string | undefined
  /** Id of a group. */
  group?: string | undefined
  type?: string | undefined
  /** Id of a document. */
  document?: string | undefined
  /** Number of a version. */
  version?: number | undefined
  /** The reader's own days, `2026-03-28`: the first and the last that are shown. */
  from?: string | undefined
  to?: string | undefined
  /** Number of the entry whose proof is open; `first`: of the newest that is shown. */
  entry?: number | 'first' | undefined
}

/** The parts of the address that leave entries out. */
export const filterNames = ['who', 'group', 'type', 'document', 'version', 'from', 'to'] as const

const words: Record<'who' | 'group' | 'type' | 'document', RegExp> = {
  who: /^[A-Za-z0-9_-]{16}$/,
  group: /^[A-Za-z0-9_-]{1,64}$/,
  type: /^[a-z-]{1,40}$/,
  document: /^[A-Za-z0-9_-]{1,64}$/,
}
const count = /^[1-9]\d{0,8}$/

/** Reads the address; anything it does not know it passes over. */
export function readRecordSearch(search: Record<string, unknown>): RecordSearch {
  const read: RecordSearch = {}
  for (const [name, shape] of Object.entries(words) as [keyof typeof words, RegExp][]) {
    // A value of digits alone has become a number on its way here.
    const value = typeof search[name] === 'number' ? String(search[name]) : search[name]
    if (typeof value === 'string' && shape.test(value)) read[name] = value
  }
  if (count.test(String(search.version))) read.version = Number(search.version)
  if (isDay(search.from)) read.from = search.from
  if (isDay(search.to)) read.to = search.to
  if (search.entry === 'first') read.entry = 'first'
  else if (count.test(String(search.entry))) read.entry = Number(search.entry)
  return read
}
