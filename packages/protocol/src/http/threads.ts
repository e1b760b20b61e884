import { z } from 'zod'
import { CommentId, DocumentId, ThreadId, UserId } from '../ids.ts'
import { Key, PageQuery, Person, page, Time } from './common.ts'
import type { Contract } from './contract.ts'

/** What a thread is about to be read as. */
export const ThreadKind = z.enum(['comment', 'question', 'objection', 'praise'])
export type ThreadKind = z.infer<typeof ThreadKind>

/** What one can say of a comment without words. */
export const ReactionKind = z.enum(['agree', 'disagree', 'thanks'])
export type ReactionKind = z.infer<typeof ReactionKind>

const most = { body: 4000, reason: 1000, spans: 400, mentions: 20 }

/** Units of text by their ids in the document's log: client, first clock, how many (UTF-16 units, as in Yjs). */
export const TextSpan = z.tuple([
  z.number().int().min(0).max(0xffff_ffff),
  z.number().int().min(0),
  z.number().int().min(1),
])
export type TextSpan = z.infer<typeof TextSpan>

/** Where words that somebody pointed at stand now (docs/spec/authorship.md, AU15). */
export const TextPlace = z.object({
  field: z.string(),
  text: z.string(),
  /** Units of the field's words before it, layout left out. */
  start: z.number().int(),
  ids: z.array(TextSpan),
})
export type TextPlace = z.infer<typeof TextPlace>

const Reaction = z.object({ kind: ReactionKind, count: z.number().int(), mine: z.boolean() })

/** A comment. Whoever it mentions stands in `body` as `@[<user id>]`, so that a name is never kept in a text. */
export const Comment = z.object({
  id: CommentId,
  number: z.number().int(),
  author: Person,
  own: z.boolean(),
  /** Empty once it was taken back, or its author was erased. */
  body: z.string(),
  mentions: z.array(Person),
  reactions: z.array(Reaction),
  writtenAt: Time,
  editedAt: Time.nullable(),
  removedAt: Time.nullable(),
  /** The entry of the record that tells of it, and the salt of the text's hash there; null when it is blank, or words were taken out of it. */
  entry: z.number().int(),
  salt: z.string().nullable(),
})
export type Comment = z.infer<typeof Comment>

const ThreadStep = z.object({
  step: z.enum(['resolved', 'reopened']),
  reason: z.string(),
  by: Person,
  at: Time,
  /** The entry of the record that tells of it, and the salt of the reason's hash there; null as for comments, and without a reason. */
  entry: z.number().int(),
  salt: z.string().nullable(),
})

/** A thread of comments on words, on a field or a fact of the form, or (`field` null) on the whole commitment. */
export const Thread = z.object({
  id: ThreadId,
  number: z.number().int(),
  kind: ThreadKind,
  field: z.string().nullable(),
  /** The words as they read when the thread was opened; null for a field, a fact or the whole. */
  quote: z.string().nullable(),
  /** The row of the log after which they read so. */
  seq: z.number().int(),
  /** Where they stand now: nowhere when their text is gone, in several places when something was written between. */
  places: z.array(TextPlace),
  openedAt: Time,
  changedAt: Time,
  resolved: z.boolean(),
  steps: z.array(ThreadStep),
  comments: z.array(Comment),
  may: z.object({ reply: z.boolean(), resolve: z.boolean() }),
})
export type Thread = z.infer<typeof Thread>

const DocumentParams = z.object({ documentId: DocumentId })
const ThreadParams = DocumentParams.extend({ threadId: ThreadId })
const CommentParams = ThreadParams.extend({ commentId: CommentId })

const Body = z.string().trim().min(1).max(most.body)
const Mentions = z.array(UserId).max(most.mentions).default([])

const OpenBody = z.object({
  key: Key,
  kind: ThreadKind,
  /** Or a fact. */
  field: z.string().min(1).max(40).optional(),
  /** The words pointed at, by the ids under which they stand. They must be in the log: `conflict` when some are not yet. */
  ids: z.array(TextSpan).min(1).max(most.spans).optional(),
  body: Body,
  mentions: Mentions,
})
const ReplyBody = z.object({ key: Key, body: Body, mentions: Mentions })
const Reason = z.object({ reason: z.string().trim().max(most.reason) })

