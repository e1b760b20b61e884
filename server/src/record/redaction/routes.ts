import { Hono } from 'hono'
import type { HttpEnv } from '../../http/env.ts'
import { operation } from '../../http/operation.ts'
import { approveRedaction, askForRedaction, listRedactions, type RedactionDeps, refuseRedaction } from './service.ts'

/** Asking that personal data be taken out of a text, and deciding on it. */
export function redactionRoutes(deps: RedactionDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()

  operation(app, 'GET /api/plans/:planId/redactions', async ({ actor, params }) => ({
    items: await listRedactions(deps, actor, params.planId),
  }))

  operation(app, 'POST /api/plans/:planId/redactions', ({ actor, params, body }) =>
    askForRedaction(deps, actor, params.planId, body),
  )

  operation(app, 'POST /api/plans/:planId/redactions/:redactionId/approve', ({ actor, params }) =>
    approveRedaction(deps, actor, params),
  )

  operation(app, 'DELETE /api/plans/:planId/redactions/:redactionId', async ({ actor, params }) => {
    await refuseRedaction(deps, actor, params)
    return undefined
  })

  return app
}
