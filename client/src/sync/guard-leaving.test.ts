import { expect, test } from 'vitest'
import { newConnection, statusOf } from './connection.ts'
import { guardLeaving } from './guard-leaving.ts'
import { createStore } from './store.ts'

test('the browser asks only while closing would lose text', () => {
  const calm = statusOf(newConnection({ online: true }))
  const status = createStore(calm)
  const page = new EventTarget()
  const asks = () => !page.dispatchEvent(new Event('beforeunload', { cancelable: true }))
  const stop = guardLeaving(status, page)
  expect(asks()).toBe(false)
  status.set({ ...calm, guard: true, pending: 1 })
  expect(asks()).toBe(true)
  status.set(calm)
  expect(asks()).toBe(false)
  status.set({ ...calm, guard: true, pending: 1 })
  stop()
  expect(asks()).toBe(false)
})
