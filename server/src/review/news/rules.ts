import type { CommitmentState, PlanState } from '@cabildo/protocol/http/common'
import type { InputOutcome } from '@cabildo/protocol/http/inputs'
import type { NewsCause, NewsKind, NewsSettings } from '@cabildo/protocol/http/news'

/** How many news are read for a count, a digest or a letter, of each kind: more than anybody reads. */
export const mostNews = 1000
/** Letters of what was said that a list shows. */
const longestWords = 240
/** Days that a digest tells of when nobody says. */
export const usualDays = 7
/** From which hour of the town's day on letters are sent. */
export const firstHour = 6

/** Something that happened, as it is read. */
export interface NewsRow {
  entry: number
  kind: NewsKind
  cause: NewsCause | null
  at: Date
  byId: string | null
  documentId: string | null
  /** The number of the text (`textNumber`). */
  commitment: number | null
  title: string | null
  threadId: string | null
  threadNumber: number | null
  proposalId: string | null
  proposalNumber: number | null
  /** Whether only some of what was proposed was accepted, or was not: the rest is open, or was decided otherwise. */
  isPart: boolean
  inputId: string | null
  inputNumber: number | null
  versionId: string | null
  versionNumber: number | null
  outcome: InputOutcome | null
  state: CommitmentState | PlanState | null
  count: number
  words: string
}

/** A text that changed, and the row of its log up to which it was seen. */
export interface TextRow {
  documentId: string
  commitment: number
  title: string
  changedAt: Date
  since: number
}

/** Who reads news of a plan, and which of its documents they reach: null for all. A guest reads their own inputs alone. */
export interface Reader {
  planId: string
  /** Nobody's own acts are left out when this is empty. */
  userId: string
  documentIds: readonly string[] | null
}

/** How far somebody has seen a plan. */
export interface Seen {
  seen: number
  seenAt: Date
}

/** How somebody wishes to be told. */
export type Setting = Pick<NewsSettings, 'mail' | 'about' | 'language'>

/** What holds for who never said anything. */
export const usualSetting: Setting = { mail: 'daily', about: 'mine', language: 'es' }

/** A mark as it is told: the last entry there is, and when that was read. */
export function markOf(entry: number, at: Date): string {
  return `${entry}.${at.getTime()}`
}

/** What a mark says, never more than there is by now. */
export function seenBy(mark: string, { head, now }: { head: number; now: Date }): Seen {
  const [entry = 0, at = 0] = mark.split('.').map(Number)
  return { seen: Math.min(entry, head), seenAt: new Date(Math.min(at, now.getTime())) }
}

/** Whoever stands in a text as `@[id]` comes by the name under which they are shown, or as somebody. Cut where it is long. */
export function wordsShown(words: string, nameOf: (userId: string) => string): string {
  const named = words.replace(/@\[([A-Za-z0-9_-]{22})\]/g, (_, userId: string) => `@${nameOf(userId) || '…'}`)
  const line = named.replace(/\s+/g, ' ').trim()
  const letters = [...line]
  return letters.length <= longestWords ? line : `${letters.slice(0, longestWords - 1).join('')}…`
}

/** Whether a letter is worth sending: something happened because of its reader, or they want to hear of anything. */
export function isWorthALetter(
  { about }: Setting,
  plans: readonly { news: readonly Pick<NewsRow, 'cause'>[]; texts: readonly unknown[] }[],
): boolean {
  if (about === 'mine') return plans.some(({ news }) => news.some(({ cause }) => cause !== null))
  return plans.some(({ news, texts }) => news.length > 0 || texts.length > 0)
}

/** Where a text is, below its plan's address, by its number (`textNumber`). */
export function textPath(number: number): string {
  if (number === 0) return '/document'
  return number < 0 ? `/meetings/${-number}/minutes` : `/commitments/${number}`
}

/** The order of texts by their numbers: the plan's own, commitments, and minutes from the first meeting on. */
export const textOrder = (one: number, other: number): number =>
  Number(one < 0) - Number(other < 0) || Math.abs(one) - Math.abs(other)
