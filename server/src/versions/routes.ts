import { Hono } from 'hono'
import { z } from 'zod'
import type { HttpEnv } from '../http/env.ts'
import { operation } from '../http/operation.ts'
import { cutPage, keyOf, usualLimit } from '../http/paging.ts'
import { compareVersions, listVersions, readVersion, restoreVersion, saveVersion, type VersionDeps } from './service.ts'

/** Versions: kept, listed, read, compared, brought back. */
export function versionRoutes(deps: VersionDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()

  operation(app, 'GET /api/documents/:documentId/versions', async ({ actor, params, query }) => {
    const limit = query.limit ?? usualLimit
    const below = keyOf(query.cursor, z.int().positive())
    return cutPage(
      await listVersions(deps, actor, { ...params, below, limit: limit + 1 }),
      limit,
      ({ number }) => number,
    )
  })

  operation(app, 'POST /api/documents/:documentId/versions', ({ actor, params, body }) =>
    saveVersion(deps, actor, { ...params, ...body }),
  )

  operation(app, 'GET /api/documents/:documentId/versions/:versionId', ({ actor, params }) =>
    readVersion(deps, actor, params),
  )

  operation(app, 'GET /api/documents/:documentId/versions/:versionId/diff', ({ actor, params, query }) =>
    compareVersions(deps, actor, { ...params, wanted: query.with }),
  )

  operation(app, 'POST /api/documents/:documentId/versions/:versionId/restore', ({ actor, params }) =>
    restoreVersion(deps, actor, params),
  )

  return app
}
