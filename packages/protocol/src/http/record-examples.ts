import type { Example } from './example.ts'
import { ana, government, planId } from './example-people.ts'

const hash = '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae'

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
      last: 41,
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
} satisfies Record<string, Example>
