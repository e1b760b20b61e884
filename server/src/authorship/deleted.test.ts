import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { listDeletions } from './deleted.ts'
import type { Taken } from './keeper.ts'

/** An update that brings in these words. */
function bringing(words: string): Uint8Array {
  const doc = new Y.Doc()
  doc.getText('summary').insert(0, words)
  return Y.encodeStateAsUpdate(doc)
}

const taken = (seq: number, text: string, changes: Partial<Taken> = {}): Taken => ({
  seq,
  by: 'ben west',
  behalfId: null,
  via: 'edit',
  field: 'summary',
  text,
  author: 'ana east',
  written: 1,
  bytes: bringing(''),
  ...changes,
})

test('[AU66] what was one’s own, or came back in the same entry, was not taken away', () => {
  const found = listDeletions(
    [
      taken(2, 'mine', { author: 'ben east' }),
      taken(3, 'split off', { bytes: bringing('now split off, here') }),
      taken(4, '  \n'),
      taken(5, 'gone'),
      taken(6, 'elsewhere', { field: 'causes' }),
    ],
    'summary',
  )
  expect(found.map(({ seq, text, by, author }) => [seq, text, by, author])).toEqual([[5, 'gone', 'ben', 'ana']])
})

test('[AU66] what one entry took of one person is one text, and each has a place in its entry', () => {
  const found = listDeletions(
    [taken(5, 'one '), taken(5, 'two'), taken(5, 'hers', { author: 'eva east' }), taken(6, 'later')],
    undefined,
  )
  expect(found.map(({ seq, place, text }) => [seq, place, text])).toEqual([
    [5, 1, 'one two'],
    [5, 2, 'hers'],
    [6, 1, 'later'],
  ])
})
