import { contentHash } from '@cabildo/schema/canonical'
import { contentOfState, seedDocument } from '@cabildo/schema/content'
import { expect, test } from 'vitest'
import { createContentMemo } from './content-memo.ts'

const one = seedDocument('One', 1)
const two = seedDocument('Two', 2)

const at = (headSeq: number, state: Uint8Array, epoch = 1) => ({ headSeq, epoch, state })

test('it answers the content of the state, and its hash', () => {
  const content = contentOfState(one)
  expect(createContentMemo(2)('a', at(1, one))).toMatchObject({ content, contentHash: contentHash(content) })
})

test('the same document at the same row is read once, at another row again', () => {
  const memo = createContentMemo(2)
  const first = memo('a', at(1, one))
  expect(memo('a', at(1, one))).toBe(first)
  expect(memo('a', at(2, two)).content).toEqual(contentOfState(two))
  expect(memo('b', at(2, one)).content).toEqual(contentOfState(one))
})

test('[RC96] what was taken out of a row is not remembered', () => {
  const memo = createContentMemo(2)
  memo('a', at(1, one))
  expect(memo('a', at(1, two, 2)).content).toEqual(contentOfState(two))
})

test('the document read longest ago is forgotten first', () => {
  const memo = createContentMemo(2)
  const a = memo('a', at(1, one))
  const b = memo('b', at(1, one))
  memo('a', at(1, one))
  memo('c', at(1, one))
  expect(memo('a', at(1, one))).toBe(a)
  expect(memo('b', at(1, one))).not.toBe(b)
})
