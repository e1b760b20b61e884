import { expect, test } from 'vitest'
import { addressOf, codeOf, readPayload, standingIn, writtenOf } from './rules.ts'

test('[RC81] the code stands behind the # of the address', () => {
  expect(addressOf('https://chepo.example', codeOf(new Uint8Array(8)))).toBe(
    'https://chepo.example/recibo#0000-0000-0000',
  )
})

test('[RC80] a receipt names the batches it is for; of very many the last 4,096', () => {
  expect(writtenOf([])).toBeUndefined()
  expect(
    writtenOf([
      { seq: 3, updates: 2, from: 2, to: 9 },
      { seq: 7, updates: 5, from: 10, to: 14 },
    ]),
  ).toEqual({ refs: [3, 7], updates: 7, from: 2, to: 14 })
  const many = Array.from({ length: 5000 }, (_, place) => ({ seq: place + 1, updates: 1, from: place, to: place }))
  expect(writtenOf(many)).toMatchObject({ updates: 4096, from: 904, to: 4999 })
})

test('[RC87] what stands of somebody is theirs and was begun by then', () => {
  const runs = [
    { text: 'Ñandú ', author: 'ana', seq: 2 },
    { text: 'secreto', author: 'ben', seq: 3 },
    { text: 'después', author: 'ana', seq: 9 },
    { text: '• ', author: null, seq: null },
  ]
  expect(standingIn(runs, 'ana', 5)).toEqual({ characters: 5, words: ['Ñandú'] })
  expect(standingIn(runs, 'ana', 9).words).toEqual(['Ñandú', 'después'])
})

test('a payload that says something else is not read as a receipt’s', () => {
  expect(readPayload('{"characters":1,"from":2,"to":3}')).toEqual({ characters: 1, from: 2, to: 3 })
  expect(readPayload('{"kind":"other"}')).toBeUndefined()
})
