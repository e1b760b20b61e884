import { accountExamples } from './account-examples.ts'
import type { Api } from './api.ts'
import { approvalExamples } from './approval-examples.ts'
import { authorshipExamples } from './authorship-examples.ts'
import { dissentExamples } from './dissent-examples.ts'
import { endorsementExamples } from './endorsement-examples.ts'
import type { Example } from './example.ts'
import { ana, civil, government, luis, planId, planTitle } from './example-people.ts'
import { exportExamples } from './export-examples.ts'
import { importExamples } from './import-examples.ts'
import { inputExamples } from './input-examples.ts'
import { meetingExamples } from './meeting-examples.ts'
import { newsExamples } from './news-examples.ts'
import { peopleExamples } from './people-examples.ts'
import { planPublicationExamples } from './plan-publication-examples.ts'
import { planTextExamples } from './plan-text-examples.ts'
import { progressExamples } from './progress-examples.ts'
import { proposalExamples } from './proposal-examples.ts'
import { recordExamples } from './record-examples.ts'
import { redactionExamples } from './redaction-examples.ts'
import { searchExamples } from './search-examples.ts'
import { threadExamples } from './thread-examples.ts'
import { workshopExamples } from './workshop-examples.ts'

const documentId = 'tGB1mM0vQYeVvLxwUWuzWA'
const versionId = 'o9pQ4rWbTn6c1s0uJ3e8fg'
const draftId = 'k2Zx7vCqRt5y1n0wB8m4aA'
const hash = 'sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae'

const paragraph = (text: string) => ({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
})
const content = {
  template: 'ogp-commitment',
  version: 1,
  fields: {
    title: paragraph('Cuentas claras'),
    summary: paragraph('El municipio publica cada mes en qué gasta y con quién contrata.'),
  },
  facts: { leadInstitution: 'Tesorería Municipal', periodStart: '2026-02-01' },
}
const plan = {
  id: planId,
  slug: 'chepo',
  title: planTitle,
  place: 'Chepo, Panamá',
  demo: true,
  state: 'drafting',
  role: 'drafter',
}
const commitment = {
  id: 'e4Lr8zQmSx2v6d0bN1k5tw',
  number: 1,
  title: 'Cuentas claras',
  state: 'drafting',
  documentId,
  epoch: 1,
  changedAt: '2026-03-28T15:04:05.000Z',
  changedBy: ana,
  inside: [luis],
}
const version = {
  id: versionId,
  number: 3,
  kind: 'named',
  name: 'Después del taller de Tortí',
  note: 'Con los aportes de los productores.',
  seq: 184,
  contentHash: hash,
  createdAt: '2026-03-28T15:04:05.000Z',
  createdBy: luis,
  authors: [ana, luis],
  restoredFrom: null,
}
const draft = {
  id: draftId,
  reason: 'frozen',
  createdAt: '2026-03-28T15:04:05.000Z',
  author: luis,
  dismissedAt: null,
}
const diff = {
  from: { ...version, number: 2, name: 'Primer borrador', seq: 90, authors: [ana] },
  to: version,
  fields: [
    {
      field: 'summary',
      changed: true,
      blocks: [
        {
          kind: 'changed',
          path: 'paragraph',
          before: 'El municipio publica cada año en qué gasta.',
          after: 'El municipio publica cada mes en qué gasta.',
          pieces: [
            { kind: 'same', text: 'El municipio publica cada ' },
            { kind: 'removed', text: 'año' },
            { kind: 'added', text: 'mes' },
            { kind: 'same', text: ' en qué gasta.' },
          ],
        },
      ],
    },
  ],
  facts: [{ key: 'leadInstitution', before: null, after: 'Tesorería Municipal' }],
  totals: { added: 3, removed: 3 },
}
const opening = {
  id: documentId,
  planId,
  kind: 'commitment',
  schema: hash,
  template: 'ogp-commitment',
  templateVersion: 1,
  epoch: 1,
  headSeq: 184,
  status: 'open',
  may: { edit: true, saveVersion: true, restore: true, writeFor: false, propose: true },
  me: luis,
}
const document = { documentId }
const ofVersion = { documentId, versionId }
const ofDraft = { documentId, draftId }

