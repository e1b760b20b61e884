import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createKeys } from '../keys.ts'
import { createThrottles, type SignInThrottle } from './throttling.ts'

let database: FreshDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

beforeEach(async () => {
  // Only the date: PostgreSQL is real and answers in its own time.
  vi.useFakeTimers({ toFake: ['Date'] })
  await database.db.deleteFrom('rateLimit').execute()
})
afterEach(() => {
  vi.useRealTimers()
})

const keys = createKeys('k'.repeat(43))
const limits = { seconds: 60, pair: 2, account: 4, network: 6 }
const throttles = () => createThrottles(database.pool, { keys, signIn: limits })
const signInThrottle = () => throttles().signIn

async function fail(throttle: SignInThrottle, email: string, network: string, times: number) {
  for (let time = 0; time < times; time += 1) await throttle.failed(email, network)
}

test('an account is closed to a network that failed too often, and open to all others', async () => {
  const throttle = signInThrottle()
  await fail(throttle, 'ana@example.test', '192.0.2.1', 2)

  await expect(throttle.check('ANA@example.test ', '192.0.2.1')).rejects.toMatchObject({ code: 'throttled' })
  await expect(throttle.check('ana@example.test', '192.0.2.2')).resolves.toBeUndefined()
  await expect(throttle.check('ben@example.test', '192.0.2.1')).resolves.toBeUndefined()
})

test('failures from many networks close the account to all of them', async () => {
  const throttle = signInThrottle()
  for (const network of ['a', 'b', 'c', 'd']) await fail(throttle, 'ana@example.test', network, 1)

  await expect(throttle.check('ana@example.test', 'e')).rejects.toMatchObject({ code: 'throttled' })
})

test('a network that fails with many accounts is closed to all of them', async () => {
  const throttle = signInThrottle()
  for (let number = 0; number < 6; number += 1) await fail(throttle, `${number}@example.test`, '192.0.2.1', 1)

  await expect(throttle.check('new@example.test', '192.0.2.1')).rejects.toMatchObject({ code: 'throttled' })
})

test('it says when to come back, and then lets in', async () => {
  const throttle = signInThrottle()
  await fail(throttle, 'ana@example.test', '192.0.2.1', 2)
  vi.advanceTimersByTime(20_000)

  await expect(throttle.check('ana@example.test', '192.0.2.1')).rejects.toMatchObject({ retryAfter: 40 })
  vi.advanceTimersByTime(40_000)
  await expect(throttle.check('ana@example.test', '192.0.2.1')).resolves.toBeUndefined()
})

test('a restart forgets no count', async () => {
  await fail(signInThrottle(), 'ana@example.test', '192.0.2.1', 2)

  await expect(signInThrottle().check('ana@example.test', '192.0.2.1')).rejects.toMatchObject({ code: 'throttled' })
})

test('what is known to be over is refused without asking the database', async () => {
  const throttle = signInThrottle()
  await fail(throttle, 'ana@example.test', '192.0.2.1', 2)
  expect(() => throttle.checkKnown('ana@example.test', '192.0.2.1')).not.toThrow()
  await expect(throttle.check('ana@example.test', '192.0.2.1')).rejects.toMatchObject({ code: 'throttled' })
  const query = vi.spyOn(database.pool, 'query')

  await expect(throttle.check('ana@example.test', '192.0.2.1')).rejects.toMatchObject({ code: 'throttled' })
  expect(() => throttle.checkKnown('ana@example.test', '192.0.2.1')).toThrow('throttled')
  // The other two places of the count are still asked by `check`; the one that is over is not.
  expect(query.mock.calls.length).toBeLessThanOrEqual(2)
  query.mockRestore()
  vi.advanceTimersByTime(60_001)
  await expect(throttle.check('ana@example.test', '192.0.2.1')).resolves.toBeUndefined()
})

test('of many attempts at once no more than the points pass, and right ones give their point back', async () => {
  const bucket = throttles().bucket('test', { points: 3, seconds: 60 })
  const taken = await Promise.allSettled(Array.from({ length: 20 }, () => bucket.take('someone')))
  expect(taken.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
  await expect(bucket.check('someone')).rejects.toMatchObject({ code: 'throttled', retryAfter: 60 })
  await expect(bucket.take('another')).resolves.toBeUndefined()

  const fair = throttles().bucket('fair', { points: 1, seconds: 60 })
  for (let round = 0; round < 5; round += 1) {
    await fair.take('someone')
    await fair.giveBack('someone')
  }
  await expect(fair.check('someone')).resolves.toBeUndefined()
})

test('[A8] the table tells neither who nor where from, and the same key is another one tomorrow', async () => {
  await fail(signInThrottle(), 'ana@example.test', '192.0.2.1', 1)
  const today = await database.db.selectFrom('rateLimit').select('key').orderBy('key').execute()
  vi.advanceTimersByTime(24 * 60 * 60 * 1000)
  await fail(signInThrottle(), 'ana@example.test', '192.0.2.1', 1)
  const both = await database.db.selectFrom('rateLimit').select('key').execute()

  expect(today).toHaveLength(3)
  expect(both).toHaveLength(6)
  expect(JSON.stringify(both)).not.toMatch(/ana|192\.0/)
})

test('when the counts cannot be kept, sign-ins are counted in memory, and everything else lets nobody through', async () => {
  const warn = vi.fn()
  const { signIn, bucket } = createThrottles(database.pool, { keys, signIn: limits, logger: { warn } })
  const codes = bucket('codes', { points: 3, seconds: 60 })
  await sql`alter table rate_limit rename to gone`.execute(database.db)
  try {
    await fail(signIn, 'ana@example.test', '192.0.2.1', 2)
    await expect(signIn.check('ana@example.test', '192.0.2.1')).rejects.toMatchObject({ code: 'throttled' })
    await expect(signIn.check('ana@example.test', '192.0.2.2')).resolves.toBeUndefined()
    await expect(codes.take('someone')).rejects.toThrow(/rate_limit/)
    await expect(codes.check('someone')).rejects.toThrow(/rate_limit/)
    // Told once for each of the three counts, not at every sign-in.
    expect(warn).toHaveBeenCalledTimes(3)
  } finally {
    await sql`alter table gone rename to rate_limit`.execute(database.db)
  }
})
