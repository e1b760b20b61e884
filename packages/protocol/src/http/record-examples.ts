import type { Example } from './example.ts'
import { ana, government, planId, planTitle } from './example-people.ts'

const hash = '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae'
const vkey = 'kernel.example/testigo+8d66cf3f+BEk3…'

/** Examples for the record. */
export const recordExamples = {
  'GET /api/plans/:planId/record': {
    params: { planId: 'chepo' },
    query: { type: 'version' },
    response: {
      items: [
        {
          seq: 41,
          type: 'version',
          at: '2026-03-28T15:04:05.000Z',
          actor: { pid: 'q8Zr0nXbTk2a5s7L', person: ana, role: 'drafter', side: 'government' },
          behalf: null,
          group: government,
          document: { id: 'tGB1mM0vQYeVvLxwUWuzWA', number: 1, title: 'Cuentas claras' },
          details: { number: 3, kind: 'named', name: 'Después del taller de Tortí' },
          erased: false,
          hash,
          index: 87,
        },
      ],
      nextCursor: null,
    },
  },
  'GET /api/plans/:planId/record/people': {
    params: { planId: 'chepo' },
    response: { items: [{ pid: 'q8Zr0nXbTk2a5s7L', person: ana }] },
  },
  'GET /api/plans/:planId/record/head': {
    params: { planId: 'chepo' },
    response: {
      key: 'chepo.example/record+80389de8+AW56HN0psLeP0Tr0xVmP7/TvKpcWbjym8uT7/M2AUFvx',
      signed: { size: 88, at: '2026-03-28T15:04:06.000Z' },
      seq: 41,
      hash,
      last: 41,
      disagreement: null,
    },
  },
  'GET /api/plans/:planId/record/entries/:seq': {
    params: { planId, seq: 41 },
    response: {
      seq: 41,
      entry: `{"actor":null,"at":"2026-03-28T15:04:05.000Z","plan":"${planId}","prev":"${hash}","seq":41,"type":"plan","v":1}`,
      hash,
      index: 87,
      sealed: { payload: '{"kind":"named"}', salt: 'bW9vbnN0b25lcyBhbmQgc2hlbGxzIG9uIHRoZSBzaG9yZQ==' },
      proof: 'c2sp.org/tlog-proof@v1\nindex 87\n…',
    },
  },
  'GET /api/record/status': {
    response: {
      key: 'plan.example.org/cocreacion+1a2b3c4d+AXw9…',
      head: { size: 88, root: hash, at: '2026-03-28T15:04:06.000Z' },
      witnesses: [
        { name: 'kernel.example/testigo', vkey, last: { size: 88, at: '2026-03-28T15:04:30.000Z' } },
        { name: 'universidad.example/testigo', vkey, last: null },
      ],
      alarm: null,
    },
  },
  'POST /tlog/cosignatures': {
    body: { size: 88, cosignature: '— kernel.example/testigo jWbPPwAAAABkGFDL…\n' },
    response: { size: 88, witnesses: ['kernel.example/testigo'] },
  },
  'POST /tlog/evidence': {
    body: {
      notes: [
        'plan.example.org/cocreacion\n88\nCsUY…=\n\n— plan.example.org/cocreacion Az3g…\n',
        'plan.example.org/cocreacion\n88\nqh5n…=\n\n— plan.example.org/cocreacion Az3g…\n',
      ],
    },
    response: { kind: 'forked', size: 88 },
  },
  'POST /api/documents/:documentId/receipts': {
    params: { documentId: 'tGB1mM0vQYeVvLxwUWuzWA' },
    response: { code: '7QKX-2M4T-9HJ3', url: 'https://cabildo.example/recibo#7QKX-2M4T-9HJ3', seq: 42 },
  },
  'POST /api/device/receipts': {
    response: {
      items: [
        {
          name: 'Rosa Batista',
          document: { number: 1, title: 'Cuentas claras' },
          code: '7QKX-2M4T-9HJ3',
          url: 'https://cabildo.example/recibo#7QKX-2M4T-9HJ3',
          seq: 42,
        },
      ],
    },
  },
  'POST /api/receipts/look': {
    body: { code: '7qkx 2m4t 9hj3' },
    response: {
      plan: { title: planTitle, place: 'Chepo, Panamá' },
      document: { number: 1, title: 'Cuentas claras' },
      takenAt: '2026-03-28T15:04:05.000Z',
      recordKey: 'cabildo.example/cocreacion+a1b2c3d4+AWc5…',
      entry: `{"actor":{"pid":"q8Zr0nXbTk2a5s7L","role":"participant","side":"community"},…,"refs":[38,40],"seq":42,"type":"contribution","v":1}`,
      hash,
      sealed: {
        payload: '{"characters":27,"document":"tGB1mM0vQYeVvLxwUWuzWA","from":12,"kind":"written","to":31,"updates":6}',
        salt: 'bW9vbnN0b25lcyBhbmQgc2hlbGxzIG9uIHRoZSBzaG9yZQ==',
      },
      proof: 'c2sp.org/tlog-proof@v1\nindex 88\n…',
      became: {
        brought: 27,
        fields: [{ field: 'problem', characters: 24, words: ['El agua llega dos horas.'] }],
        versions: [{ number: 2, characters: 24, createdAt: '2026-04-02T10:00:00.000Z' }],
        state: 'drafting',
        status: 'open',
      },
      input: null,
    },
  },
} satisfies Record<string, Example>
