import { getCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import type { Sessions } from '../auth/sessions.ts'
import type { HttpEnv } from './env.ts'

/** Puts the person behind the session cookie into `c.var.actor`. A cookie that is no live session counts as none. */
export function sessionCookie(sessions: Sessions) {
  return createMiddleware<HttpEnv>(async (c, next) => {
    // Not Lucia's own reader: it throws on a cookie of somebody else that does not decode.
    const secret = getCookie(c, sessions.cookieName)
    c.set('actor', secret === undefined ? undefined : await sessions.identify(secret))
    await next()
  })
}
