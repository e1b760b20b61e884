import { Hono } from 'hono'
import { z } from 'zod'
import type { HttpEnv } from '../http/env.ts'
import { operation } from '../http/operation.ts'
import { cutPage, keyOf, usualLimit } from '../http/paging.ts'
import { listPlans, type PlanDeps, readPlan } from './service.ts'

/** Plans. */
export function planRoutes(deps: PlanDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()

  operation(app, 'GET /api/plans', async ({ actor, query }) => {
    const limit = query.limit ?? usualLimit
    const plans = await listPlans(deps, actor, { after: keyOf(query.cursor, z.string()), limit: limit + 1 })
    return cutPage(plans, limit, ({ slug }) => slug)
  })

  operation(app, 'GET /api/plans/:planId', ({ actor, params }) => readPlan(deps, actor, params.planId))

  return app
}
