import { Hono } from 'hono'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/types.ts'
import type { HttpEnv } from '../../http/env.ts'
import type { Mailer } from '../../mail/mailer.ts'
import type { Rooms } from '../../rooms/ports.ts'
import type { Passwords } from '../passwords.ts'
import type { Sessions } from '../sessions.ts'
import type { Throttles } from '../throttling.ts'

/** What one-time links need. */
export interface LinkDeps {
  db: Kysely<Database>
  sessions: Sessions
  passwords: Passwords
  throttles: Throttles
  mailer: Mailer
  rooms: Pick<Rooms, 'recheck'>
  config: { readonly baseUrl: string }
}

/** Invitations, recovery, and using a one-time link. */
export function linkRoutes(_deps: LinkDeps): Hono<HttpEnv> {
  return new Hono<HttpEnv>()
}
