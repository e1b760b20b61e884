import type { SearchKind } from '@cabildo/protocol/http/search'
import { isDay } from '../../lib/dates.ts'

/** What the address of the search says: what is looked for, and where. */
export interface FindSearch {
  q?: string | undefined
  kind?: SearchKind | undefined
  /** Id of a document. */
  document?: string | undefined
  /** The reader's own days, `2026-03-28`: the first and the last. */
  from?: string | undefined
  to?: string | undefined
}

/** The kinds of what can be found, as they stand on the page. */
export const kinds: readonly SearchKind[] = ['text', 'comment', 'input', 'version']

/** The parts of the address that leave something out. */
export const filterNames = ['kind', 'document', 'from', 'to'] as const

/** The most letters that can be looked for at once. */
export const longestWords = 200

/** Reads the address; anything it does not know it passes over. */
export function readFindSearch(search: Record<string, unknown>): FindSearch {
  const read: FindSearch = {}
  // A value of digits alone, or `true`, has become something else on its way here.
  const q = ['string', 'number', 'boolean'].includes(typeof search.q) ? String(search.q).trim() : ''
  if (q !== '') read.q = q.slice(0, longestWords)
  const kind = kinds.find((one) => one === search.kind)
  if (kind) read.kind = kind
  const document = typeof search.document === 'number' ? String(search.document) : search.document
  if (typeof document === 'string' && /^[A-Za-z0-9_-]{22}$/.test(document)) read.document = document
  if (isDay(search.from)) read.from = search.from
  if (isDay(search.to)) read.to = search.to
  return read
}
