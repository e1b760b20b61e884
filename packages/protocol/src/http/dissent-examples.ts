import type { Example } from './example.ts'
import { ana, civil } from './example-people.ts'

const documentId = 'tGB1mM0vQYeVvLxwUWuzWA'
const dissentId = 'd1ss3ntT0nQYeVvLxwUWuz'
const quote = 'antes de diciembre'
const dissent = {
  ...{ id: dissentId, number: 1, group: civil, field: 'solution', quote },
  places: [{ field: 'solution', text: quote, start: 40, ids: [[2718281828, 68, quote.length]] }],
  ...{ position: 'El plazo es demasiado largo: pedimos septiembre.', by: ana },
  ...{ statedAt: '2026-04-03T15:04:05.000Z', entry: 90, withdrawn: null, may: { withdraw: true } },
}

/** Examples for positions that groups reserve. */
export const dissentExamples = {
  'GET /api/documents/:documentId/dissents': {
    params: { documentId },
    query: { limit: '50' },
    response: { items: [dissent], nextCursor: null, seq: 118, speaksFor: civil },
  },
  'POST /api/documents/:documentId/dissents': {
    params: { documentId },
    body: {
      ...{ key: 'p4Yx8zQmSx2v6d0bN1k5tw', field: 'solution', position: dissent.position },
      ids: [[2718281828, 68, quote.length]],
    },
    response: dissent,
  },
  'POST /api/documents/:documentId/dissents/:dissentId/withdraw': {
    params: { documentId, dissentId },
    response: {
      ...dissent,
      withdrawn: { by: ana, at: '2026-04-10T15:04:05.000Z', entry: 97 },
      may: { withdraw: false },
    },
  },
} satisfies Record<string, Example>
