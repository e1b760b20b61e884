import { expect, test } from 'vitest'
import type { PublicPlan } from '../reading.ts'
import { createKept, keptLimits } from './kept.ts'

/** A source whose readings end when they are told to. */
function scene(limits: Partial<typeof keptLimits> = {}) {
  const at = { now: 0, stamp: { strict: 's1', whole: 'w1' } as { strict: string; whole: string } | undefined }
  const readings: ((title: string) => void)[] = []
  const pauses: (() => void)[] = []
  const kept = createKept(
    {
      stamp: async () => at.stamp,
      // Of a plan only its title matters here.
      read: () => new Promise((resolve) => readings.push((title) => resolve({ title } as PublicPlan))),
      now: () => at.now,
      pause: () => new Promise((resolve) => pauses.push(resolve)),
    },
    { ...keptLimits, rest: 0, ...limits },
  )
  const title = async () => (await kept.plan('town'))?.plan.title
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  return { at, readings, pauses, kept, title, settled }
}

test('[PU5] [PU17] who reads while it is made anew gets what stood a moment ago, but nothing that was taken away since', async () => {
  const { at, readings, pauses, title, settled } = scene()
  const first = title()
  await settled()
  readings[0]?.('one')
  expect(await first).toBe('one')
  expect(await title()).toBe('one')
  expect(readings).toHaveLength(1)

  at.stamp = { strict: 's1', whole: 'w2' }
  const [reader, other] = [title(), title()]
  await settled()
  expect(readings).toHaveLength(2)
  for (const end of pauses) end()
  expect(await Promise.all([reader, other])).toEqual(['one', 'one'])
  readings[1]?.('two')
  await settled()
  expect(await title()).toBe('two')

  at.stamp = { strict: 's2', whole: 'w3' }
  let answered: string | undefined
  const waiting = title().then((found) => {
    answered = found
  })
  await settled()
  for (const end of pauses) end()
  await settled()
  expect(answered).toBeUndefined()
  readings[2]?.('three')
  await waiting
  expect(answered).toBe('three')

  at.stamp = undefined
  expect(await title()).toBeUndefined()
})

test('[PU5] what is being read when something is taken away is not what its readers get', async () => {
  const { at, readings, title, settled } = scene()
  const first = title()
  await settled()
  readings[0]?.('one')
  await first
  at.stamp = { strict: 's1', whole: 'w2' }
  const early = title()
  await settled()
  at.stamp = { strict: 's2', whole: 'w3' }
  const late = title()
  await settled()
  readings[1]?.('with the words')
  await settled()
  readings[2]?.('without them')
  await early
  expect(await late).toBe('without them')
})

test('[PU17] who waits is answered within their patience when it is ready by then; a plan rests between two readings', async () => {
  const { at, readings, title, settled } = scene({ rest: 1000 })
  const first = title()
  await settled()
  readings[0]?.('one')
  await first
  at.now = 500
  at.stamp = { strict: 's1', whole: 'w2' }
  expect(await title()).toBe('one')
  expect(readings).toHaveLength(1)
  at.now = 1500
  const reader = title()
  await settled()
  readings[1]?.('two')
  expect(await reader).toBe('two')
})

test('after a minute it is read again beside the requests, after two whoever comes waits', async () => {
  const { at, readings, pauses, title, settled } = scene()
  const first = title()
  await settled()
  readings[0]?.('one')
  await first
  at.now = keptLimits.age
  const soon = title()
  await settled()
  for (const end of pauses) end()
  expect(await soon).toBe('one')
  readings[1]?.('two')
  await settled()
  at.now = 4 * keptLimits.age
  const late = title()
  await settled()
  readings[2]?.('three')
  expect(await late).toBe('three')
})

test('a page is made once for all who ask, and one that reads as before is not packed again', async () => {
  const { kept } = scene()
  let made = 0
  const make = () => {
    made += 1
    return 'words '.repeat(100)
  }
  const [one, other] = await Promise.all([1, 2].map(() => kept.page('/p/town', { strict: 's', whole: '1' }, make)))
  expect([made, one === other, one?.br !== null]).toEqual([1, true, true])
  const again = await kept.page('/p/town', { strict: 's2', whole: '2' }, make)
  expect([made, again.br === one?.br]).toEqual([2, true])
})

test('what was used longest ago goes when there is no more room', async () => {
  const { kept } = scene({ bytes: 50 })
  const stamp = { strict: 's', whole: '1' }
  const made: string[] = []
  const read = (path: string) =>
    kept.page(path, stamp, () => {
      made.push(path)
      return new Uint8Array(20)
    })
  for (const path of ['/a', '/b', '/a', '/c', '/a', '/b']) await read(path)
  expect(made).toEqual(['/a', '/b', '/c', '/b'])
})
