import type { Context } from 'hono'
import { Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import { networkOf } from '../../http/address.ts'
import type { HttpEnv } from '../../http/env.ts'
import { operation } from '../../http/operation.ts'
import { createDeviceCookie } from './cookie.ts'
import { type Caller, type DeviceDeps, join, look, pass, readDevice, type Seated } from './service.ts'

/** Coming into a workshop, and passing the phone round. */
export function deviceRoutes(deps: DeviceDeps & { sessions: { readonly cookieName: string } }): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  const deviceCookie = createDeviceCookie(deps)
  const callerOf = (c: Context<HttpEnv>): Caller => ({
    actor: c.var.actor,
    network: networkOf(c.var.address),
    device: deviceCookie.read(c),
    session: getCookie(c, deps.sessions.cookieName),
  })
  const seat = (c: Context<HttpEnv>, { user, device, sessionCookie, deviceSecret }: Seated) => {
    if (sessionCookie !== undefined) c.header('Set-Cookie', sessionCookie, { append: true })
    if (deviceSecret !== undefined) deviceCookie.write(c, deviceSecret)
    return { user, device }
  }

  operation(app, 'POST /api/workshops/look', ({ body }, c) => look(deps, callerOf(c), body))

  operation(app, 'POST /api/workshops/join', async ({ body }, c) => seat(c, await join(deps, callerOf(c), body)))

  operation(app, 'GET /api/device', (_, c) => readDevice(deps, callerOf(c)))

  operation(app, 'POST /api/device/active', async ({ body }, c) => seat(c, await pass(deps, callerOf(c), body.userId)))

  return app
}
