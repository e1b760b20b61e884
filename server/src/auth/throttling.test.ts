import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createSignInThrottle } from './throttling.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const limits = { seconds: 60, pair: 2, account: 4, network: 6 }

async function fail(throttle: ReturnType<typeof createSignInThrottle>, email: string, network: string, times: number) {
  for (let time = 0; time < times; time += 1) await throttle.failed(email, network)
}

test('an account is closed to a network that failed too often, and open to all others', async () => {
  const throttle = createSignInThrottle(limits)
  await fail(throttle, 'ana@example.test', '192.0.2.1', 2)

  await expect(throttle.check('ANA@example.test ', '192.0.2.1')).rejects.toMatchObject({ code: 'throttled' })
  await expect(throttle.check('ana@example.test', '192.0.2.2')).resolves.toBeUndefined()
  await expect(throttle.check('ben@example.test', '192.0.2.1')).resolves.toBeUndefined()
})

test('failures from many networks close the account to all of them', async () => {
  const throttle = createSignInThrottle(limits)
  for (const network of ['a', 'b', 'c', 'd']) await fail(throttle, 'ana@example.test', network, 1)

  await expect(throttle.check('ana@example.test', 'e')).rejects.toMatchObject({ code: 'throttled' })
})

test('a network that fails with many accounts is closed to all of them', async () => {
  const throttle = createSignInThrottle(limits)
  for (let number = 0; number < 6; number += 1) await fail(throttle, `${number}@example.test`, '192.0.2.1', 1)

  await expect(throttle.check('new@example.test', '192.0.2.1')).rejects.toMatchObject({ code: 'throttled' })
})

test('it says when to come back, and then lets in', async () => {
  const throttle = createSignInThrottle(limits)
  await fail(throttle, 'ana@example.test', '192.0.2.1', 2)
  vi.advanceTimersByTime(20_000)

  await expect(throttle.check('ana@example.test', '192.0.2.1')).rejects.toMatchObject({ retryAfter: 40 })
  vi.advanceTimersByTime(40_000)
  await expect(throttle.check('ana@example.test', '192.0.2.1')).resolves.toBeUndefined()
})
