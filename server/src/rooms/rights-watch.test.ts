import { expect, test, vi } from 'vitest'
import type { Access, AccessQuery } from './ports.ts'
import { createRightsWatch } from './rights-watch.ts'

const refused: Access = { kind: 'refused', reason: 'forbidden' }

/** A watch over these, whose questions are answered by hand. */
function watched(people: readonly { home: string; connection: string; userId: string }[]) {
  let now = 0
  const asked: { queries: readonly AccessQuery[]; answer: (access: Access[]) => void; fail: () => void }[] = []
  const told: string[] = []
  const warned: string[] = []
  const watch = createRightsWatch<string>({
    access: {
      check: () => Promise.reject(new Error('asked for one')),
      checkMany: (queries) =>
        new Promise((answer, reject) => asked.push({ queries, answer, fail: () => reject(new Error('away')) })),
    },
    clock: { now: () => now },
    present: () =>
      people.map(({ home, connection, userId }) => ({
        home,
        connection,
        query: { userId, sessionId: 's', documentId: home },
      })),
    tell: (home, connection) => told.push(`${home} ${connection}`),
    done: () => told.push('done'),
    logger: { warn: (_, message) => warned.push(message) },
  })
  const wait = (milliseconds: number) => {
    now += milliseconds
  }
  return { watch, asked, told, warned, wait }
}

const two = [
  { home: 'a', connection: '1', userId: 'ana' },
  { home: 'a', connection: '2', userId: 'ana' },
  { home: 'b', connection: '3', userId: 'ana' },
]

test('each session in each document is asked about once, and every connection of it is told', async () => {
  const { watch, asked, told } = watched(two)
  watch.look()
  expect(asked[0]?.queries.map(({ documentId }) => documentId)).toEqual(['a', 'b'])
  asked[0]?.answer([refused, refused])
  await vi.waitFor(() => expect(told).toEqual(['a 1', 'a 2', 'b 3', 'done']))
})

test('what changes while rights are read has them read once more, and not once for each change', async () => {
  const { watch, asked, told } = watched(two)
  watch.look()
  watch.look()
  watch.look()
  expect(asked).toHaveLength(1)
  asked[0]?.answer([refused, refused])
  await vi.waitFor(() => expect(asked).toHaveLength(2))
  asked[1]?.answer([refused, refused])
  await vi.waitFor(() => expect(told.filter((word) => word === 'done')).toHaveLength(2))
  expect(asked).toHaveLength(2)
})

test('rights that could not be read change nothing, and are read again', async () => {
  const { watch, asked, told, warned, wait } = watched(two)
  watch.look()
  asked[0]?.fail()
  await vi.waitFor(() => expect(warned).toEqual(['could not read rights']))
  expect(told).toEqual([])
  wait(4999)
  expect(watch.isDue(5000)).toBe(false)
  wait(1)
  expect(watch.isDue(5000)).toBe(true)
  watch.look()
  expect([asked.length, watch.isDue(5000)]).toEqual([2, false])
})

test('of nobody nothing is asked', () => {
  const { watch, asked } = watched([])
  watch.look()
  expect(asked).toEqual([])
})
