import { expect, test } from 'vitest'
import { z } from 'zod'
import { cursorOf, cutPage, keyOf } from './paging.ts'

test('a cursor gives its key back', () => {
  expect(keyOf(cursorOf('chepo') ?? '', z.string())).toBe('chepo')
  expect(keyOf(cursorOf(90) ?? '', z.number())).toBe(90)
  expect(keyOf(cursorOf(['ana', 'x']) ?? '', z.tuple([z.string(), z.string()]))).toEqual(['ana', 'x'])
  expect(cursorOf(null)).toBeNull()
  expect(keyOf(undefined, z.string())).toBeUndefined()
})

test.each(['', 'nonsense', '%', cursorOf('text') ?? ''])('%j is no cursor of a list keyed by numbers', (cursor) => {
  expect(() => keyOf(cursor, z.number())).toThrow(
    expect.objectContaining({ code: 'invalid', errors: [{ pointer: '/cursor', detail: expect.any(String) }] }),
  )
})

test('a page ends where another item follows, and nowhere else', () => {
  const key = (item: number) => item
  expect(cutPage([1, 2, 3], 2, key)).toEqual({ items: [1, 2], nextCursor: cursorOf(2) })
  expect(cutPage([1, 2], 2, key)).toEqual({ items: [1, 2], nextCursor: null })
  expect(cutPage([], 2, key)).toEqual({ items: [], nextCursor: null })
})
