import type { HttpBindings } from '@hono/node-server'
import type { Actor } from '../auth/sessions.ts'
import type { Rates } from './rates.ts'

/** What every handler finds on its context. */
export interface HttpEnv {
  /** Node's request and answer; absent when a test calls the app without a socket. */
  Bindings: Partial<HttpBindings>
  Variables: {
    /** Names this request in the log and in `X-Request-Id`. */
    requestId: string
    /** The caller's address; behind a trusted proxy, the one it vouches for. Never stored. */
    address: string
    /** Who is signed in. Set from the session cookie, nothing else. */
    actor: Actor | undefined
    /** Bounds how often one may ask; absent when a test mounts an operation alone. */
    rates: Rates | undefined
  }
}
