import { Hono } from 'hono'
import { z } from 'zod'
import type { HttpEnv } from '../http/env.ts'
import { operation } from '../http/operation.ts'
import { cutPage, keyOf, usualLimit } from '../http/paging.ts'
import { createPlan, type MakingDeps } from './making/service.ts'
import { publishText, readPublication } from './publication/service.ts'
import { listPlans, type PlanDeps, readPlan } from './service.ts'
import { describePlan, type PlanTextDeps, readPlanText } from './text/service.ts'

/** Plans: making them, reading them, and what is said of each. */
export function planRoutes(deps: PlanDeps & MakingDeps & PlanTextDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()

  operation(app, 'GET /api/plans', async ({ actor, query }) => {
    const limit = query.limit ?? usualLimit
    const plans = await listPlans(deps, actor, { after: keyOf(query.cursor, z.string()), limit: limit + 1 })
    return cutPage(plans, limit, ({ slug }) => slug)
  })

  operation(app, 'POST /api/plans', ({ actor, body }) => createPlan(deps, actor, body))

  operation(app, 'GET /api/plans/:planId', ({ actor, params }) => readPlan(deps, actor, params.planId))

  operation(app, 'GET /api/plans/:planId/document', ({ actor, params }) => readPlanText(deps, actor, params.planId))

  operation(app, 'PATCH /api/plans/:planId', ({ actor, params, body }) =>
    describePlan(deps, actor, params.planId, body),
  )

  operation(app, 'GET /api/plans/:planId/publication', ({ actor, params }) =>
    readPublication(deps.db, actor, params.planId),
  )

  operation(app, 'POST /api/plans/:planId/publication', ({ actor, params, body }) =>
    publishText(deps.db, actor, params.planId, body),
  )

  return app
}
