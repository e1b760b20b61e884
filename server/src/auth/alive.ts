import { type RawBuilder, sql } from 'kysely'

/** How long a session lives: unused, and at most. The database counts, against its own clock. */
export const lifetime = { idle: '12 hours', absolute: '14 days', refresh: '15 minutes' } as const

/**
 * The one definition of a live session, over a `session` row named `s` and its owner's `user_account` row named `u`:
 * not ended, not idle, not too old, its owner neither suspended nor erased nor with a newer password. Time is the database's.
 */
export const isAlive: RawBuilder<boolean> = sql<boolean>`(
  s.ended_at is null
  and s.idle_expires_at > now()
  and s.absolute_expires_at > now()
  and u.suspended_at is null
  and u.erased_at is null
  and (u.password_changed_at is null or u.password_changed_at <= s.created_at)
)`
