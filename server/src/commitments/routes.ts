import { Hono } from 'hono'
import type { HttpEnv } from '../http/env.ts'
import { operation } from '../http/operation.ts'
import { addCommitment, type CommitmentDeps } from './service.ts'

/** Commitments: adding one. They are read with their plan. */
export function commitmentRoutes(deps: CommitmentDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  operation(app, 'POST /api/plans/:planId/commitments', ({ actor, params, body }) =>
    addCommitment(deps, actor, { plan: params.planId, title: body.title }),
  )
  return app
}