/** An example of every operation. A test holds each to its contract. */
export const examples: Record<keyof Api, Example> = {
  'GET /api/service': { response: { demo: true, openid: null } },
  ...accountExamples,
  ...peopleExamples,
  ...approvalExamples,
  ...endorsementExamples,
  ...progressExamples,
  ...authorshipExamples,
  ...recordExamples,
  ...redactionExamples,
  ...threadExamples,
  ...importExamples,
  ...inputExamples,
  ...meetingExamples,
  ...searchExamples,
  ...newsExamples,
  ...dissentExamples,
  ...planTextExamples,
  ...exportExamples,
  ...planPublicationExamples,
  ...proposalExamples,
  ...workshopExamples,
  'GET /api/plans': { query: { limit: 20 }, response: { items: [plan], nextCursor: null } },
  'POST /api/plans': {
    body: { slug: 'torti', title: 'Plan de acción de Tortí', place: 'Tortí, Panamá' },
    response: {
      ...plan,
      slug: 'torti',
      title: 'Plan de acción de Tortí',
      place: 'Tortí, Panamá',
      demo: false,
      role: 'coordinator',
    },
  },
  'GET /api/plans/:planId': {
    params: { planId: 'chepo' },
    response: {
      ...plan,
      groups: [civil, government],
      commitments: [commitment],
      recordKey: 'plan.example.org/cocreacion+1a2b3c4d+AXw9…',
      may: {
        addCommitment: true,
        managePeople: false,
        addGroups: false,
        runWorkshops: false,
        redact: false,
        readHistory: false,
      },
    },
  },
  'POST /api/plans/:planId/commitments': {
    params: { planId: 'chepo' },
    body: { title: 'Cuentas claras' },
    response: { ...commitment, inside: [] },
  },
  'GET /api/documents/:documentId': {
    params: document,
    response: { ...opening, content, contentHash: hash },
  },
  'GET /api/documents/:documentId/opening': { params: document, response: opening },
  'GET /api/documents/:documentId/at/:seq': {
    params: { documentId, seq: 90 },
    response: { seq: 90, at: '2026-03-14T10:12:00.250Z', author: ana, content, contentHash: hash },
  },
  'GET /api/documents/:documentId/history': {
    params: document,
    query: { limit: 50 },
    response: {
      items: [
        {
          fromSeq: 1,
          toSeq: 90,
          startedAt: '2026-03-14T09:58:31.000Z',
          endedAt: '2026-03-14T10:12:00.250Z',
          author: ana,
          typedBy: null,
          via: 'edit',
        },
      ],
      nextCursor: null,
    },
  },
  'GET /api/documents/:documentId/versions': { params: document, response: { items: [version], nextCursor: null } },
  'POST /api/documents/:documentId/versions': {
    params: document,
    body: { name: version.name, note: version.note },
    response: version,
  },
  'GET /api/documents/:documentId/versions/:versionId': { params: ofVersion, response: { ...version, content } },
  'GET /api/documents/:documentId/versions/:versionId/diff': {
    params: ofVersion,
    query: { with: 'previous' },
    response: diff,
  },
  'POST /api/documents/:documentId/versions/:versionId/restore': {
    params: ofVersion,
    body: {},
    response: {
      version: { ...version, number: 5, kind: 'restored', name: null, note: null, restoredFrom: 3 },
      headSeq: 203,
    },
  },
  'GET /api/documents/:documentId/drafts': { params: document, response: { items: [draft], nextCursor: null } },
  'POST /api/documents/:documentId/drafts': {
    params: document,
    body: { update: 'AAA=', reason: 'frozen' },
    response: { kept: draft },
  },
  'GET /api/documents/:documentId/drafts/:draftId': { params: ofDraft, response: { ...draft, content, diff } },
  'DELETE /api/documents/:documentId/drafts/:draftId': { params: ofDraft },
}
