import { Hono } from 'hono'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/types.ts'
import type { HttpEnv } from '../../http/env.ts'
import type { Keys } from '../../keys.ts'
import type { Rooms } from '../../rooms/ports.ts'
import type { Passwords } from '../passwords.ts'
import type { Sessions } from '../sessions.ts'
import type { Throttles } from '../throttling.ts'

/** What one's own account needs. */
export interface ProfileDeps {
  db: Kysely<Database>
  sessions: Sessions
  passwords: Passwords
  throttles: Throttles
  keys: Keys
  rooms: Pick<Rooms, 'recheck'>
  config: { readonly baseUrl: string }
}

/** The profile: name, address, password, authenticator, recovery codes, passkeys, sessions. */
export function profileRoutes(_deps: ProfileDeps): Hono<HttpEnv> {
  return new Hono<HttpEnv>()
}
