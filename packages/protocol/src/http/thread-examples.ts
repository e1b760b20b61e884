import type { Example } from './example.ts'
import { ana, luis } from './example-people.ts'

const documentId = 'tGB1mM0vQYeVvLxwUWuzWA'
const threadId = 'thr3adT0nQYeVvLxwUWuzW'
const commentId = 'c0mm3ntT0QYeVvLxwUWuzW'
const key = 'p4Yx8zQmSx2v6d0bN1k5tw'
const salt = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
const place = { field: 'solution', text: 'cada mes', start: 41, ids: [[811402, 17, 8]] as [number, number, number][] }
const body = '¿Y si fuera cada semana?'
const comment = {
  id: commentId,
  number: 1,
  author: ana,
  own: true,
  body,
  mentions: [],
  reactions: [{ kind: 'agree', count: 2, mine: false }],
  writtenAt: '2026-03-28T15:04:05.000Z',
  editedAt: null,
  removedAt: null,
  entry: 57,
  salt,
}
const reply = {
  ...comment,
  number: 2,
  author: luis,
  own: false,
  body: 'La tesorería cierra por mes.',
  reactions: [],
  entry: 58,
}
const thread = {
  id: threadId,
  number: 3,
  kind: 'question',
  field: 'solution',
  quote: 'cada mes',
  seq: 184,
  places: [place],
  openedAt: '2026-03-28T15:04:05.000Z',
  changedAt: '2026-03-28T15:10:00.000Z',
  resolved: false,
  steps: [],
  comments: [comment],
  may: { reply: true, resolve: true },
}
const resolved = {
  ...thread,
  resolved: true,
  steps: [
    { step: 'resolved', reason: 'Respondida en la mesa.', by: luis, at: '2026-03-29T09:00:00.000Z', entry: 61, salt },
  ],
}
const one = { documentId, threadId }
const of = { ...one, commentId }

/** Examples for threads. */
export const threadExamples = {
  'GET /api/documents/:documentId/threads': {
    params: { documentId },
    query: { limit: 50, syncToken: '80412' },
    response: { seq: 190, syncToken: '80419', items: [thread], nextCursor: null },
  },
  'GET /api/documents/:documentId/threads/places': {
    params: { documentId },
    response: { seq: 190, items: [{ id: threadId, places: [place] }], nextCursor: null },
  },
  'POST /api/documents/:documentId/threads': {
    params: { documentId },
    body: { key, kind: 'question', ids: place.ids, body, mentions: [] },
    response: thread,
  },
  'POST /api/documents/:documentId/threads/:threadId/comments': {
    params: one,
    body: { key, body: reply.body, mentions: [] },
    response: { ...thread, comments: [comment, reply] },
  },
  'PATCH /api/documents/:documentId/threads/:threadId/comments/:commentId': {
    params: of,
    body: { body, mentions: [] },
    response: { ...thread, comments: [{ ...comment, editedAt: '2026-03-28T15:08:00.000Z' }] },
  },
  'DELETE /api/documents/:documentId/threads/:threadId/comments/:commentId': {
    params: of,
    response: {
      ...thread,
      comments: [{ ...comment, body: '', reactions: [], removedAt: '2026-03-28T15:08:00.000Z', salt: null }],
    },
  },
  'GET /api/documents/:documentId/threads/:threadId/comments/:commentId/wordings': {
    params: of,
    response: { items: [{ body: '¿Y cada semana?', until: '2026-03-28T15:08:00.000Z', entry: 57, salt }] },
  },
  'PUT /api/documents/:documentId/threads/:threadId/comments/:commentId/reactions/:kind': {
    params: { ...of, kind: 'agree' },
    body: {},
    response: thread,
  },
  'DELETE /api/documents/:documentId/threads/:threadId/comments/:commentId/reactions/:kind': {
    params: { ...of, kind: 'agree' },
    response: thread,
  },
  'POST /api/documents/:documentId/threads/:threadId/resolve': {
    params: one,
    body: { reason: 'Respondida en la mesa.' },
    response: resolved,
  },
  'POST /api/documents/:documentId/threads/:threadId/reopen': {
    params: one,
    body: { reason: '' },
    response: { ...thread, changedAt: '2026-03-30T09:00:00.000Z' },
  },
} satisfies Record<string, Example>
