import { Hono } from 'hono'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import { rights } from '../auth/rules.ts'
import type { Database } from '../db/types.ts'
import type { HttpEnv } from '../http/env.ts'
import { operation } from '../http/operation.ts'
import { cutPage, keyOf, usualLimit } from '../http/paging.ts'
import type { Rooms } from '../rooms/ports.ts'
import { addGroup, changeGroup, listGroups } from './groups/service.ts'
import { changeMember, endMembership, listHistory, listMembers } from './members/service.ts'

/** What groups and members need. */
export interface PeopleDeps {
  db: Kysely<Database>
  rooms: Pick<Rooms, 'recheck'>
}

/** Groups, members, the table of rights. */
export function peopleRoutes(deps: PeopleDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()

  operation(app, 'GET /api/rights', async () => ({
    rights: Object.entries(rights).map(([action, roles]) => ({ action, roles: [...roles] })),
  }))

  operation(app, 'GET /api/plans/:planId/groups', async ({ actor, params }) => ({
    items: await listGroups(deps, actor, params.planId),
  }))

  operation(app, 'POST /api/plans/:planId/groups', ({ actor, params, body }) =>
    addGroup(deps, actor, params.planId, body),
  )

  operation(app, 'PATCH /api/plans/:planId/groups/:groupId', ({ actor, params, body }) =>
    changeGroup(deps, actor, params, body),
  )

  operation(app, 'GET /api/plans/:planId/members', async ({ actor, params, query }) => {
    const { role, groupId, limit = usualLimit } = query
    const after = keyOf(query.cursor, z.tuple([z.string(), z.string()]))
    const members = await listMembers(deps, actor, params.planId, { role, groupId, after, limit: limit + 1 })
    return cutPage(members, limit, ({ place }) => place)
  })

  operation(app, 'GET /api/plans/:planId/members/history', async ({ actor, params, query }) => {
    const limit = query.limit ?? usualLimit
    const below = keyOf(query.cursor, z.int().positive())
    return cutPage(
      await listHistory(deps, actor, params.planId, { below, limit: limit + 1 }),
      limit,
      ({ number }) => number,
    )
  })

  operation(app, 'PATCH /api/plans/:planId/members/:userId', ({ actor, params, body }) =>
    changeMember(deps, actor, params, body),
  )

  operation(app, 'DELETE /api/plans/:planId/members/:userId', async ({ actor, params }) => {
    await endMembership(deps, actor, params)
    return undefined
  })

  return app
}
