import { expect, test } from 'vitest'
import { placeOf } from './model.ts'
import { readFindSearch } from './search.ts'

const documentId = 'tGB1mM0vQYeVvLxwUWuzWA'

test('[SE11] an address is read as far as it is understood', () => {
  expect(
    readFindSearch({ q: ' agua ', kind: 'comment', document: documentId, from: '2026-03-01', to: 'ayer' }),
  ).toEqual({
    ...{ q: 'agua', kind: 'comment', document: documentId, from: '2026-03-01' },
  })
  expect(readFindSearch({ q: 2024, kind: 'person', document: '../x', from: '2026-99-99' })).toEqual({ q: '2024' })
  expect(readFindSearch({ q: { a: 1 }, kind: ['text'] })).toEqual({})
  expect(readFindSearch({ q: 'x'.repeat(500) }).q).toHaveLength(200)
})

test('[SE11] every find leads to the place it stands at', () => {
  const found = {
    ...{
      document: { id: documentId, number: 3, title: 'Agua' },
      field: null,
      thread: null,
      input: null,
      version: null,
    },
    ...{ by: null, at: '2026-03-28T15:04:05.000Z', excerpt: [] },
  }
  const placed = (more: object) => placeOf({ ...found, ...more } as never, 'chepo')
  const to = '/plans/chepo/commitments/3'
  expect(placed({ kind: 'text', field: 'problem' })).toEqual({ to, hash: 'field-problem' })
  expect(placed({ kind: 'comment', thread: { id: documentId, number: 7, comment: 2 } })).toEqual({
    ...{ to, search: { threads: 7 } },
  })
  expect(placed({ kind: 'version', version: { id: documentId, number: 2, name: null } })).toEqual({
    ...{ to, search: { v: documentId } },
  })
  expect(placed({ kind: 'input', document: null, input: { id: documentId, number: 12, answer: 1 } })).toEqual({
    to: '/plans/chepo/inputs/12',
  })
})
