import { Hono } from 'hono'
import { z } from 'zod'
import { addCommitment, type CommitmentDeps } from '../commitments/service.ts'
import type { HttpEnv } from '../http/env.ts'
import { operation } from '../http/operation.ts'
import { cutPage, keyOf, usualLimit } from '../http/paging.ts'
import { listPlans, readPlan } from './service.ts'

/** Plans and their commitments. */
export function planRoutes(deps: CommitmentDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()

  operation(app, 'GET /api/plans', async ({ actor, query }) => {
    const limit = query.limit ?? usualLimit
    const plans = await listPlans(deps, actor, { after: keyOf(query.cursor, z.string()), limit: limit + 1 })
    return cutPage(plans, limit, ({ slug }) => slug)
  })

  operation(app, 'GET /api/plans/:planId', ({ actor, params }) => readPlan(deps, actor, params.planId))

  operation(app, 'POST /api/plans/:planId/commitments', ({ actor, params, body }) =>
    addCommitment(deps, actor, { plan: params.planId, title: body.title }),
  )

  return app
}
