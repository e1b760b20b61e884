import { Hono } from 'hono'
import type { HttpEnv } from '../../../http/env.ts'
import { operation } from '../../../http/operation.ts'
import { acknowledgeReset, approveReset, askForReset, listResets, type ResetDeps, refuseReset } from './service.ts'

/** Asking for the removal of a second factor that was lost, and deciding on it. */
export function resetRoutes(deps: ResetDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()

  operation(app, 'POST /api/plans/:planId/members/:userId/factor-reset', ({ actor, params, body }) =>
    askForReset(deps, actor, params, body.reason),
  )

  operation(app, 'GET /api/plans/:planId/factor-resets', async ({ actor, params }) => ({
    items: await listResets(deps, actor, params.planId),
  }))

  operation(app, 'POST /api/plans/:planId/factor-resets/:resetId/approve', async ({ actor, params }) => {
    await approveReset(deps, actor, params)
    return undefined
  })

  operation(app, 'DELETE /api/plans/:planId/factor-resets/:resetId', async ({ actor, params }) => {
    await refuseReset(deps, actor, params)
    return undefined
  })

  operation(app, 'POST /api/profile/factor-reset/seen', async ({ actor }) => {
    await acknowledgeReset(deps, actor)
    return undefined
  })

  return app
}
