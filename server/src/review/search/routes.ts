import { Hono } from 'hono'
import { z } from 'zod'
import type { HttpEnv } from '../../http/env.ts'
import { operation } from '../../http/operation.ts'
import { cursorOf, keyOf } from '../../http/paging.ts'
import { mostCompared } from './rules.ts'
import { type SearchDeps, search } from './service.ts'

/** Finding texts of a plan by their words. */
export function searchRoutes(deps: SearchDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  operation(app, 'GET /api/plans/:planId/search', async ({ actor, params, query: { cursor, ...query } }) => {
    const offset = keyOf(cursor, z.int().min(1).max(mostCompared))
    const groups = await search(deps, actor, params.planId, { ...query, offset })
    return { groups: groups.map(({ nextOffset, ...group }) => ({ ...group, nextCursor: cursorOf(nextOffset) })) }
  })
  return app
}
