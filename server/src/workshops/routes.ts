import { Hono } from 'hono'
import type { Kysely } from 'kysely'
import type { Sessions } from '../auth/sessions.ts'
import type { Throttles } from '../auth/throttling.ts'
import type { Database } from '../db/types.ts'
import type { HttpEnv } from '../http/env.ts'
import type { Keys } from '../keys.ts'
import type { Rooms } from '../rooms/ports.ts'

/** What workshops need. */
export interface WorkshopDeps {
  db: Kysely<Database>
  sessions: Sessions
  throttles: Throttles
  keys: Keys
  rooms: Pick<Rooms, 'inside' | 'recheck'>
  config: { readonly baseUrl: string }
}

/** Workshops, and the phones that people share there. */
export function workshopRoutes(_deps: WorkshopDeps): Hono<HttpEnv> {
  return new Hono<HttpEnv>()
}
