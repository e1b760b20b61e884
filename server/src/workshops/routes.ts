import { Hono } from 'hono'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import { createGuesses } from '../auth/guesses.ts'
import type { Sessions } from '../auth/sessions.ts'
import type { Throttles } from '../auth/throttling.ts'
import type { Database } from '../db/types.ts'
import type { HttpEnv } from '../http/env.ts'
import { operation } from '../http/operation.ts'
import { cutPage, keyOf, usualLimit } from '../http/paging.ts'
import type { Keys } from '../keys.ts'
import type { Rooms } from '../rooms/ports.ts'
import { addParticipant } from './board/adding.ts'
import { changeParticipant, mergeInto, readAttendance, takeMergeBack } from './board/service.ts'
import { createDeviceBounds } from './device/bounds.ts'
import { deviceRoutes } from './device/routes.ts'
import { changeWorkshop, endWorkshop, listWorkshops, openWorkshop, readWorkshop } from './service.ts'
import { createWaysIn } from './ways-in.ts'

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
export function workshopRoutes({ db, sessions, throttles, keys, rooms, config }: WorkshopDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  const ways = createWaysIn(keys)
  const deps = { db, rooms, ways, config }

  operation(app, 'GET /api/plans/:planId/workshops', async ({ actor, params, query }) => {
    const limit = query.limit ?? usualLimit
    const after = keyOf(query.cursor, z.string().max(40))
    const found = await listWorkshops(deps, actor, params.planId, { after, limit: limit + 1 })
    return cutPage(found, limit, ({ id }) => id)
  })

  operation(app, 'POST /api/plans/:planId/workshops', ({ actor, params, body }) =>
    openWorkshop(deps, actor, params.planId, body),
  )

  operation(app, 'GET /api/plans/:planId/workshops/:workshopId', ({ actor, params }) =>
    readWorkshop(deps, actor, params),
  )

  operation(app, 'PATCH /api/plans/:planId/workshops/:workshopId', ({ actor, params, body }) =>
    changeWorkshop(deps, actor, params, body),
  )

  operation(app, 'POST /api/plans/:planId/workshops/:workshopId/close', ({ actor, params }) =>
    endWorkshop(deps, actor, params),
  )

  operation(app, 'GET /api/plans/:planId/workshops/:workshopId/attendance', ({ actor, params }) =>
    readAttendance(deps, actor, params),
  )

  operation(app, 'PATCH /api/plans/:planId/workshops/:workshopId/participants/:userId', ({ actor, params, body }) =>
    changeParticipant(deps, actor, params, body),
  )

  operation(
    app,
    'POST /api/plans/:planId/workshops/:workshopId/participants/:userId/merge',
    ({ actor, params, body }) => mergeInto(deps, actor, params, body.into),
  )

  operation(app, 'DELETE /api/plans/:planId/workshops/:workshopId/participants/:userId/merge', ({ actor, params }) =>
    takeMergeBack(deps, actor, params),
  )

  operation(app, 'POST /api/plans/:planId/workshops/:workshopId/participants', ({ actor, params, body }) =>
    addParticipant(deps, actor, params, body),
  )

  const secure = config.baseUrl.startsWith('https:')
  const guesses = createGuesses(throttles, 'workshop')
  app.route('/', deviceRoutes({ db, rooms, ways, guesses, bounds: createDeviceBounds(throttles), secure, sessions }))
  return app
}
