import { Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import { networkOf } from '../http/address.ts'
import type { HttpEnv } from '../http/env.ts'
import { operation } from '../http/operation.ts'
import type { Rooms } from '../rooms/ports.ts'
import { type AuthDeps, readSession, signIn, signOut } from './service.ts'

/** Signing in and out. `rooms` looks again when a session ends, so that its open sockets end at once. */
export function authRoutes(deps: AuthDeps & { rooms: Pick<Rooms, 'recheck'> }): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()

  operation(app, 'POST /api/session', async ({ body }, c) => {
    const shown = getCookie(c, deps.sessions.cookieName)
    const { user, cookie } = await signIn(deps, { ...body, network: networkOf(c.var.address), shown })
    // The session this browser had is over, and so are its open sockets.
    if (shown !== undefined) deps.rooms.recheck()
    c.header('Set-Cookie', cookie)
    return { user }
  })

  operation(app, 'GET /api/session', async ({ actor }) => readSession(deps, actor))

  operation(app, 'DELETE /api/session', async (_, c) => {
    await signOut(deps, getCookie(c, deps.sessions.cookieName))
    deps.rooms.recheck()
    c.header('Set-Cookie', deps.sessions.blankCookie)
    return undefined
  })

  return app
}
