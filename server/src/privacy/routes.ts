import { Hono } from 'hono'
import type { Kysely } from 'kysely'
import type { Passwords } from '../auth/passwords.ts'
import type { Sessions } from '../auth/sessions.ts'
import type { Throttles } from '../auth/throttling.ts'
import type { Database } from '../db/types.ts'
import type { HttpEnv } from '../http/env.ts'
import type { Rooms } from '../rooms/ports.ts'

/** What personal data needs. */
export interface PrivacyDeps {
  db: Kysely<Database>
  sessions: Sessions
  passwords: Passwords
  throttles: Throttles
  rooms: Pick<Rooms, 'recheck'>
  now: () => Date
}

/** Display, consent, export, erasure: what a person may do with what is about them. */
export function privacyRoutes(_deps: PrivacyDeps): Hono<HttpEnv> {
  return new Hono<HttpEnv>()
}
