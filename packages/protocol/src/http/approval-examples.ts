import type { Example } from './example.ts'
import { ana, civil, government, luis, planId } from './example-people.ts'

const documentId = 'tGB1mM0vQYeVvLxwUWuzWA'
const approvalId = 'appr0valT0QYeVvLxwUWuz'
const versionId = 'Qz8xT1nVRk6w0cJb2mYd4g'
const contentHash = 'sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae'
const salt = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
const mayor = { id: 'm4y0rGtXhSB2oO0v5Yh1q6', name: 'Rosa Ayola', group: government }
const endorser = { id: 'av4lmGtXhSB2oO0v5Yh1q6', name: 'Pedro Ruiz', group: civil }
const decision = {
  verdict: 'approve',
  contentHash,
  clauses: null,
  reason: '',
  fresh: 'passkey',
  signingKey: '5f8ab1c0d2e34956a7b8c9d0e1f20314',
  decidedAt: '2026-03-28T16:10:00.000Z',
  entry: 92,
  salt: null,
}
const request = {
  id: approvalId,
  number: 1,
  version: { id: versionId, number: 4, name: 'Texto final', seq: 184, contentHash },
  state: 'open',
  note: 'Acordado en la mesa del 27 de marzo.',
  requestedBy: ana,
  requestedAt: '2026-03-28T15:04:05.000Z',
  closedAt: null,
  end: null,
  entry: 90,
  salt,
  deciders: [
    { person: mayor, party: 'government', you: false, decisions: [], verdict: null, blocked: false },
    { person: endorser, party: 'civil_society', you: false, decisions: [decision], verdict: 'approve', blocked: false },
  ],
  stale: false,
  clauses: [
    { clause: 'milestones', hash: contentHash, yours: false, approved: null },
    { clause: 'summary', hash: contentHash, yours: false, approved: { version: 2, at: '2026-02-11T16:10:00.000Z' } },
  ],
  since: null,
  may: { decide: false, approve: false, withdraw: true },
}
const step = {
  number: 1,
  act: 'propose',
  was: 'response',
  state: 'final',
  reason: null,
  into: null,
  closesAt: null,
  by: luis,
  at: '2026-03-28T15:00:00.000Z',
  entry: 89,
  salt: null,
}
const next = {
  act: 'approve',
  to: 'approved',
  roles: ['approver', 'endorser'],
  reason: false,
  back: false,
  by: 'decision',
  window: null,
  mine: false,
}
const response = {
  documentId,
  state: 'endorsed',
  text: 'frozen',
  steps: [step],
  next: [next],
  window: null,
  windowDays: 14,
  requests: [request],
  ask: { may: true, missing: ['final_state', 'request_open'] },
  openThreads: 2,
  inputs: { total: 12, unanswered: 0, share: 100, needed: 100 },
  proof: { recent: false, password: true, code: false, passkey: true },
}
const consulting = {
  planId,
  state: 'consultation',
  public: true,
  steps: [
    {
      ...{ number: 4, act: 'consult', was: 'drafting', state: 'consultation', reason: null },
      ...{ closesAt: '2026-04-11T04:59:59.999Z', by: luis, at: '2026-03-28T15:00:00.000Z', entry: 88, salt: null },
    },
  ],
  next: [
    {
      ...{
        act: 'respond',
        to: 'response',
        roles: ['coordinator'],
        reason: true,
        back: false,
        window: null,
        mine: false,
      },
      missing: [],
    },
  ],
  window: {
    ...{ number: 2, opensAt: '2026-03-28T15:00:00.000Z', closesAt: '2026-04-11T04:59:59.999Z', phase: 'open' },
    daysLeft: 14,
  },
  windowDays: 14,
  inputs: { total: 57, unanswered: 12, share: 79, needed: 100 },
  decide: [2],
}
const params = { documentId }
const ofRequest = { documentId, approvalId }

/** Examples of moving a commitment and of approving its text. */
export const approvalExamples = {
  'GET /api/documents/:documentId/standing': { params, response },
  'POST /api/documents/:documentId/steps': {
    params,
    body: { act: 'redraft', from: 'review', reason: 'Faltan los hitos de 2027.' },
    response,
  },
  'POST /api/documents/:documentId/approvals': {
    params,
    body: { versionId, contentHash, note: request.note },
    response,
  },
  'POST /api/documents/:documentId/approvals/:approvalId/signing': {
    params: ofRequest,
    body: { contentHash, verdict: 'approve', reason: '' },
    response: {
      challenge: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg',
      rpId: 'plan.example.org',
      allowCredentials: [{ id: 'mRk3Xw9oQ0uYVYl0Jr2t8w', type: 'public-key' }],
      userVerification: 'required',
      timeout: 300_000,
    },
  },
  'POST /api/documents/:documentId/approvals/:approvalId/decisions': {
    params: ofRequest,
    body: { contentHash, verdict: 'approve', reason: '', password: 'una frase larga' },
    response,
  },
  'POST /api/documents/:documentId/approvals/:approvalId/withdrawal': {
    params: ofRequest,
    body: { reason: 'Se corrige una fecha.' },
    response,
  },
  'GET /api/plans/:planId/standing': { params: { planId }, response: consulting },
  'POST /api/plans/:planId/steps': {
    params: { planId },
    body: { act: 'consult', from: 'drafting', window: { closesAt: '2026-04-11T04:59:59.999Z' } },
    response: consulting,
  },
} satisfies Record<string, Example>
