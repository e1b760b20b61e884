import { Hono } from 'hono'
import type { Kysely } from 'kysely'
import type { Config } from '../../config.ts'
import type { Database } from '../../db/types.ts'
import type { HttpEnv } from '../../http/env.ts'
import type { Sessions } from '../sessions.ts'

/** What the other sign-on needs. */
export interface OpenIdDeps {
  db: Kysely<Database>
  sessions: Sessions
  config: Pick<Config, 'baseUrl' | 'openid'>
}

/** Signing in at an OpenID provider: the way there, and the way back. */
export function openIdRoutes(_deps: OpenIdDeps): Hono<HttpEnv> {
  return new Hono<HttpEnv>()
}
