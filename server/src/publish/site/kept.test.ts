import { AppError } from '@cabildo/protocol/errors'
import { expect, test } from 'vitest'
import type { PublicPlan } from '../reading.ts'
import { createKeptPages, createKeptPlans, keptLimits } from './kept.ts'

/** Of a plan only its title and its record matter here. */
const planOf = (title: string, seq = 1) => ({ title, events: [{ entry: 1 }], record: { seq } }) as unknown as PublicPlan

/** A source whose readings end when they are told to. */
function scene(limits: Partial<typeof keptLimits> = {}) {
  const at = { now: 0, stamp: { strict: 's1', whole: 'w1' } as { strict: string; whole: string } | undefined }
  const readings: ((title: string, seq?: number) => void)[] = []
  const fail: (() => void)[] = []
  const pauses: (() => void)[] = []
  const time = {
    now: () => at.now,
    pause: () => new Promise<void>((resolve) => pauses.push(resolve)),
  }
  const plan = createKeptPlans(
    {
      ...time,
      stamp: async () => at.stamp,
      read: () =>
        new Promise((resolve, reject) => {
          readings.push((title, seq) => resolve(planOf(title, seq)))
          fail.push(() => reject(new Error('no database')))
        }),
    },
    { ...keptLimits, rest: 0, ...limits },
  )
  const page = createKeptPages(time, { ...keptLimits, ...limits })
  const title = async () => (await plan('town'))?.plan.title
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  return { at, readings, fail, pauses, plan, page, title, settled }
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

test('[PU17] who asks for what is not in it waits while it is known to be old, once for all, and never for each of them', async () => {
  const { at, readings, pauses, plan, settled } = scene({ rest: 1000 })
  const crowd = () => [1, 2, 3].map(async () => (await plan('town', ({ title }) => title === 'two'))?.plan.title)
  const first = crowd()
  await settled()
  readings[0]?.('one')
  expect(await Promise.all(first)).toEqual(['one', 'one', 'one'])
  expect(await Promise.all(crowd())).toEqual(['one', 'one', 'one'])
  expect([readings.length, pauses.length]).toEqual([1, 0])

  // Another text is public, and the plan still rests.
  at.now = 500
  at.stamp = { strict: 's1', whole: 'w2' }
  const waiting = crowd()
  await settled()
  expect(readings).toHaveLength(1)
  at.now = 1000
  for (const end of pauses.splice(0)) end()
  await settled()
  for (const end of pauses.splice(0)) end()
  await settled()
  expect(readings).toHaveLength(2)
  readings[1]?.('two')
  expect(await Promise.all(waiting)).toEqual(['two', 'two', 'two'])
})

test('[PU17] what is not in a reading that began after the question is not there, however the plan goes on, nor when it cannot be read', async () => {
  const { at, readings, fail, pauses, plan, settled } = scene()
  const ask = async () => (await plan('town', ({ title }) => title === 'two'))?.plan.title
  const patienceEnds = async () => {
    await settled()
    for (const end of pauses.splice(0)) end()
    await settled()
  }
  const first = ask()
  await settled()
  readings[0]?.('one')
  expect(await first).toBe('one')

  at.stamp = { strict: 's1', whole: 'w2' }
  const beside = ask()
  at.now = 10
  await patienceEnds()
  at.stamp = { strict: 's1', whole: 'w3' }
  readings[1]?.('one and a half')
  await patienceEnds()
  expect([await beside, readings.length]).toEqual(['one and a half', 3])
  readings[2]?.('one and three quarters')

  at.stamp = { strict: 's1', whole: 'w4' }
  const failing = ask()
  at.now = 20
  await patienceEnds()
  fail[3]?.()
  await patienceEnds()
  expect([await failing, readings.length]).toEqual(['one and three quarters', 4])
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
  const { page } = scene()
  let made = 0
  const make = () => {
    made += 1
    return 'words '.repeat(100)
  }
  const [one, other] = await Promise.all([1, 2].map(() => page('/p/town', { strict: 's', whole: '1' }, make)))
  expect([made, one === other, one?.br !== null]).toEqual([1, true, true])
  const again = await page('/p/town', { strict: 's2', whole: '2' }, make)
  expect([made, again.br === one?.br]).toEqual([2, true])
})

test('what was used longest ago goes when there is no more room', async () => {
  const { page } = scene({ bytes: 50 })
  const stamp = { strict: 's', whole: '1' }
  const made: string[] = []
  const read = (path: string) =>
    page(path, stamp, () => {
      made.push(path)
      return new Uint8Array(20)
    })
  for (const path of ['/a', '/b', '/a', '/c', '/a', '/b']) await read(path)
  expect(made).toEqual(['/a', '/b', '/c', '/b'])
})

test('a plan that is read again and says the same keeps its stamp, whatever its stamp was; its record alone is no new text', async () => {
  const { at, readings, plan, settled } = scene({ patience: Number.POSITIVE_INFINITY })
  let asked = 0
  const read = async (title: string, seq: number) => {
    at.stamp = { strict: 's1', whole: `w${++asked}` }
    const found = plan('town')
    await settled()
    readings[asked - 1]?.(title, seq)
    return found
  }
  const [one, same, recorded, other] = [
    await read('one', 1),
    await read('one', 1),
    await read('one', 2),
    await read('other', 2),
  ]
  expect(same?.stamp).toEqual(one?.stamp)
  expect(recorded?.stamp).not.toEqual(one?.stamp)
  expect(recorded?.lasting).toEqual(one?.lasting)
  expect(other?.lasting).not.toEqual(one?.lasting)
  // What it tells of is not signed yet: what is made now says so, and is made again once it is.
  expect((await read('other', 0))?.lasting).not.toEqual(other?.lasting)
})

test('[PU5] who waited for an older reading asks the stamp again, and all of them read it once', async () => {
  const { at, readings, title, settled } = scene()
  const first = title()
  await settled()
  const late: Promise<string | undefined>[] = []
  for (const strict of ['s2', 's3', 's4']) {
    at.stamp = { strict, whole: strict }
    late.push(title())
    await settled()
  }
  readings[0]?.('as it was')
  await first
  await settled()
  expect(readings).toHaveLength(2)
  readings[1]?.('as it is')
  expect(await Promise.all(late)).toEqual(['as it is', 'as it is', 'as it is'])
  expect(readings).toHaveLength(2)
})

test('[PU17] what is made apart holds up no page', async () => {
  const { page } = scene()
  const stamp = { strict: 's', whole: '1' }
  const drawn = Promise.withResolvers<Uint8Array>()
  const card = page('/card.png', stamp, () => drawn.promise, { apart: true })
  expect((await page('/p/town', stamp, () => 'words')).plain.toString()).toBe('words')
  drawn.resolve(new Uint8Array([7]))
  expect([...(await card).plain]).toEqual([7])
})

test('what could not be made is not tried again for as long as it said, at most a minute, unless it would be another', async () => {
  const { at, page } = scene()
  let tried = 0
  const ask = (whole: string, error: Error) =>
    page('/plan.pdf', { strict: 's', whole }, () => {
      tried += 1
      throw error
    })
  const [slow, busy] = [new Error('slow'), new AppError('unavailable', { retryAfter: 5 })]
  await expect(ask('1', slow)).rejects.toThrow(slow)
  at.now = 59_999
  await expect(ask('1', busy)).rejects.toThrow(slow)
  expect(tried).toBe(1)
  await expect(ask('2', busy)).rejects.toThrow(busy)
  expect(tried).toBe(2)
  at.now += 4999
  await expect(ask('2', slow)).rejects.toThrow(busy)
  at.now += 1
  await expect(ask('2', slow)).rejects.toThrow(slow)
  expect(tried).toBe(3)
})
