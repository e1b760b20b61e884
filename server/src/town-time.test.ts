import { expect, test } from 'vitest'
import { townDay, townTime } from './town-time.ts'

test('[NE20] [IN28] the day is that of the town, not of the server', () => {
  expect(townTime(new Date('2026-03-28T04:59:00Z'))).toEqual({ day: '2026-03-27', hour: 23 })
  expect(townTime(new Date('2026-03-28T05:00:00Z'))).toEqual({ day: '2026-03-28', hour: 0 })
  expect(townTime(new Date('2026-03-28T11:00:00Z'))).toEqual({ day: '2026-03-28', hour: 6 })
  expect(townDay('2026-03-28T04:59:00Z')).toBe('2026-03-27')
})
