import { refuseField } from '@cabildo/protocol/errors'
import type { Display, Group, Person, Sector } from '@cabildo/protocol/http/common'
import type { Input, InputChannel, InputOutcome, ModerationVerdict } from '@cabildo/protocol/http/inputs'
import type { TextSpan } from '@cabildo/protocol/http/threads'
import { ogpCommitment } from '@cabildo/schema/templates/ogp-commitment'

/** Bounds of what one plan and one input carry; a broken client knows no end by itself. */
export const mostInputs = 20_000
export const mostLinks = 50
export const mostAnswers = 50
/** How many alike inputs are pointed out. */
export const mostAlike = 3

/** An input as it is kept. Days are `2026-03-28`. */
export interface InputRow {
  id: string
  planId: string
  number: number
  channel: InputChannel
  place: string | null
  saidOn: string
  language: string
  words: string
  salt: Uint8Array
  /** Null for what the public said. */
  typedBy: string | null
  /** Whose it is, when they have an account or came as a guest. */
  fromId: string | null
  groupId: string | null
  side: Sector | null
  consent: boolean
  thread: { id: string; documentId: string; number: number } | null
  proposal: { id: string; documentId: string; number: number } | null
  meeting: { id: string; number: number; title: string } | null
  /** Of somebody without an account. */
  name: string | null
  display: Display
  /** Came from the public: nobody else reads it until it is shown. */
  held: boolean
  /** What was ruled on it last. */
  moderation: { verdict: ModerationVerdict; reason: string; byId: string; at: string } | null
  entry: number
  broughtAt: Date
  takenBackAt: Date | null
  dueOn: string
  overdue: boolean
}

/** A link of an input that was not taken away. */
export interface LinkRow {
  inputId: string
  number: number
  documentId: string
  commitment: number
  title: string
  field: string | null
  versionId: string | null
  version: number | null
  /** The words it is on, by their original ids and as they read then. */
  origins: TextSpan[] | null
  quote: string | null
  /** Null where the public said what it is about. */
  byId: string | null
  entry: number
  linkedAt: Date
}

/** Words of one field that an input brought about, as a link keeps them. */
export interface Passage {
  field: string
  origins: TextSpan[]
  quote: string
  /** The row of the log after which they read so. */
  seq: number
}

/** A link on words that was not taken away. */
export interface PassageRow {
  inputId: string
  link: number
  made: 'hand' | 'proposal'
  documentId: string
  commitment: number
  title: string
  field: string
  origins: TextSpan[]
  quote: string
  byId: string
  entry: number
  linkedAt: Date
}

/** An answer as it is kept. */
export interface AnswerRow {
  inputId: string
  number: number
  outcome: InputOutcome
  reason: string
  salt: Uint8Array
  mergedInto: string | null
  mergedNumber: number | null
  documentId: string | null
  versionId: string | null
  version: number | null
  byId: string
  entry: number
  answeredAt: Date
}

/** Which inputs are asked for. */
export interface InputQuery {
  state?: 'unanswered' | 'answered' | 'overdue' | 'held' | undefined
  outcome?: InputOutcome | undefined
  channel?: InputChannel | undefined
  documentId?: string | undefined
  field?: string | undefined
  meetingId?: string | undefined
  /** Those alone that this person brought or typed. */
  ownOf?: string | undefined
}

/** What an answer says. */
export interface Answering {
  outcome: InputOutcome
  mergedInto?: string | undefined
  documentId?: string | undefined
  versionId?: string | undefined
}

/** Refuses an answer that lacks what its outcome needs, or says what belongs to another. */
export function demandAnswer({ outcome, mergedInto, documentId, versionId }: Answering, inputId: string): void {
  if ((outcome === 'merged') !== (mergedInto !== undefined))
    throw refuseField('/mergedInto', 'Name the input it was merged into, when it was merged.')
  if (mergedInto === inputId) throw refuseField('/mergedInto', 'An input is not merged into itself.')
  const isIn = outcome === 'adopted' || outcome === 'adapted'
  if (isIn && versionId === undefined) throw refuseField('/versionId', 'Name the version that shows it.')
  if ((versionId === undefined) !== (documentId === undefined))
    throw refuseField('/documentId', 'A version is named together with its document.')
}

/** Refuses a name that nobody agreed to, and one of somebody who has an account. */
export function demandFrom(
  from: { userId?: string | undefined; name?: string | undefined; groupId?: string | undefined } | undefined,
  consent: boolean,
  pointer: string,
): void {
  if (!from) return
  const { userId, name, groupId } = from
  if (userId !== undefined && (name !== undefined || groupId !== undefined))
    throw refuseField(`${pointer}/from/userId`, 'Who takes part in the plan has a name and a group there.')
  if ((userId !== undefined || name !== undefined) && !consent)
    throw refuseField(`${pointer}/consent`, 'Somebody is named only when they agreed.')
}

/** Refuses a field that the form does not have, or one without its commitment. */
export function demandLinkField(field: string | undefined, documentId: string | undefined, pointer: string): void {
  if (field === undefined) return
  if (documentId === undefined) throw refuseField(`${pointer}/documentId`, 'A field is of a commitment.')
  if (!ogpCommitment.fields.some(({ name }) => name === field))
    throw refuseField(`${pointer}/field`, 'The form has no such field.')
}

/** Percent of what was brought that has an answer, rounded down; nothing brought is all answered. */
export function shareOf({ total, answered }: { total: number; answered: number }): number {
  return total === 0 ? 100 : Math.floor((answered * 100) / total)
}

const nobody = { id: null, name: '', group: null }

/** Whose an input is, as everybody may see them: the wish of whoever it was stands, read now. */
export function shownFrom(
  { fromId, name, display, groupId }: Pick<InputRow, 'fromId' | 'name' | 'display' | 'groupId'>,
  people: ReadonlyMap<string, Person>,
  groups: readonly Group[],
): Input['from'] {
  if (fromId !== null) return people.get(fromId) ?? nobody
  if (display === 'anonymous') return nobody
  const group = groups.find(({ id }) => id === groupId) ?? null
  return { id: null, name: display === 'name' ? (name ?? '') : '', group }
}

/** A comment's words as an input says them: whom they mention is not part of the idea. */
export function wordsOfComment(body: string): string {
  return body.replaceAll(/@\[[A-Za-z0-9_-]{22}\]/g, '@…')
}

/**
 * What a proposal says as an input: why it was made, and the words it wants where there is no reason; nothing once they
 * are gone.
 */
export function wordsOfProposal(note: string, hunks: readonly { after: string; blank: boolean }[]): string {
  const wanted = hunks.filter(({ blank }) => !blank).map(({ after }) => wordsIn(JSON.parse(after)))
  const said = note.trim() === '' ? wanted.filter((text) => text !== '').join('\n') : note.trim()
  // A sign that is cut in two would be hashed as another than the database holds.
  return said
    .slice(0, longestWords)
    .replace(/[\ud800-\udbff]$/, '')
    .toWellFormed()
    .trim()
}

/** Most units of an input's words. */
const longestWords = 4000

/** The words of nodes as of ProseMirror's JSON, or of a fact. */
function wordsIn(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(wordsIn).join(' ').trim()
  if (typeof value !== 'object' || value === null) return ''
  const { text, content, attrs } = value as Record<string, unknown>
  if (typeof text === 'string') return text
  const own = Object.values((attrs ?? {}) as object).filter((one) => typeof one === 'string' && one !== '')
  return [...own, wordsIn(content)].join(' ').trim()
}
