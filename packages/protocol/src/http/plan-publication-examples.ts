import type { Example } from './example.ts'
import type { planPublicationApi } from './plan-publication.ts'

const params = { planId: 'chepo' }
const version = {
  versionId: 'Qz8xT1nVRk6w0cJb2mYd4g',
  number: 2,
  name: 'Para la consulta',
  contentHash: `sha256:${'3f'.repeat(32)}`,
}
const response = {
  published: { ...version, publishedAt: '2026-03-28T15:00:00.000Z', entry: 412 },
  newest: version,
  may: { publish: true },
}

/** Examples for the description of the API. */
export const planPublicationExamples: Record<keyof typeof planPublicationApi, Example> = {
  'GET /api/plans/:planId/publication': { params, response },
  'POST /api/plans/:planId/publication': {
    params,
    body: { versionId: version.versionId, contentHash: version.contentHash },
    response,
  },
}
