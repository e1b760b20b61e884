import type { Example } from './example.ts'
import { ana, planId } from './example-people.ts'

const document = { id: 'tGB1mM0vQYeVvLxwUWuzWA', number: 1, title: 'Cuentas claras' }
const thread = { id: 'thr3adT0nQYeVvLxwUWuzW', number: 4, comment: 1 }
const comment = {
  ...{ kind: 'comment', document, field: 'solution', thread, input: null, version: null, by: ana },
  at: '2026-03-28T15:04:05.000Z',
  excerpt: [
    { text: '¿Y si la ', hit: false },
    { text: 'participación', hit: true },
    { text: ' fuera cada semana?', hit: false },
  ],
}

/** Examples for finding. */
export const searchExamples = {
  'GET /api/plans/:planId/search': {
    params: { planId },
    query: { q: 'participacion', kind: 'comment', limit: '20' },
    response: { groups: [{ kind: 'comment', found: 1, more: false, items: [comment], nextCursor: null }] },
  },
} satisfies Record<string, Example>
