// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest'
import { createKeptIndex } from './kept-index.ts'
import { letGo } from './let-go.ts'

beforeEach(() => localStorage.clear())

test('[RC154] a replaced copy is let go unless it was written in since, is open here, or cannot be', async () => {
  const index = createKeptIndex(localStorage, () => 0)
  const copies = ['written', 'open', 'broken', 'late', 'free'].map((documentId) => ({
    documentId,
    userId: 'ana',
    epoch: 1,
  }))
  for (const copy of copies) index.hold(copy)
  const [written, , , late] = copies
  if (!written || !late) throw new Error('no copies')
  index.setPending(written, 7, 1)
  await letGo(
    copies,
    index,
    (documentId) => documentId === 'open',
    async (copy) => {
      // While one is being cleared, another is written in.
      if (copy.documentId === 'broken') {
        index.setPending(late, 8, 1)
        throw new Error('blocked')
      }
      index.release(copy)
    },
  )
  const left = index.held('ana').map(({ documentId, pending }) => [documentId, pending])
  expect(left.sort()).toEqual([
    ['broken', 0],
    ['late', 1],
    ['open', 0],
    ['written', 1],
  ])
})
