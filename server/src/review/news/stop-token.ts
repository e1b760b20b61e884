import { timingSafeEqual } from 'node:crypto'
import type { Keys } from '../../keys.ts'

const sealOf = (keys: Pick<Keys, 'derive'>, userId: string) => keys.derive('news stop', userId, 16)

/** What stops letters to somebody without signing in: their id, and what only this installation can make of it. */
export function stopToken(keys: Pick<Keys, 'derive'>, userId: string): string {
  return `${userId}.${sealOf(keys, userId).toString('base64url')}`
}

/** Whose letters a token stops; undefined when it was not made here. */
export function whoStops(keys: Pick<Keys, 'derive'>, token: string): string | undefined {
  const [userId = '', seal = ''] = token.split('.')
  const given = Buffer.from(seal, 'base64url')
  const made = sealOf(keys, userId)
  return given.length === made.length && timingSafeEqual(given, made) ? userId : undefined
}
