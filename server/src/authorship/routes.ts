import { Hono } from 'hono'
import { z } from 'zod'
import type { HttpEnv } from '../http/env.ts'
import { operation } from '../http/operation.ts'
import { keyOf, usualLimit } from '../http/paging.ts'
import { readDeleted } from './deleted.ts'
import { readMarks } from './marks/service.ts'
import { type AuthorshipDeps, readAuthorship, readMoment, readPlanAuthorship } from './service.ts'

/** Who wrote what, when, in which workshop, beside what, and what was taken away. */
export function authorshipRoutes(deps: AuthorshipDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()

  operation(app, 'GET /api/documents/:documentId/authorship', ({ actor, params, query }) =>
    readAuthorship(deps, actor, params.documentId, query.seq),
  )

  operation(app, 'GET /api/documents/:documentId/authorship/moments/:seq', ({ actor, params }) =>
    readMoment(deps, actor, params.documentId, params.seq),
  )

  operation(app, 'GET /api/documents/:documentId/authorship/marks', async ({ actor, params }) => ({
    items: await readMarks(deps, actor, params.documentId),
  }))

  operation(app, 'GET /api/documents/:documentId/authorship/deleted', ({ actor, params, query }) =>
    readDeleted(deps, actor, params.documentId, {
      before: keyOf(query.cursor, z.tuple([z.number().int().min(1), z.number().int().min(0)])),
      field: query.field,
      limit: query.limit ?? usualLimit,
    }),
  )

  operation(app, 'GET /api/plans/:planId/authorship', ({ actor, params }) =>
    readPlanAuthorship(deps, actor, params.planId),
  )

  return app
}