/** What a reader has read so far, to be told only what changed since. Opaque; one that is not known tells everything. */
const SyncToken = z.string().regex(/^\d{1,19}(\.[a-z_-]{1,60})?$/)

/** More than of other lists: a page shows all of them, and finding where words stand costs as much for one as for hundreds. */
const ManyQuery = PageQuery.extend({ limit: z.coerce.number().int().min(1).max(500).optional() })

const refusals = ['invalid', 'signed_out', 'forbidden', 'not_found', 'conflict', 'too_large', 'frozen'] as const

export const threadApi = {
  'GET /api/documents/:documentId/threads': {
    summary:
      'The threads on a document, in the order of their numbers, with every comment and where their words stand now. With `syncToken`, the one of an earlier answer, only those that changed since',
    tag: 'review',
    params: DocumentParams,
    query: ManyQuery.extend({ syncToken: SyncToken.optional() }),
    status: 200,
    response: page(Thread).extend({
      seq: z.number().int(),
      /** To ask with next time: that of the first page. */
      syncToken: SyncToken,
    }),
    refusals: ['invalid', 'signed_out', 'not_found'],
  },
  'GET /api/documents/:documentId/threads/places': {
    summary: 'Where the words of each thread on words stand now, after row `seq`, in the order of their numbers',
    tag: 'review',
    params: DocumentParams,
    query: ManyQuery,
    status: 200,
    response: page(z.object({ id: ThreadId, places: z.array(TextPlace) })).extend({ seq: z.number().int() }),
    refusals: ['invalid', 'signed_out', 'not_found'],
  },
  'POST /api/documents/:documentId/threads': {
    summary: 'Open a thread on words, on a field or a fact, or on the whole commitment',
    tag: 'review',
    params: DocumentParams,
    body: OpenBody,
    status: 201,
    response: Thread,
    refusals,
  },
  'POST /api/documents/:documentId/threads/:threadId/comments': {
    summary: 'Reply',
    tag: 'review',
    params: ThreadParams,
    body: ReplyBody,
    status: 201,
    response: Thread,
    refusals,
  },
  'PATCH /api/documents/:documentId/threads/:threadId/comments/:commentId': {
    summary: 'Put your own comment in other words; the earlier ones stay to be read',
    tag: 'review',
    params: CommentParams,
    body: z.object({ body: Body, mentions: Mentions }),
    status: 200,
    response: Thread,
    refusals,
  },
  'DELETE /api/documents/:documentId/threads/:threadId/comments/:commentId': {
    summary: 'Take your own comment back: its words and its earlier ones go, that there was one stays',
    tag: 'review',
    params: CommentParams,
    status: 200,
    response: Thread,
    refusals,
  },
  'GET /api/documents/:documentId/threads/:threadId/comments/:commentId/wordings': {
    summary: 'The earlier words of a comment, oldest first',
    tag: 'review',
    params: CommentParams,
    status: 200,
    response: z.object({
      items: z.array(z.object({ body: z.string(), until: Time, entry: z.number().int(), salt: z.string().nullable() })),
    }),
    refusals: ['signed_out', 'not_found'],
  },
  'PUT /api/documents/:documentId/threads/:threadId/comments/:commentId/reactions/:kind': {
    summary: 'React to a comment',
    tag: 'review',
    params: CommentParams.extend({ kind: ReactionKind }),
    body: z.object({}),
    status: 200,
    response: Thread,
    refusals,
  },
  'DELETE /api/documents/:documentId/threads/:threadId/comments/:commentId/reactions/:kind': {
    summary: 'Take your reaction back',
    tag: 'review',
    params: CommentParams.extend({ kind: ReactionKind }),
    status: 200,
    response: Thread,
    refusals,
  },
  'POST /api/documents/:documentId/threads/:threadId/resolve': {
    summary: 'Resolve a thread, saying why',
    tag: 'review',
    params: ThreadParams,
    body: Reason.refine(({ reason }) => reason !== '', { path: ['reason'], message: 'A reason is needed.' }),
    status: 200,
    response: Thread,
    refusals,
  },
  'POST /api/documents/:documentId/threads/:threadId/reopen': {
    summary: 'Open a resolved thread again',
    tag: 'review',
    params: ThreadParams,
    body: Reason,
    status: 200,
    response: Thread,
    refusals,
  },
} as const satisfies Record<string, Contract>
