import type { Example } from './example.ts'

const documentId = 'tGB1mM0vQYeVvLxwUWuzWA'
const content = {
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Nadie sabe en qué se gasta.' }] }],
}

/** Examples for texts that are read from files. */
export const importExamples = {
  'POST /api/documents/:documentId/imports': {
    params: { documentId },
    response: {
      kind: 'docx',
      parts: [{ heading: '2. El problema', target: 'field:problem', content }],
      pictures: 1,
      targets: [
        { target: 'field:title', written: true, now: 'Cuentas claras' },
        { target: 'field:problem', written: false, now: '' },
      ],
    },
  },
  'POST /api/documents/:documentId/imports/apply': {
    params: { documentId },
    body: { key: 'i4Yx8zQmSx2v6d0bN1k5tw', parts: [{ target: 'field:problem', heading: '2. El problema', content }] },
    response: { headSeq: 119, left: [] },
  },
} satisfies Record<string, Example>
