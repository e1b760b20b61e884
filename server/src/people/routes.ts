import { Hono } from 'hono'
import type { Kysely } from 'kysely'
import type { Database } from '../db/types.ts'
import type { HttpEnv } from '../http/env.ts'
import type { Keys } from '../keys.ts'
import type { Rooms } from '../rooms/ports.ts'

/** What groups and members need. */
export interface PeopleDeps {
  db: Kysely<Database>
  rooms: Pick<Rooms, 'recheck'>
  keys: Keys
}

/** Groups, members, the table of rights. */
export function peopleRoutes(_deps: PeopleDeps): Hono<HttpEnv> {
  return new Hono<HttpEnv>()
}
