import { expect, test } from 'vitest'
import { answeredOn } from './matrix.ts'

test('[IN28] the day of an answer is that of the town, where it is five hours earlier than in Greenwich', () => {
  expect(answeredOn({ answeredAt: '2026-11-29T04:59:59.000Z' })).toBe('2026-11-28')
  expect(answeredOn({ answeredAt: '2026-11-29T05:00:00.000Z' })).toBe('2026-11-29')
})
