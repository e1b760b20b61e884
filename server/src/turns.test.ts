import { expect, test } from 'vitest'
import { createLine } from './turns.ts'

test('a line does one piece of work at a time, and refuses the one too many before anything of it is done', async () => {
  const inLine = createLine(2, { retryAfter: 5 })
  const begun: number[] = []
  const ends: (() => void)[] = []
  const work = (which: number) =>
    inLine(async () => {
      begun.push(which)
      await new Promise<void>((resolve) => ends.push(resolve))
      return which
    })
  const [one, two] = [work(1), work(2)]
  await expect(work(3)).rejects.toMatchObject({ code: 'unavailable', retryAfter: 5 })
  expect(begun).toEqual([1])
  ends[0]?.()
  expect(await one).toBe(1)
  const four = work(4)
  await new Promise((resolve) => setImmediate(resolve))
  ends[1]?.()
  expect(await two).toBe(2)
  await new Promise((resolve) => setImmediate(resolve))
  ends[2]?.()
  expect(await four).toBe(4)
  expect(begun).toEqual([1, 2, 4])
})

test('work that fails gives up its place', async () => {
  const inLine = createLine(1, { retryAfter: 5 })
  await expect(inLine(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await inLine(async () => 'yes')).toBe('yes')
})
