import type { Example } from './example.ts'
import { civil, government } from './example-people.ts'
import type { planTextApi } from './plan-text.ts'

const plan = { planId: 'chepo' }
const text = {
  documentId: 'w7Hn2kQeTz4vB9cX1mR5pA',
  epoch: 1,
  known: {
    place: 'Chepo, Panamá',
    start: '2026-03-01',
    end: '2027-12-31',
    submitted: '2026-03-28',
    institutions: [{ name: 'Tesorería Municipal', commitments: [1, 3] }],
    groups: [civil, government],
    meetings: null,
  },
  monitorContact: null,
  may: { describe: false, knowContact: false },
}

/** Examples for the description of the API. */
export const planTextExamples: Record<keyof typeof planTextApi, Example> = {
  'GET /api/plans/:planId/document': { params: plan, response: text },
  'PATCH /api/plans/:planId': { params: plan, body: { submitted: '2026-03-28' }, response: text },
}
