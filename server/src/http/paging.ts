import { AppError } from '@cabildo/protocol/errors'
import type { z } from 'zod'
import { refuseNul } from './nul.ts'

/** How many items a page holds when nobody says. */
export const usualLimit = 50

/** What an item of a list is found by: one value, or several that decide in turn. */
export type PageKey = string | number | readonly (string | number)[]

/** A key of the last item shown, as an opaque cursor. Null stays null: there is no next page. */
export function cursorOf(key: PageKey | null): string | null {
  return key === null ? null : Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** The key inside a cursor that `cursorOf` made; anything else is refused as `invalid`. */
export function keyOf<Key extends z.ZodType>(cursor: string | undefined, schema: Key): z.output<Key> | undefined {
  if (cursor === undefined) return undefined
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    refuseNul(key)
    return schema.parse(key)
  } catch {
    throw new AppError('invalid', { errors: [{ pointer: '/cursor', detail: 'Not a cursor of this list.' }] })
  }
}

/**
 * Cuts a page out of one item more than it may hold: that one tells whether another page follows, which starts after
 * the key of the last item shown.
 */
export function cutPage<Item>(
  found: readonly Item[],
  limit: number,
  keyOfItem: (item: Item) => PageKey,
): { items: Item[]; nextCursor: string | null } {
  const items = found.slice(0, limit)
  const last = items.at(-1)
  const next = found.length > limit && last !== undefined ? keyOfItem(last) : null
  return { items, nextCursor: cursorOf(next) }
}
