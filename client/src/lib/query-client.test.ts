import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createQueryClient } from './query-client.ts'
import { Refusal } from './refusal.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** Asks one question that is always refused, lets all the time pass, and says how often it was asked. */
async function timesAsked(error: unknown, { onSignedOut = () => {} } = {}): Promise<number> {
  const client = createQueryClient({ onSignedOut })
  let asked = 0
  const answer = client
    .fetchQuery({
      queryKey: ['x'],
      queryFn: () => {
        asked++
        return Promise.reject(error)
      },
      // `fetchQuery` switches asking again off unless told what the client does.
      retry: client.getDefaultOptions().queries?.retry,
    } as Parameters<typeof client.fetchQuery>[0])
    .catch(() => {})
  await vi.runAllTimersAsync()
  await answer
  return asked
}

test('a server that was away is asked again twice', async () => {
  expect(await timesAsked(new Refusal('unavailable', 503))).toBe(3)
  expect(await timesAsked(new Refusal('offline', 0))).toBe(3)
  expect(await timesAsked(new Error('defect'))).toBe(3)
})

test('a refusal is not asked again', async () => {
  expect(await timesAsked(new Refusal('not_found', 404))).toBe(1)
  expect(await timesAsked(new Refusal('throttled', 429))).toBe(1)
})

test('a device that knows it is offline does not wait for what it cannot get', async () => {
  vi.stubGlobal('navigator', { onLine: false })
  expect(await timesAsked(new Refusal('offline', 0))).toBe(1)
})

test('the end of a session is told, of a question and of a change', async () => {
  const onSignedOut = vi.fn()
  await timesAsked(new Refusal('forbidden', 403), { onSignedOut })
  expect(onSignedOut).not.toHaveBeenCalled()
  await timesAsked(new Refusal('signed_out', 401), { onSignedOut })
  expect(onSignedOut).toHaveBeenCalledTimes(1)
  const client = createQueryClient({ onSignedOut })
  const change = client
    .getMutationCache()
    .build(client, { mutationFn: () => Promise.reject(new Refusal('signed_out', 401)) })
  await change.execute(undefined).catch(() => {})
  expect(onSignedOut).toHaveBeenCalledTimes(2)
})
