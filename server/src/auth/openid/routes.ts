import { AppError } from '@cabildo/protocol/errors'
import { type Context, Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Kysely } from 'kysely'
import type { Config } from '../../config.ts'
import type { Database } from '../../db/types.ts'
import { networkOf } from '../../http/address.ts'
import { deviceLabel } from '../../http/device-label.ts'
import type { HttpEnv } from '../../http/env.ts'
import { operation } from '../../http/operation.ts'
import type { Keys } from '../../keys.ts'
import type { Logger } from '../../log.ts'
import type { Rooms } from '../../rooms/ports.ts'
import { createCeremonies } from '../ceremonies.ts'
import { createCodes } from '../factors/codes.ts'
import type { Passwords } from '../passwords.ts'
import { createProof } from '../proof.ts'
import type { Sessions } from '../sessions.ts'
import type { Throttles } from '../throttling.ts'
import { createProvider } from './provider.ts'
import { finishSecondStep } from './second-step.ts'
import { arrive, beginLinking, beginSignOn, removeIdentity } from './service.ts'

/** What the other sign-on needs. */
export interface OpenIdDeps {
  db: Kysely<Database>
  sessions: Sessions
  passwords: Passwords
  throttles: Throttles
  keys: Keys
  now: () => Date
  rooms: Pick<Rooms, 'recheck'>
  config: Pick<Config, 'baseUrl' | 'openid'>
  logger: Pick<Logger, 'warn'>
}

const failedAddress = '/login?openid=failed'

/** Signing in at an OpenID provider: the way there, and the way back; and linking an account there to one's own. */
export function openIdRoutes(deps: OpenIdDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  const { db, sessions, rooms, config, logger, throttles } = deps
  const ceremonies = createCeremonies(db, { secure: config.baseUrl.startsWith('https:') })
  const provider = config.openid && createProvider(config, config.openid)
  const proof = createProof(deps)
  const codes = createCodes(deps)
  const begun = throttles.bucket('openid: begun', { points: 300, seconds: 15 * 60 })

  /** Sends the browser on. A page is where it ends up, also when something failed: nobody sees JSON here. */
  const leadingOn = async (c: Context<HttpEnv>, lead: () => Promise<string>): Promise<Response> => {
    c.header('Cache-Control', 'no-store')
    try {
      return c.redirect(await lead(), 303)
    } catch (error) {
      // What the provider said may be about somebody, so only the kind of failure is told.
      const { name, code } = error as { name?: string; code?: string }
      logger.warn({ err: { name, code } }, 'a sign-in at the OpenID provider failed')
      return c.redirect(failedAddress, 303)
    }
  }

  app.get('/api/openid/start', async (c) => {
    if (!provider) throw new AppError('not_found')
    return leadingOn(c, async () => {
      await begun.take(networkOf(c.var.address))
      const { url, cookie } = await beginSignOn({ provider, ceremonies }, c.req.query('next'))
      c.header('Set-Cookie', cookie)
      return url
    })
  })

  app.get('/api/openid/callback', async (c) => {
    if (!provider) throw new AppError('not_found')
    return leadingOn(c, async () => {
      c.header('Set-Cookie', ceremonies.blankCookie('openid'))
      const { to, cookie, secondStep } = await arrive({ db, sessions, ceremonies, provider }, c.var.actor, {
        secret: getCookie(c, ceremonies.cookieName('openid')),
        search: new URL(c.req.url).search,
        shown: getCookie(c, sessions.cookieName),
        label: deviceLabel(c.req.header('user-agent')),
      })
      if (cookie !== undefined) {
        rooms.recheck()
        c.header('Set-Cookie', cookie, { append: true })
      }
      if (secondStep !== undefined) c.header('Set-Cookie', secondStep, { append: true })
      return to
    })
  })

  operation(app, 'POST /api/session/openid', async ({ body }, c) => {
    const shown = getCookie(c, sessions.cookieName)
    const { user, cookie } = await finishSecondStep(
      { db, sessions, ceremonies, codes },
      {
        ...body,
        secret: getCookie(c, ceremonies.cookieName('openid_second')),
        network: networkOf(c.var.address),
        shown,
        label: deviceLabel(c.req.header('user-agent')),
      },
    )
    if (shown !== undefined) rooms.recheck()
    c.header('Set-Cookie', cookie)
    c.header('Set-Cookie', ceremonies.blankCookie('openid_second'), { append: true })
    return { user }
  })

  operation(app, 'POST /api/profile/identities', async ({ actor, body }, c) => {
    if (!provider) throw new AppError('not_found')
    const { url, cookie } = await beginLinking({ db, sessions, ceremonies, provider, proof }, actor, body.password)
    c.header('Set-Cookie', cookie)
    return { url }
  })

  operation(app, 'DELETE /api/profile/identities/:identityId', async ({ actor, params }) => {
    await removeIdentity(deps, actor, params.identityId)
    return undefined
  })

  return app
}
