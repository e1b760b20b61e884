import type { Example } from './example.ts'
import { ana, civil, government, luis } from './example-people.ts'

const documentId = 'tGB1mM0vQYeVvLxwUWuzWA'
const workshop = { id: 'b7Qm2xRvTk5y0n1wS8d4cA', title: 'Taller de Tortí', heldOn: '2026-03-28' }
const at = '2026-03-28T15:04:05.000Z'
const rest = { proposed: 0, written: 0, share: 0 }

/** Examples for who wrote what. */
export const authorshipExamples = {
  'GET /api/documents/:documentId/authorship': {
    params: { documentId },
    query: { seq: 184 },
    response: {
      seq: 184,
      algorithm: 6,
      groups: [
        { ...civil, proposed: 40, written: 30, share: 0.375, people: 1 },
        { ...government, proposed: 60, written: 50, share: 0.625, people: 2 },
      ],
      rest,
      authors: [
        { id: ana.id, name: ana.name, groupId: government.id, written: 50 },
        { id: luis.id, name: luis.name, groupId: civil.id, written: 30 },
      ],
      fields: {
        summary: [
          {
            text: 'El municipio publica cada mes en qué gasta',
            authorId: ana.id,
            groupId: government.id,
            editedById: ana.id,
            seq: 12,
          },
          {
            text: ' y con quién contrata.',
            authorId: luis.id,
            groupId: civil.id,
            editedById: ana.id,
            seq: 90,
          },
        ],
      },
      shares: {
        summary: [
          { groupId: government.id, proposed: 60, written: 50 },
          { groupId: civil.id, proposed: 40, written: 30 },
        ],
      },
      facts: { periodStart: { authorId: ana.id, groupId: government.id, editedById: ana.id, seq: 15 } },
    },
  },
  'GET /api/documents/:documentId/authorship/moments/:seq': {
    params: { documentId, seq: 90 },
    response: { seq: 90, at, author: luis, typedBy: null, accepted: false, group: civil, workshop },
  },
  'GET /api/documents/:documentId/authorship/marks': {
    params: { documentId },
    response: {
      items: [
        { kind: 'workshop', ...workshop, fromSeq: 80, toSeq: 140 },
        {
          kind: 'version',
          id: 'zq5m2xRvTk5y0n1wS8d4cA',
          number: 3,
          name: 'Mesa técnica',
          at,
          fromSeq: 140,
          toSeq: 140,
        },
        {
          kind: 'consultation',
          of: 'commitment',
          number: 1,
          state: 'consultation',
          opensAt: at,
          closesAt: '2026-04-27T15:04:05.000Z',
          fromSeq: 141,
          toSeq: 152,
        },
        {
          kind: 'decision',
          id: 'c7Qm2xRvTk5y0n1wS8d4cA',
          number: 1,
          state: 'approved',
          at: '2026-05-04T15:04:05.000Z',
          fromSeq: 184,
          toSeq: 184,
        },
      ],
    },
  },
  'GET /api/documents/:documentId/authorship/deleted': {
    params: { documentId },
    query: { field: 'summary' },
    response: {
      items: [
        {
          seq: 101,
          at,
          field: 'summary',
          text: 'cada año',
          length: 8,
          by: luis,
          typedBy: null,
          author: ana,
          written: 12,
        },
      ],
      nextCursor: null,
    },
  },
  'GET /api/plans/:planId/authorship': {
    params: { planId: 'chepo' },
    response: {
      algorithm: 6,
      groups: [{ ...government, proposed: 60, written: 50, share: 1 }],
      rest,
      commitments: [
        {
          id: 'e4Lr8zQmSx2v6d0bN1k5tw',
          number: 1,
          title: 'Cuentas claras',
          documentId,
          seq: 184,
          parts: [{ groupId: government.id, proposed: 60, written: 50 }],
        },
      ],
    },
  },
} satisfies Record<string, Example>
