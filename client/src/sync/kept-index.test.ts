import { expect, test } from 'vitest'
import { createKeptIndex, type KeyValue, sumOf } from './kept-index.ts'

/** The browser's storage, in memory. */
function memoryStorage(): KeyValue & { data: Map<string, string> } {
  const data = new Map<string, string>()
  return {
    data,
    getItem: (key) => data.get(key) ?? null,
    setItem: (key, value) => void data.set(key, value),
    removeItem: (key) => void data.delete(key),
    key: (at) => [...data.keys()][at] ?? null,
    get length() {
      return data.size
    },
  }
}

const ana = { documentId: 'doc-1', userId: 'ana_1', epoch: 3 }
const clock = () => {
  let time = 0
  return () => ++time
}

test('a held copy is found by user and document, with what is pending in it', () => {
  const index = createKeptIndex(memoryStorage(), clock())
  index.hold(ana)
  index.hold({ ...ana, epoch: 4 })
  index.hold({ ...ana, documentId: 'doc-2' })
  index.hold({ ...ana, userId: 'ben' })
  index.setPending(ana, 7, 2)
  index.setPending(ana, 8, 3)
  expect(index.held('ana_1', 'doc-1')).toEqual([
    { ...ana, pending: 5 },
    { ...ana, epoch: 4, pending: 0 },
  ])
  expect(index.held('ana_1')).toHaveLength(3)
})

test('a released copy leaves nothing behind', () => {
  const storage = memoryStorage()
  const index = createKeptIndex(storage, clock())
  index.hold(ana)
  index.setPending(ana, 7, 2)
  index.release(ana)
  expect([...storage.data]).toEqual([])
})

test('settling forgets what was known, but not what another page has written since', () => {
  const index = createKeptIndex(memoryStorage(), clock())
  index.setPending(ana, 7, 2)
  index.setPending(ana, 8, 1)
  const known = index.pending(ana)
  expect(sumOf(known)).toBe(3)
  // The other page committed its edit and made another: the same count, not the same edit.
  index.setPending(ana, 8, 1)
  index.settle(known)
  expect(sumOf(index.pending(ana))).toBe(1)
})

test('last answers are per user and go when the user is forgotten', () => {
  const index = createKeptIndex(memoryStorage(), clock())
  index.remember('ana_1', 'document:1', { title: 'Cuentas' })
  index.remember('ben', 'document:1', { title: 'Otra' })
  expect(index.lastKnown('ana_1', 'document:1')).toEqual({ title: 'Cuentas' })
  index.forget('ana_1')
  expect(index.lastKnown('ana_1', 'document:1')).toBeUndefined()
  expect(index.lastKnown('ben', 'document:1')).toEqual({ title: 'Otra' })
})

test('without storage nothing is known and nothing fails', () => {
  const index = createKeptIndex(undefined, clock())
  index.hold(ana)
  index.setPending(ana, 1, 1)
  index.remember('ana_1', 'x', 1)
  expect(index.held('ana_1')).toEqual([])
  expect(index.lastKnown('ana_1', 'x')).toBeUndefined()
})

test('[WS25] what other pages count as unsent is told apart from what this one does', () => {
  const index = createKeptIndex(memoryStorage(), clock())
  index.hold(ana)
  index.setPending(ana, 7, 2)
  index.setPending(ana, 17, 3)
  expect(index.unsent('ana_1', [])).toBe(5)
  expect(index.unsent('ana_1', [7])).toBe(3)
  expect(index.unsent('ana_1', [7, 17])).toBe(0)
  expect(index.unsent('ben', [])).toBe(0)
})
