import type { Example } from './example.ts'
import { luis, planId, planTitle } from './example-people.ts'

const document = { id: 'tGB1mM0vQYeVvLxwUWuzWA', number: 1, title: 'Parques seguros' }
const unread = { all: 3, mine: 1 }
const mark = '84.1774623845000'
const at = '2026-03-28T15:04:05.000Z'
const item = {
  ...{ entry: 84, kind: 'answered', cause: 'input', at, by: luis, document, thread: null, proposal: null },
  input: { id: '1nputT0nQYeVvLxwUWuzWA', number: 17 },
  version: { id: 'v3rs10nT0QYeVvLxwUWuzA', number: 4 },
  ...{
    outcome: 'adapted',
    state: null,
    count: 1,
    words: 'Se iluminan las entradas este año y los senderos el próximo.',
  },
}
const settings = { mail: 'daily', about: 'mine', language: 'es' }
const text = `Novedades de Plan de acción de Chepo
Del 21 al 28 de marzo de 2026

1. Parques seguros
- 2 comentarios nuevos
https://plan.example.org/plans/chepo/commitments/1
`

/** Examples for news. */
export const newsExamples = {
  'GET /api/news': { response: { items: [{ planId, slug: 'chepo', title: planTitle, unread }] } },
  'GET /api/plans/:planId/news': {
    params: { planId },
    query: { mine: 'true', limit: '50' },
    response: {
      ...{ items: [item], nextCursor: null, unread, seen: 71, mark },
      texts: [{ document, changedAt: at, since: 210 }],
    },
  },
  'POST /api/plans/:planId/news/seen': {
    params: { planId },
    body: { mark },
    response: { unread: { all: 0, mine: 0 } },
  },
  'GET /api/plans/:planId/news/digest': {
    params: { planId },
    query: { days: '7', language: 'es' },
    response: { text, from: '2026-03-21T15:04:05.000Z', to: at },
  },
  'GET /api/profile/news': { response: { ...settings, without: null } },
  'PUT /api/profile/news': { body: settings, response: { ...settings, without: null } },
  'POST /api/news/stop': { body: { token: 'k2Zx7vCqRt5y1n0wB8m4aA.p4Yx8zQmSx2v6d0bN1k5tw' } },
} satisfies Record<string, Example>
