/**
 * What of a document's past is on the screen, as the address bar keeps it. `versions=open` shows the list, `v` one
 * version, `v` and `with` a comparison, `at` one moment of the log, `at` and `with=head` what changed since that moment,
 * `who` who wrote the words, `origin` which inputs they came from.
 * Every view can be sent to somebody as a link.
 */
export interface HistorySearch {
  versions?: 'open' | undefined
  /** Id of the version that is read. */
  v?: string | undefined
  /** What `v` is compared with: the id of another version, `previous` (the one before) or `head` (the text of now). */
  with?: string | undefined
  /** Entry of the log, or `now` for the newest. */
  at?: number | 'now' | undefined
  /** The words by who wrote them: of the version, or of the text as it stands. */
  who?: 'on' | undefined
  /** Which inputs the words came from; a number: those of that input first. */
  origin?: 'on' | number | undefined
  /** The one field whose writing is played. */
  field?: string | undefined
}

/** The one view that a search asks for. Where a search says two things, the moment wins over the version. */
export type HistoryView =
  | { kind: 'closed' }
  | { kind: 'list' }
  | { kind: 'version'; versionId: string }
  | { kind: 'compare'; versionId: string; other: string }
  | { kind: 'moment'; seq: number | 'now' }
  | { kind: 'since'; seq: number }
  | { kind: 'who' }
  | { kind: 'origins'; input: number | undefined }

const versionId = /^[A-Za-z0-9_-]{22}$/
const fieldName = /^[a-zA-Z]{1,40}$/
const inputNumber = /^[1-9]\d{0,5}$/
const entry = /^\d{1,15}$/

/**
 * Reads the keys of the history out of a search that anyone may have typed. What is not understood is left out, so that
 * a damaged link opens the document instead of an error. Meant for the router's `validateSearch`.
 */
export function readHistorySearch(raw: Record<string, unknown>): HistorySearch {
  const search: HistorySearch = {}
  if (raw.versions === 'open') search.versions = 'open'
  const v = raw.v
  if (typeof v === 'string' && versionId.test(v)) search.v = v
  const other = raw.with
  if (typeof other === 'string' && (other === 'head' || other === 'previous' || versionId.test(other)))
    search.with = other
  const at = raw.at
  if (at === 'now') search.at = at
  else if (entry.test(String(at))) search.at = Number(at)
  if (raw.who === 'on') search.who = raw.who
  if (raw.origin === 'on') search.origin = raw.origin
  else if (inputNumber.test(String(raw.origin))) search.origin = Number(raw.origin)
  if (typeof raw.field === 'string' && fieldName.test(raw.field)) search.field = raw.field
  return search
}

/** Decides what a search shows. */
export function historyView(search: HistorySearch): HistoryView {
  if (search.at !== undefined) {
    if (search.at !== 'now' && search.with === 'head') return { kind: 'since', seq: search.at }
    return { kind: 'moment', seq: search.at }
  }
  if (search.v !== undefined) {
    if (search.with === undefined || search.with === search.v) return { kind: 'version', versionId: search.v }
    return { kind: 'compare', versionId: search.v, other: search.with }
  }
  if (search.origin !== undefined) return { kind: 'origins', input: search.origin === 'on' ? undefined : search.origin }
  if (search.who) return { kind: 'who' }
  return search.versions === 'open' ? { kind: 'list' } : { kind: 'closed' }
}

/** Whether a view of the past stands in the place of the text, which the page then hides (and keeps alive). */
export const showsStage = (search: HistorySearch): boolean => !['closed', 'list'].includes(historyView(search).kind)
