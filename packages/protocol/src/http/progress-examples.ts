import type { Example } from './example.ts'
import { ana, luis } from './example-people.ts'

const documentId = 'tGB1mM0vQYeVvLxwUWuzWA'
const version = { id: 'Qz8xT1nVRk6w0cJb2mYd4g', number: 4 }
const salt = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
const report = {
  ...{
    number: 1,
    version,
    milestone: 1,
    status: 'in_progress',
    words: 'Se publicaron las cuentas de enero y febrero.',
  },
  ...{ link: 'https://chepo.example.org/cuentas', day: '2026-06-30', by: ana },
  ...{ at: '2026-07-01T15:04:05.000Z', entry: 140, salt },
}
const response = {
  version,
  milestones: [
    {
      number: 1,
      title: 'Cuentas al día',
      start: '2026-05-01',
      due: '2026-12-31',
      lead: 'Tesorería',
      reports: [report],
    },
  ],
  earlier: [],
  assessments: [
    {
      number: 1,
      level: 'limited',
      reason: 'Faltan diez meses.',
      by: luis,
      at: '2026-08-01T15:04:05.000Z',
      entry: 151,
      salt,
    },
  ],
  may: { report: true, assess: false },
}
const params = { documentId }

/** Examples of what becomes of an approved text. */
export const progressExamples = {
  'GET /api/documents/:documentId/progress': { params, response },
  'POST /api/documents/:documentId/progress/reports': {
    params,
    body: {
      ...{ key: 'r4Yx8zQmSx2v6d0bN1k5tw', versionId: version.id, milestone: 1, status: report.status },
      ...{ words: report.words, link: report.link, day: report.day },
    },
    response,
  },
  'POST /api/documents/:documentId/progress/assessments': {
    params,
    body: { level: 'limited', reason: 'Faltan diez meses.' },
    response,
  },
} satisfies Record<string, Example>
