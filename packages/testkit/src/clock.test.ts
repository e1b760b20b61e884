import { expect, test } from 'vitest'
import { createManualClock } from './clock.ts'

test('what falls due runs in order of time, each at its own moment, also what that asks for', () => {
  const clock = createManualClock(0)
  const ran: string[] = []
  const note = (name: string) => () => ran.push(`${name} at ${clock.now()}`)
  clock.after(30, note('c'))
  clock.after(10, () => {
    note('a')()
    clock.after(10, note('b'))
  })
  clock.after(100, note('never'))
  const cancel = clock.after(15, note('cancelled'))
  cancel()

  clock.advance(30)
  expect(ran).toEqual(['a at 10', 'b at 20', 'c at 30'])
  expect([clock.now(), clock.waiting()]).toEqual([30, 1])
})

test('what is due at once waits for the clock to be moved, even by nothing', () => {
  const clock = createManualClock()
  let ran = false
  clock.after(0, () => {
    ran = true
  })
  expect(ran).toBe(false)
  clock.advance(0)
  expect(ran).toBe(true)
})
