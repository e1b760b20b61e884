import { describe, expect, test } from 'vitest'
import { clockWords, dayWords, momentWords, whenWords, wordsHoldFor } from './dates.ts'

const zone = 'America/Panama'
/** Intl separates `p. m.` with spaces that look alike. */
const plain = (words: string) => words.replace(/[\u00a0\u202f]/g, ' ')

describe('words for times', () => {
  test('a day is told as the house tells it', () => {
    expect(dayWords('2024-03-28T15:00:00.000Z', 'es', zone)).toBe('28 de marzo de 2024')
    expect(dayWords('2024-03-28T15:00:00.000Z', 'en', zone)).toBe('28 March 2024')
  })

  test('the day is that of the place, not of Greenwich', () => {
    expect(dayWords('2024-03-29T03:00:00.000Z', 'es', zone)).toBe('28 de marzo de 2024')
  })

  test('a clock time and a moment', () => {
    expect(plain(clockWords('2024-03-28T20:04:00.000Z', 'es', zone))).toBe('3:04 p. m.')
    expect(plain(momentWords('2024-03-28T20:04:00.000Z', 'es', zone))).toBe('28 de marzo de 2024, 3:04 p. m.')
  })

  test.each([
    ['2024-03-28T17:59:40.000Z', 'ahora'],
    ['2024-03-28T18:00:40.000Z', 'ahora'],
    ['2024-03-28T17:59:00.000Z', 'hace 1 minuto'],
    ['2024-03-28T17:01:00.000Z', 'hace 59 minutos'],
    ['2024-03-28T17:00:00.000Z', 'hoy, 12:00 p. m.'],
    ['2024-03-28T05:00:00.000Z', 'hoy, 12:00 a. m.'],
    ['2024-03-28T04:59:00.000Z', '27 de marzo de 2024'],
    ['2023-03-28T18:00:00.000Z', '28 de marzo de 2023'],
  ])('%s is told as %s at 1 in the afternoon', (time, words) => {
    expect(plain(whenWords(time, new Date('2024-03-28T18:00:00.000Z'), 'es', zone))).toBe(words)
  })

  test('words are looked at again only as long as they can change', () => {
    const now = new Date('2024-03-28T18:00:00.000Z')
    expect(wordsHoldFor('2024-03-28T17:59:00.000Z', now)).toBe(60_000)
    expect(wordsHoldFor('2024-03-28T10:00:00.000Z', now)).toBe(3_600_000)
    expect(wordsHoldFor('2024-03-20T10:00:00.000Z', now)).toBeUndefined()
  })
})
