import type { Example } from './example.ts'
import { ana, luis } from './example-people.ts'

const documentId = 'tGB1mM0vQYeVvLxwUWuzWA'
const proposalId = 'pr0p0s4lT0QYeVvLxwUWuz'
const salt = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
const ids = [[811402, 17, 8]] as [number, number, number][]
const place = { field: 'solution', text: 'cada mes', start: 41, ids }
const words = (text: string) => [{ type: 'text', text }]
const change = { field: 'solution', before: words('cada mes'), after: words('cada semana') }
const note = 'Así la gente puede reclamar a tiempo.'
const hunk = {
  ...{ number: 1, kind: 'text', target: 'words', ...change },
  ...{ blank: false, state: 'open', fits: true, places: [place] },
}
const proposal = {
  id: proposalId,
  number: 4,
  author: ana,
  own: false,
  note,
  state: 'open',
  revises: null,
  baseSeq: 184,
  madeAt: '2026-03-28T15:04:05.000Z',
  changedAt: '2026-03-28T15:04:05.000Z',
  hunks: [hunk],
  steps: [],
  entry: 63,
  salt,
  may: { decide: true, withdraw: false },
}
const step = { hunks: [1], by: luis, at: '2026-03-29T09:00:00.000Z', entry: 66 }
const decided = (state: string, more: object) => ({
  ...proposal,
  state,
  hunks: [{ ...hunk, state, fits: false, places: [] }],
  steps: [{ ...step, step: state, reason: '', seq: null, salt: null, ...more }],
})
const accepted = decided('accepted', { seq: 191 })
const one = { documentId, proposalId }

/** Examples for proposed changes. */
export const proposalExamples = {
  'GET /api/documents/:documentId/proposals': {
    params: { documentId },
    response: { seq: 190, items: [proposal], nextCursor: null },
  },
  'POST /api/documents/:documentId/proposals': {
    params: { documentId },
    body: { key: 'p4Yx8zQmSx2v6d0bN1k5tw', note, hunks: [{ target: 'words', ids, ...change }] },
    response: { ...proposal, own: true, may: { decide: false, withdraw: true } },
  },
  'POST /api/documents/:documentId/proposals/:proposalId/accept': {
    params: one,
    body: { hunks: [1], reason: '' },
    response: accepted,
  },
  'POST /api/documents/:documentId/proposals/:proposalId/reject': {
    params: one,
    body: { reason: 'La tesorería cierra por mes.' },
    response: decided('rejected', { reason: 'La tesorería cierra por mes.', salt }),
  },
  'POST /api/documents/:documentId/proposals/:proposalId/withdraw': {
    params: one,
    body: {},
    response: decided('withdrawn', { by: ana }),
  },
  'POST /api/documents/:documentId/proposals/accept': {
    params: { documentId },
    body: { proposals: [proposalId], reason: '' },
    response: { accepted: [proposalId], conflicting: [] },
  },
} satisfies Record<string, Example>
