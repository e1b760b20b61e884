import { AppError } from '@cabildo/protocol/errors'
import { type Context, Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Kysely } from 'kysely'
import type { Database } from '../db/types.ts'
import { networkOf } from '../http/address.ts'
import { deviceLabel } from '../http/device-label.ts'
import type { HttpEnv } from '../http/env.ts'
import { operation } from '../http/operation.ts'
import type { Keys } from '../keys.ts'
import type { Rooms } from '../rooms/ports.ts'
import { createCeremonies } from './ceremonies.ts'
import { createCodes } from './factors/codes.ts'
import type { KnownDevices } from './known-devices.ts'
import { acceptPasskey, beginPasskeySignIn } from './passkeys/service.ts'
import type { Passwords } from './passwords.ts'
import {
  type Coming,
  endEverywhere,
  endSession,
  enter,
  listSessions,
  readSession,
  type SignedIn,
  signIn,
  signOut,
} from './service.ts'
import type { Sessions } from './sessions.ts'
import type { Throttles } from './throttling.ts'

/** What signing in and out needs. */
export interface AuthRouteDeps {
  db: Kysely<Database>
  sessions: Sessions
  passwords: Passwords
  throttles: Throttles
  devices: KnownDevices
  keys: Keys
  rooms: Pick<Rooms, 'recheck'>
  config: { readonly baseUrl: string }
  now: () => Date
}

/** Signing in and out, and where one is signed in. `rooms` looks again when a session ends: its open sockets end at once. */
export function authRoutes(deps: AuthRouteDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  const { sessions, rooms, throttles, devices } = deps
  const ceremonies = createCeremonies(deps.db, { secure: deps.config.baseUrl.startsWith('https:') })
  const parts = { ...deps, throttle: throttles.signIn, codes: createCodes(deps), ceremonies }
  // A town hall shares one address, and a login page may begin a ceremony each time it is shown.
  const begun = throttles.bucket('passkey: begun', { points: 300, seconds: 15 * 60 })
  const failed = throttles.bucket('passkey: failed', { points: 100, seconds: 15 * 60 })

  const comingOf = (c: Context<HttpEnv>): Coming => ({
    network: networkOf(c.var.address),
    device: devices.read(getCookie(c, devices.cookieName)),
    shown: getCookie(c, sessions.cookieName),
    label: deviceLabel(c.req.header('user-agent')),
  })
  const answer = (c: Context<HttpEnv>, { user, cookie }: SignedIn, { shown }: Coming) => {
    // The session this browser had is over, and so are its open sockets.
    if (shown !== undefined) rooms.recheck()
    c.header('Set-Cookie', cookie)
    c.header('Set-Cookie', devices.cookieFor(user.id), { append: true })
    return { user }
  }

  operation(app, 'POST /api/session', async ({ body }, c) => {
    const coming = comingOf(c)
    return answer(c, await signIn(parts, { ...coming, ...body }), coming)
  })

  operation(app, 'POST /api/session/passkey/options', async (_, c) => {
    await begun.take(networkOf(c.var.address))
    const { options, cookie } = await beginPasskeySignIn(parts)
    c.header('Set-Cookie', cookie)
    return { ...options }
  })

  operation(app, 'POST /api/session/passkey', async ({ body }, c) => {
    const coming = comingOf(c)
    await failed.check(coming.network)
    const secret = getCookie(c, ceremonies.cookieName('passkey_sign_in'))
    const user = await acceptPasskey(parts, { ...body, secret })
    if (!user) {
      await failed.count(coming.network)
      throw new AppError('wrong_credentials')
    }
    const signedIn = answer(c, await enter(parts, user, coming, { secondFactor: true }), coming)
    c.header('Set-Cookie', ceremonies.blankCookie('passkey_sign_in'), { append: true })
    return signedIn
  })

  operation(app, 'GET /api/session', async ({ actor }) => readSession(deps, actor))

  operation(app, 'DELETE /api/session', async ({ actor }, c) => {
    // Without a live session there is nothing to end, and nobody to look at again.
    if (actor) {
      await signOut(deps, getCookie(c, sessions.cookieName))
      rooms.recheck()
    }
    c.header('Set-Cookie', sessions.blankCookie)
    return undefined
  })

  operation(app, 'GET /api/sessions', async ({ actor }) => ({ items: await listSessions(deps, actor) }))

  operation(app, 'DELETE /api/sessions', async ({ actor }, c) => {
    await endEverywhere(deps, actor)
    rooms.recheck()
    c.header('Set-Cookie', sessions.blankCookie)
    return undefined
  })

  operation(app, 'DELETE /api/sessions/:sessionId', async ({ actor, params }, c) => {
    await endSession(deps, actor, params.sessionId)
    rooms.recheck()
    if (params.sessionId === actor.sessionId) c.header('Set-Cookie', sessions.blankCookie)
    return undefined
  })

  return app
}
