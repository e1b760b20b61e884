import { expect, test } from 'vitest'
import type { SaveStatus } from './connection.ts'
import { createOpenDocuments } from './open-documents.ts'
import type { Ending } from './settle.ts'
import { createStore } from './store.ts'

/** A list over a clock that is moved by hand, and a document whose edits are on their way. */
function setUp() {
  let late = () => {}
  let waiting = 0
  const documents = createOpenDocuments((_, then) => {
    waiting += 1
    late = then
    return () => {
      waiting -= 1
    }
  })
  const status = createStore<SaveStatus>({ state: 'saving', pending: 2, kept: true, guard: false, final: null })
  const ending = createStore<Ending | null>(null)
  const close = documents.note({ documentId: 'd', doc: { clientID: 7 }, status, ending })
  const set = (news: Partial<SaveStatus>) => status.set({ ...status.get(), ...news })
  return { documents, ending, set, close, late: () => late(), waiting: () => waiting }
}

test('a page without documents has nothing to send', async () => {
  expect(await createOpenDocuments(() => () => {}).whenSent()).toBe('sent')
})

test('waits until every edit is stored, and stops its clock', async () => {
  const { documents, set, waiting } = setUp()
  const sent = documents.whenSent()
  set({ pending: 1 })
  expect(waiting()).toBe(1)
  set({ pending: 0, state: 'saved' })
  expect(await sent).toBe('sent')
  expect(waiting()).toBe(0)
})

test('says at once that there is no connection, also when it is lost while one waits', async () => {
  const { documents, set } = setUp()
  const sent = documents.whenSent()
  set({ state: 'offline' })
  expect(await sent).toBe('offline')
  expect(await documents.whenSent()).toBe('offline')
})

test('does not wait for ever', async () => {
  const { documents, late } = setUp()
  const sent = documents.whenSent()
  late()
  expect(await sent).toBe('slow')
})

test('text that the room refused is waited for while it is handed in, and told when it cannot be', async () => {
  const { documents, set, ending } = setUp()
  ending.set({ kind: 'handingIn', reason: 'forbidden' })
  set({ state: 'final', final: 'forbidden' })
  const sent = documents.whenSent()
  ending.set({ kind: 'stuck', reason: 'forbidden', error: new Error('away') })
  expect(await sent).toBe('refused')
})

test('a closed document is no longer waited for', async () => {
  const { documents, close } = setUp()
  expect(documents.clientIds()).toEqual([7])
  close()
  expect(documents.clientIds()).toEqual([])
  expect(await documents.whenSent()).toBe('sent')
})

test('[WS25] waits until this device holds what the server may lack, and says when it does not', async () => {
  const { documents, set, late, waiting } = setUp()
  expect(await documents.whenKept()).toBe(true)
  set({ kept: false })
  const kept = documents.whenKept()
  expect(waiting()).toBe(1)
  set({ kept: true })
  expect(await kept).toBe(true)
  set({ kept: false, pending: 3 })
  const never = documents.whenKept()
  late()
  expect(await never).toBe(false)
  set({ pending: 0 })
  expect(await documents.whenKept()).toBe(true)
})
