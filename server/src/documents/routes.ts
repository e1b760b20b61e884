import { Hono } from 'hono'
import { z } from 'zod'
import type { HttpEnv } from '../http/env.ts'
import { operation } from '../http/operation.ts'
import { cutPage, keyOf, usualLimit } from '../http/paging.ts'
import { type DocumentDeps, readDocument, readDocumentAt, readHistory, readOpening } from './service.ts'

/** Documents: as they stand, as they stood, and who wrote when. */
export function documentRoutes(deps: DocumentDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()

  operation(app, 'GET /api/documents/:documentId', ({ actor, params }) => readDocument(deps, actor, params.documentId))

  operation(app, 'GET /api/documents/:documentId/opening', ({ actor, params }) =>
    readOpening(deps, actor, params.documentId),
  )

  operation(app, 'GET /api/documents/:documentId/at/:seq', ({ actor, params }) =>
    readDocumentAt(deps, actor, params.documentId, params.seq),
  )

  operation(app, 'GET /api/documents/:documentId/history', async ({ actor, params, query }) => {
    const limit = query.limit ?? usualLimit
    const after = keyOf(query.cursor, z.number().int().min(0)) ?? 0
    const runs = await readHistory(deps, actor, params.documentId, { after, limit: limit + 1 })
    return cutPage(runs, limit, ({ toSeq }) => toSeq)
  })

  return app
}
