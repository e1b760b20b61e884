import { Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Database } from '../../db/types.ts'
import { networkOf } from '../../http/address.ts'
import { deviceLabel } from '../../http/device-label.ts'
import type { HttpEnv } from '../../http/env.ts'
import { operation } from '../../http/operation.ts'
import { cutPage, keyOf, usualLimit } from '../../http/paging.ts'
import type { Mailer } from '../../mail/mailer.ts'
import type { Rooms } from '../../rooms/ports.ts'
import type { Passwords } from '../passwords.ts'
import type { Sessions } from '../sessions.ts'
import type { Throttles } from '../throttling.ts'
import { invite, listInvitations, makeRecovery, takeBack } from './invitations/service.ts'
import { lookAtLink, useLink } from './service.ts'

/** What one-time links need. */
export interface LinkDeps {
  db: Kysely<Database>
  sessions: Sessions
  passwords: Passwords
  throttles: Throttles
  mailer: Mailer
  rooms: Pick<Rooms, 'recheck'>
  config: { readonly baseUrl: string }
}

/** How many secrets of links may lead nowhere from one network. A workshop shares one. */
const mostFailures = { points: 30, seconds: 15 * 60 }

/** Invitations, recovery, and using a one-time link. */
export function linkRoutes({ db, sessions, passwords, throttles, mailer, rooms, config }: LinkDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  const failures = throttles.bucket('link', mostFailures)
  const making = { db, mailer, config }
  const using = { db, sessions, passwords, failures, rooms }

  operation(app, 'GET /api/plans/:planId/invitations', async ({ actor, params, query }) => {
    const limit = query.limit ?? usualLimit
    const after = keyOf(query.cursor, z.string().max(40))
    return cutPage(
      await listInvitations(making, actor, params.planId, { after, limit: limit + 1 }),
      limit,
      ({ id }) => id,
    )
  })

  operation(app, 'POST /api/plans/:planId/invitations', async ({ actor, params, body }) => ({
    items: await invite(making, actor, params.planId, body.people),
  }))

  operation(app, 'DELETE /api/plans/:planId/invitations/:linkId', async ({ actor, params }) => {
    await takeBack(making, actor, params)
    return undefined
  })

  operation(app, 'POST /api/plans/:planId/members/:userId/recovery', ({ actor, params }) =>
    makeRecovery(making, actor, params),
  )

  operation(app, 'POST /api/links/look', ({ body }, c) => lookAtLink(using, body.token, networkOf(c.var.address)))

  operation(app, 'POST /api/links/use', async ({ actor, body }, c) => {
    const shown = getCookie(c, sessions.cookieName)
    const label = deviceLabel(c.req.header('user-agent'))
    const { cookie, ...answer } = await useLink(using, body, { network: networkOf(c.var.address), actor, shown, label })
    c.header('Set-Cookie', cookie ?? sessions.blankCookie)
    return answer
  })

  return app
}
