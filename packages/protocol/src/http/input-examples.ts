import type { Example } from './example.ts'
import { ana, civil, luis, planId } from './example-people.ts'

const documentId = 'tGB1mM0vQYeVvLxwUWuzWA'
const inputId = '1nputT0nQYeVvLxwUWuzWA'
const otherId = '1nputT1nQYeVvLxwUWuzWA'
const versionId = 'v3rs10nT0QYeVvLxwUWuzA'
const threadId = 'thr3adT0nQYeVvLxwUWuzW'
const key = 'p4Yx8zQmSx2v6d0bN1k5tw'
const salt = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
const words = 'Más luz en el parque, que de noche nadie pasa.'
const brought = '2026-03-28T15:04:05.000Z'
const commitment = { id: documentId, number: 1, title: 'Parques seguros' }
const link = {
  ...{ number: 1, document: commitment, field: 'solution', version: null, quote: null },
  ...{ by: luis, linkedAt: '2026-03-29T09:00:00.000Z', entry: 72 },
}
const input = {
  ...{ id: inputId, number: 17, channel: 'paper', place: 'Casa comunal de Cañita', saidOn: '2026-03-27' },
  ...{ language: 'es', words, from: { id: null, name: 'Rosa Díaz', group: civil }, side: 'civil_society' },
  ...{ typedBy: ana, own: true, consent: true, thread: null, proposal: null, meeting: null },
  ...{ broughtAt: brought, takenBackAt: null },
  ...{ dueOn: '2026-04-12', overdue: false, links: [link], answers: [] as object[], entry: 71, salt },
  moderation: null,
  may: { moderate: false, answer: true, link: true, takeBack: true, forgetName: true, takeReceipt: true },
}
const answer = {
  ...{ number: 1, outcome: 'adapted', reason: 'Se iluminan las entradas este año y los senderos el próximo.' },
  ...{ mergedInto: null, version: { id: versionId, number: 4, documentId }, by: luis },
  ...{ answeredAt: '2026-04-02T14:00:00.000Z', entry: 80, salt },
}
const alike = { id: otherId, number: 9, words: 'Luz en el parque de noche', share: 62 }
const counted = { total: 40, answered: 31, overdue: 2, share: 77 }
const coverage = {
  ...counted,
  outcomes: { adopted: 12, adapted: 9, merged: 4, not_adopted: 5, out_of_scope: 1 },
  commitments: [{ ...counted, documentId, number: 1, title: commitment.title, reached: false }],
  ...{ answeredShare: 100, answerDays: 15, reached: false },
  may: { bring: true, bringFor: true, answer: true, set: true },
}
const one = { planId, inputId }
const ruling = { verdict: 'hidden', reason: 'Insulta a una persona.', by: ana, at: answer.answeredAt }
const fromPublic = {
  ...{ ...input, channel: 'web', place: null, from: { id: null, name: '', group: null }, side: null, typedBy: null },
  ...{ own: false, links: [{ ...link, by: null }], moderation: { ruling } },
  may: { ...input.may, moderate: true, takeBack: false, forgetName: false, takeReceipt: false },
}
const proposalId = 'pr0p0salT0nQYeVvLxwUWu'
const lit = 'Se ponen veinte faroles antes de diciembre.'
const passage = {
  ...{
    link: 2,
    made: 'hand',
    field: 'solution',
    quote: lit,
    by: luis,
    linkedAt: '2026-04-02T14:05:00.000Z',
    entry: 81,
  },
  places: [{ field: 'solution', text: lit, start: 12, ids: [[2718281828, 40, lit.length]] }],
}
const attachment = {
  ...{
    number: 1,
    kind: 'picture',
    mediaType: 'image/jpeg',
    size: 412_804,
    hasThumbnail: true,
    by: ana,
    entry: 73,
    salt,
  },
  ...{ addedAt: brought, sha256: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae' },
}
const attachments = { items: [attachment], most: 8, largest: 10_485_760, may: { attach: true, remove: true } }

/** Examples for inputs. */
export const inputExamples = {
  'POST /api/plans/:planId/inputs/:inputId/moderation': {
    params: one,
    body: { verdict: 'hidden', reason: ruling.reason },
    response: fromPublic,
  },
  'GET /api/plans/:planId/inputs': {
    params: { planId },
    query: { state: 'unanswered', limit: '50' },
    response: { items: [input], nextCursor: null },
  },
  'POST /api/plans/:planId/inputs': {
    params: { planId },
    body: {
      inputs: [
        {
          ...{ key, channel: 'paper', place: input.place, saidOn: input.saidOn, language: 'es', words, consent: true },
          from: { name: 'Rosa Díaz', display: 'name', groupId: civil.id },
        },
      ],
    },
    response: { items: [{ key, id: inputId, number: 17, entry: 71, same: true, alike: [alike] }] },
  },
  'POST /api/plans/:planId/inputs/alike': {
    params: { planId },
    body: { words: [words] },
    response: { items: [{ alike: [alike] }] },
  },
  'GET /api/plans/:planId/inputs/coverage': { params: { planId }, response: coverage },
  'PUT /api/plans/:planId/inputs/promise': {
    params: { planId },
    body: { answeredShare: 100, answerDays: 15 },
    response: coverage,
  },
  'GET /api/plans/:planId/inputs/:inputId': { params: one, response: { ...input, answers: [answer] } },
  'DELETE /api/plans/:planId/inputs/:inputId': {
    params: one,
    response: {
      ...input,
      ...{ words: '', place: null, salt: null, takenBackAt: '2026-03-30T09:00:00.000Z' },
      from: { id: null, name: '', group: civil },
      may: { ...input.may, answer: false, link: false, takeBack: false, forgetName: false },
    },
  },
  'DELETE /api/plans/:planId/inputs/:inputId/name': {
    params: one,
    response: { ...input, from: { id: null, name: '', group: civil }, may: { ...input.may, forgetName: false } },
  },
  'POST /api/plans/:planId/inputs/:inputId/links': {
    params: one,
    body: { documentId, field: 'solution' },
    response: input,
  },
  'DELETE /api/plans/:planId/inputs/:inputId/links/:link': {
    params: { ...one, link: '1' },
    response: { ...input, links: [] },
  },
  'GET /api/plans/:planId/inputs/:inputId/passages': {
    params: one,
    response: { items: [{ ...passage, document: commitment }] },
  },
  'GET /api/documents/:documentId/passages': {
    params: { documentId },
    query: { limit: '50' },
    response: {
      items: [
        {
          ...passage,
          input: { id: inputId, number: 17, words, from: input.from, channel: 'paper', outcome: 'adapted' },
        },
      ],
      ...{ nextCursor: null, seq: 118, mayLink: true },
    },
  },
  'POST /api/plans/:planId/inputs/:inputId/answers': {
    params: one,
    body: { after: 0, outcome: 'adapted', reason: answer.reason, documentId, versionId },
    response: { ...input, answers: [answer] },
  },
  'POST /api/plans/:planId/inputs/:inputId/receipts': {
    params: one,
    response: { code: '7QKX-2M4T-9HJ3', url: 'https://cabildo.example/recibo#7QKX-2M4T-9HJ3', seq: 71 },
  },
  'GET /api/plans/:planId/inputs/:inputId/attachments': { params: one, response: attachments },
  'POST /api/plans/:planId/inputs/:inputId/attachments': { params: one, response: attachments },
  'DELETE /api/plans/:planId/inputs/:inputId/attachments/:number': {
    params: { ...one, number: '1' },
    response: { ...attachments, items: [] },
  },
  'POST /api/documents/:documentId/threads/:threadId/input': {
    params: { documentId, threadId },
    response: {
      ...input,
      ...{ channel: 'online', place: null, from: ana, typedBy: luis },
      thread: { id: threadId, documentId, number: 3 },
    },
  },
  'POST /api/documents/:documentId/proposals/:proposalId/input': {
    params: { documentId, proposalId },
    response: {
      ...input,
      ...{ channel: 'online', place: null, from: ana, typedBy: luis },
      proposal: { id: proposalId, documentId, number: 2 },
    },
  },
} satisfies Record<string, Example>
