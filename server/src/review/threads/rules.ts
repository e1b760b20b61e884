import type { Place, Traced } from '@cabildo/authorship/anchor'
import { AppError } from '@cabildo/protocol/errors'
import type { ReactionKind, TextPlace, TextSpan, ThreadKind } from '@cabildo/protocol/http/threads'
import type { TemplateShape } from '@cabildo/schema/templates/template'

/** Bounds of what one document carries; a broken client knows no end by itself. */
export const mostThreads = 2000
export const mostComments = 500
/** Most units of a quote. */
export const longestQuote = 2000

/** A thread as it is kept. */
export interface ThreadRow {
  id: string
  number: number
  kind: ThreadKind
  field: string | null
  origins: TextSpan[] | null
  quote: string | null
  seq: number
  openedBy: string
  openedAt: Date
  resolvedAt: Date | null
  changedAt: Date
}

/** A comment as it is kept. */
export interface CommentRow {
  id: string
  threadId: string
  number: number
  authorId: string
  groupId: string | null
  body: string
  salt: Uint8Array
  entry: number
  writtenAt: Date
  editedAt: Date | null
  removedAt: Date | null
}

/** A step of a thread. */
export interface StepRow {
  threadId: string
  step: 'resolved' | 'reopened'
  reason: string
  salt: Uint8Array
  byId: string
  at: Date
  entry: number
}

/** How often a comment was reacted to in one way, and whether by the reader. */
export interface ReactionRow {
  commentId: string
  kind: ReactionKind
  count: number
  mine: boolean
}

/** A stretch of ids as the authorship has it. */
export type Span = Traced['origins'][number]

/** Refuses a field that the document's form does not have. */
export function demandField({ fields }: Pick<TemplateShape, 'fields'>, field: string | undefined): void {
  if (field === undefined || fields.some(({ name }) => name === field)) return
  const detail = 'The form has no such field.'
  throw new AppError('invalid', { detail, errors: [{ pointer: '/field', detail }] })
}

/** Refuses what a thread cannot be on: neither a field nor a fact of the document's form. */
export function demandSubject({ fields, facts }: TemplateShape, subject: string | undefined): void {
  if (!facts.some(({ key }) => key === subject)) demandField({ fields }, subject)
}

export const spanOf = ([client, clock, length]: TextSpan): Span => ({ client, clock, length })
export const tupleOf = ({ client, clock, length }: Span): TextSpan => [client, clock, length]

/** A place as it is told. */
export function placeOf({ field, text, start, ids }: Place): TextPlace {
  return { field, text, start, ids: ids.map(tupleOf) }
}

const mention = /@\[([A-Za-z0-9_-]{22})\]/g

/** Who a text mentions, each once, in the order of the text. */
export function mentionsIn(body: string): string[] {
  return [...new Set([...body.matchAll(mention)].flatMap(([, userId]) => userId ?? []))]
}
