import { expect, test } from 'vitest'
import { dayAfter, dayOf, offeredDays, timesOf } from './model.ts'

// Noon, so that no zone moves it to another day.
const now = new Date(2026, 2, 28, 12)

test('a window is offered from today for the usual days, and longer by a week', () => {
  expect(dayOf(now)).toBe('2026-03-28')
  expect(dayAfter(now, 4)).toBe('2026-04-01')
  expect(offeredDays('opens', { now, days: 14, window: null })).toEqual({ opens: '2026-03-28', closes: '2026-04-11' })
  const window = { closesAt: new Date(2026, 3, 2, 23, 59).toISOString() }
  expect(offeredDays('extends', { now, days: 14, window })).toEqual({ opens: '', closes: '2026-04-09' })
  const past = { closesAt: new Date(2026, 1, 2).toISOString() }
  expect(offeredDays('extends', { now, days: 14, window: past }).closes).toBe('2026-04-04')
})

test('a window goes to the end of its last day, and from the beginning of a first one that is later', () => {
  const end = new Date(2026, 3, 11, 23, 59, 59, 999).toISOString()
  expect(timesOf({ opens: '2026-03-28', closes: '2026-04-11' }, now)).toEqual({ closesAt: end })
  expect(timesOf({ opens: '', closes: '2026-04-11' }, now)).toEqual({ closesAt: end })
  const opensAt = new Date(2026, 3, 1).toISOString()
  expect(timesOf({ opens: '2026-04-01', closes: '2026-04-11' }, now)).toEqual({ opensAt, closesAt: end })
  expect(timesOf({ opens: '2026-04-01', closes: '' }, now)).toEqual({ opensAt })
})
