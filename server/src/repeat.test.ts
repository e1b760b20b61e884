import { createManualClock } from '@cabildo/testkit/clock'
import { expect, test, vi } from 'vitest'
import { repeat } from './repeat.ts'

/** Something repeated whose runs end when told. */
function repeated() {
  const clock = createManualClock()
  const failures: unknown[] = []
  const begun: { end: () => void; fail: (error: Error) => void; enough: () => boolean }[] = []
  const logger = { error: (what: { err: unknown }, why: string) => failures.push([what.err, why]) }
  const loop = repeat({ clock, logger: logger as never }, { every: 1000, failure: 'it failed' }, (enough) => {
    return new Promise<void>((end, fail) => begun.push({ end, fail, enough }))
  })
  return { clock, failures, begun, loop }
}

test('it is done at once and so long after each end, never twice at a time', async () => {
  const { clock, begun, loop } = repeated()
  loop.start()
  expect(begun).toHaveLength(1)
  clock.advance(5000)
  expect(begun).toHaveLength(1)
  begun[0]?.end()
  await vi.waitFor(() => expect(clock.waiting()).toBe(1))
  clock.advance(999)
  expect(begun).toHaveLength(1)
  clock.advance(1)
  expect(begun).toHaveLength(2)
})

test('what failed is said, and done again the next time', async () => {
  const { clock, failures, begun, loop } = repeated()
  loop.start()
  const error = new Error('no')
  begun[0]?.fail(error)
  await vi.waitFor(() => expect(failures).toEqual([[error, 'it failed']]))
  clock.advance(1000)
  expect(begun).toHaveLength(2)
})

test('stopping tells the one under way, waits for it, and begins no other', async () => {
  const { clock, begun, loop } = repeated()
  loop.start()
  expect(begun[0]?.enough()).toBe(false)
  let over = false
  const stopping = loop.stop().then(() => {
    over = true
  })
  expect(begun[0]?.enough()).toBe(true)
  await Promise.resolve()
  expect(over).toBe(false)
  begun[0]?.end()
  await stopping
  expect(clock.waiting()).toBe(0)
  loop.start()
  expect(begun).toHaveLength(1)
})
