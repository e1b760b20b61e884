import type { Example } from './example.ts'
import { ana, civil, planId } from './example-people.ts'

const endorsementId = 'end0rsemT0QYeVvLxwUWuz'
const contentHash = 'sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae'
const salt = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
const endorser = { id: 'av4lmGtXhSB2oO0v5Yh1q6', name: 'Pedro Ruiz', group: civil }
const text = {
  documentId: 'tGB1mM0vQYeVvLxwUWuzWA',
  number: 1,
  title: 'Cuentas claras',
  version: { id: 'Qz8xT1nVRk6w0cJb2mYd4g', number: 4, contentHash },
}
const endorsement = {
  ...{ id: endorsementId, number: 1, group: civil, name: 'Pedro Ruiz', office: 'Coordinador' },
  ...{ organisation: civil.name, texts: [text], by: endorser, at: '2026-04-12T15:04:05.000Z', entry: 120, salt },
  ...{ withdrawn: null, may: { withdraw: true } },
}
const letter = {
  ...{ number: 1, side: 'government', organisation: 'Alcaldía de Chepo', mediaType: 'application/pdf', size: 48_211 },
  sha256: 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
  ...{ salt, by: ana, at: '2026-04-12T16:00:00.000Z', entry: 121, withdrawn: null, may: { withdraw: false } },
}
const response = {
  endorsements: [endorsement],
  letters: [letter],
  texts: [text],
  may: { endorseFor: civil, keepLetters: true },
}
const params = { planId }
const reason = 'Se firmó la versión que no era.'

/** Examples of standing behind a plan. */
export const endorsementExamples = {
  'GET /api/plans/:planId/endorsements': { params, response },
  'POST /api/plans/:planId/endorsements': {
    params,
    body: {
      ...{ key: 'e4Yx8zQmSx2v6d0bN1k5tw', name: 'Pedro Ruiz', office: 'Coordinador', organisation: civil.name },
      texts: [{ versionId: text.version.id, contentHash }],
    },
    response,
  },
  'POST /api/plans/:planId/endorsements/:endorsementId/withdrawal': {
    params: { planId, endorsementId },
    body: { reason },
    response,
  },
  'POST /api/plans/:planId/letters': {
    params,
    query: { side: 'government', organisation: letter.organisation },
    response,
  },
  'POST /api/plans/:planId/letters/:number/withdrawal': { params: { planId, number: '1' }, body: { reason }, response },
} satisfies Record<string, Example>
