import { expect, test } from 'vitest'
import { createHandOver } from './hand-over.ts'
import type { Sending } from './open-documents.ts'

/** A device whose other pages and clock are moved by hand. */
function setUp({ sending = 'sent' as Sending, pending = 0 } = {}) {
  let changed = () => {}
  let late = () => {}
  let listening = 0
  const listen = () => {
    listening += 1
    return () => {
      listening -= 1
    }
  }
  let unsent = pending
  const documents = { clientIds: () => [7], whenSent: async () => sending, whenKept: async () => true }
  const handOver = createHandOver(
    documents,
    { unsent: (userId, besides) => (userId === 'ana' && besides.includes(7) ? unsent : 0) },
    (hear) => {
      changed = hear
      return listen()
    },
    (_, then) => {
      late = then
      return listen()
    },
  )
  const settle = async () => {
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
  }
  return {
    handOver,
    settle,
    sentElsewhere: () => {
      unsent = 0
      changed()
    },
    changed: () => changed(),
    late: () => late(),
    listening: () => listening,
  }
}

test('[WS25] a fresh page knows of words that wait in a text it has not open, and does not wait for ever', async () => {
  const { handOver, settle, changed, late, listening } = setUp({ pending: 2 })
  const handing = handOver.whenSent('ana')
  await settle()
  changed()
  late()
  expect(await handing).toBe('elsewhere')
  expect(listening()).toBe(0)
})

test('[WS25] goes on as soon as another page has sent them', async () => {
  const { handOver, settle, sentElsewhere, listening } = setUp({ pending: 2 })
  const handing = handOver.whenSent('ana')
  await settle()
  sentElsewhere()
  expect(await handing).toBe('sent')
  expect(listening()).toBe(0)
})

test('the words of others keep nobody waiting', async () => {
  expect(await setUp({ pending: 2 }).handOver.whenSent('beto')).toBe('sent')
})

test('why an open text was not sent is said first', async () => {
  expect(await setUp({ sending: 'offline', pending: 2 }).handOver.whenSent('ana')).toBe('offline')
})
