import { AppError } from '@cabildo/protocol/errors'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createGuesses } from './guesses.ts'
import { createThrottles } from './throttling.ts'

let database: FreshDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
beforeEach(() => database.db.deleteFrom('rateLimit').execute())
afterAll(() => database.drop())

const limits = { codes: 3, codesCalm: 5, codesEverywhere: 9, tokens: 4 }
const right = { codeHash: 'right' }
const wrong = { codeHash: 'wrong' }
const door = () => {
  const guesses = createGuesses(createThrottles(database.pool), 'workshop', limits)
  let looked = 0
  const find = async (hash: object) => {
    looked += 1
    return hash === right ? 'the workshop' : undefined
  }
  const guess = (network: string, hash: Parameters<typeof guesses.look>[1]) =>
    guesses.look(network, hash, find).catch((error: unknown) => (error instanceof AppError ? error.code : error))
  return { guess, looked: () => looked }
}
const many = (count: number, one: (index: number) => Promise<unknown>) =>
  Promise.all(Array.from({ length: count }, (_, index) => one(index)))

test('[T14] [WS13] a network that was wrong too often is not heard, also when right; others are', async () => {
  const { guess } = door()
  expect(await many(4, () => guess('a', wrong))).toEqual(['link_gone', 'link_gone', 'link_gone', 'throttled'])
  expect(await guess('a', right)).toBe('throttled')
  expect(await guess('b', right)).toBe('the workshop')
})

test('[T14] [WS13] of a thousand guesses sent at once only as many as are allowed are looked up', async () => {
  const { guess, looked } = door()
  await many(1000, () => guess('a', wrong))
  expect(looked()).toBe(limits.codes)
})

test('[WS13] what is right never counts, and what cannot be a code does not either', async () => {
  const { guess } = door()
  expect(new Set(await many(300, () => guess('village', right)))).toEqual(new Set(['the workshop']))
  expect(new Set(await many(20, () => guess('village', undefined)))).toEqual(new Set(['link_gone']))
  expect(await guess('village', right)).toBe('the workshop')
})

test('[T14] [WS13] when many guess, one wrong code a network is all, and who was not wrong still comes in', async () => {
  const { guess } = door()
  for (let network = 0; network < limits.codesCalm; network += 1) await guess(`calm ${network}`, wrong)
  expect(await guess('new', wrong)).toBe('link_gone')
  expect(await guess('new', right)).toBe('throttled')
  expect(await guess('elsewhere', right)).toBe('the workshop')
})

test('[T14] [WS13] when very many guess, no code leads in any more, and the QR does', async () => {
  const { guess, looked } = door()
  for (let network = 0; network < limits.codesEverywhere; network += 1) await guess(`${network}`, wrong)
  const before = looked()
  expect(await guess('elsewhere', right)).toBe('throttled')
  expect(looked()).toBe(before)
  expect(await guess('elsewhere', { linkHash: 'token' })).toBe('link_gone')
  expect(looked()).toBe(before + 1)
})
