import { expect, test } from 'vitest'
import { createRandom } from './random.ts'

test('a seed repeats everything', () => {
  const run = () => {
    const random = createRandom(7)
    return [random.next(), random.integer(1, 6), random.pick(['a', 'b', 'c']), random.chance(0.5), ...random.bytes(4)]
  }
  expect(run()).toEqual(run())
})

test('numbers fill their range and nothing else', () => {
  const random = createRandom(1)
  const rolls = Array.from({ length: 6000 }, () => random.integer(1, 6))
  const counts = [1, 2, 3, 4, 5, 6].map((side) => rolls.filter((roll) => roll === side).length)
  expect(counts.reduce((sum, count) => sum + count)).toBe(6000)
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150)
})

test('nothing to pick from is a mistake', () => {
  expect(() => createRandom(1).pick([])).toThrow('nothing to pick from')
})
