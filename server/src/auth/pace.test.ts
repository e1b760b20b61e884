import { createManualClock } from '@cabildo/testkit/clock'
import { expect, test } from 'vitest'
import { createPace, type Pace } from './pace.ts'

/** Sends `count` through and tells what became of each so far. */
function crowd(pace: Pace, count: number, from?: string) {
  const seen = { begun: 0, refused: 0 }
  for (let number = 0; number < count; number += 1) {
    pace.begin(from).then(
      () => {
        seen.begun += 1
      },
      () => {
        seen.refused += 1
      },
    )
  }
  return seen
}
const settled = () => new Promise((resolve) => setImmediate(resolve))

test('[A9] a second of work begins at once, the rest in step, and what would wait too long is refused at once', async () => {
  const clock = createManualClock()
  const pace = createPace(10, clock)
  const networks = Array.from({ length: 5 }, (_, number) => crowd(pace, 20, `network ${number}`))
  const total = () => networks.reduce((sum, { begun }) => sum + begun, 0)
  await settled()
  expect([total(), networks.reduce((sum, { refused }) => sum + refused, 0)]).toEqual([10, 100 - 10 - 20])

  clock.advance(1000)
  await settled()
  expect(total()).toBe(20)
  clock.advance(1000)
  await settled()
  expect([total(), clock.waiting()]).toEqual([30, 0])
})

test('[A9] a flood from one network leaves places to wait for others', async () => {
  const clock = createManualClock()
  const pace = createPace(10, clock)
  const flood = crowd(pace, 500, 'flood')
  await settled()
  expect(flood).toEqual({ begun: 10, refused: 500 - 10 - 10 })

  expect(() => pace.check('flood')).toThrow('throttled')
  expect(() => pace.check('home')).not.toThrow()

  const honest = crowd(pace, 1, 'home')
  clock.advance(1100)
  await settled()
  expect(honest).toEqual({ begun: 1, refused: 0 })
})

test('[A9] while a flood from everywhere has to be refused work begins more slowly, and as usual when it is over', async () => {
  const clock = createManualClock()
  const pace = createPace(10, clock, 2)
  let begun = 0
  const second = async () => {
    for (let from = 0; from < 40; from += 1) {
      pace.begin(`network ${from}`).then(
        () => {
          begun += 1
        },
        () => {},
      )
    }
    clock.advance(1000)
    await settled()
    const now = begun
    begun = 0
    return now
  }
  // Who was let in to wait before the flood was one comes in step.
  expect([await second(), await second()]).toEqual([20, 10])
  const slow = [await second(), await second(), await second(), await second()]
  expect(slow.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(4 * 2 + 2)
  expect(Math.max(...slow)).toBeGreaterThan(0)

  clock.advance(10_000)
  await settled()
  begun = 0
  const calm = crowd(pace, 20)
  await settled()
  clock.advance(1000)
  await settled()
  expect(calm).toEqual({ begun: 20, refused: 0 })
})

test('refused ones are told when to come back, and what is saved up is never more than a second', async () => {
  const clock = createManualClock()
  const pace = createPace(10, clock)
  clock.advance(3_600_000)
  const seen = crowd(pace, 100)
  await settled()
  expect(seen.begun).toBe(10)
  expect(() => pace.check()).toThrow('throttled')
  await expect(pace.begin()).rejects.toMatchObject({ code: 'throttled', retryAfter: 2 })
})
