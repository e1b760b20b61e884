import type { Example } from './example.ts'
import { ana, planId } from './example-people.ts'

const documentId = 'tGB1mM0vQYeVvLxwUWuzWA'
const redaction = {
  id: 'r3dacT0nQYeVvLxwUWuzWA',
  document: { id: documentId, number: 1, title: 'Cuentas claras' },
  quote: 'cédula 8-888-888',
  basis: 'Ley 81 de 2019',
  reason: 'Quedó escrita en una nota del taller.',
  places: 2,
  askedBy: ana,
  askedAt: '2026-03-28T15:04:05.000Z',
  outcome: null,
  endedBy: null,
  endedAt: null,
  entry: null,
  own: true,
}
const { quote, basis, reason } = redaction
const one = { planId, redactionId: redaction.id }

/** Examples for taking personal data out of a text. */
export const redactionExamples = {
  'GET /api/plans/:planId/redactions': { params: { planId }, response: { items: [redaction] } },
  'POST /api/plans/:planId/redactions': {
    params: { planId },
    body: { documentId, quote, basis, reason },
    response: redaction,
  },
  'POST /api/plans/:planId/redactions/:redactionId/approve': {
    params: one,
    body: {},
    response: {
      ...redaction,
      own: false,
      quote: null,
      outcome: 'approved',
      endedBy: ana,
      endedAt: '2026-03-28T16:00:00.000Z',
      entry: 42,
    },
  },
  'DELETE /api/plans/:planId/redactions/:redactionId': { params: one },
} satisfies Record<string, Example>
