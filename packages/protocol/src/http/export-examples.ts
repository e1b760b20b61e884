import type { Example } from './example.ts'
import type { exportApi } from './exports.ts'

/** Examples of taking a plan along. */
export const exportExamples: Record<keyof typeof exportApi, Example> = {
  'GET /api/plans/:planId/exports': {
    params: { planId: 'chepo' },
    response: {
      files: [
        { name: 'plan.pdf', savedAs: { es: 'plan.pdf', en: 'plan.pdf' } },
        { name: 'commitments.csv', savedAs: { es: 'compromisos.csv', en: 'commitments.csv' } },
      ],
      published: true,
      evidence: true,
    },
  },
  'GET /api/plans/:planId/exports/evidence/:key': {
    params: { planId: 'chepo', key: 'k2Zx7vCqRt5y1n0wB8m4aA' },
    response: { state: 'making', done: 7, of: 18, file: 'aportes.csv', share: 0 },
  },
}
