import { contentHash } from '@cabildo/schema/canonical'
import { contentOfState, seedDocument } from '@cabildo/schema/content'
import { expect, test } from 'vitest'
import { createContentMemo } from './content-memo.ts'

const one = seedDocument('One', 1)
const two = seedDocument('Two', 2)

test('it answers the content of the state, and its hash', () => {
  const content = contentOfState(one)
  expect(createContentMemo(2)('a', 1, one)).toMatchObject({ content, contentHash: contentHash(content) })
})

test('the same document at the same row is read once, at another row again', () => {
  const memo = createContentMemo(2)
  const first = memo('a', 1, one)
  expect(memo('a', 1, one)).toBe(first)
  expect(memo('a', 2, two).content).toEqual(contentOfState(two))
  expect(memo('b', 2, one).content).toEqual(contentOfState(one))
})

test('the document read longest ago is forgotten first', () => {
  const memo = createContentMemo(2)
  const a = memo('a', 1, one)
  const b = memo('b', 1, one)
  memo('a', 1, one)
  memo('c', 1, one)
  expect(memo('a', 1, one)).toBe(a)
  expect(memo('b', 1, one)).not.toBe(b)
})
