import { DraftId } from '@cabildo/protocol/ids'
import { Hono } from 'hono'
import type { HttpEnv } from '../http/env.ts'
import { operation } from '../http/operation.ts'
import { cutPage, keyOf, usualLimit } from '../http/paging.ts'
import { type DraftDeps, dismissDraft, keepDraft, listDrafts, readDraft } from './service.ts'

/** Kept drafts: handed in, listed, read and put away by their author. */
export function draftRoutes(deps: DraftDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()

  operation(app, 'GET /api/documents/:documentId/drafts', async ({ actor, params, query }) => {
    const limit = query.limit ?? usualLimit
    const after = keyOf(query.cursor, DraftId)
    return cutPage(await listDrafts(deps, actor, { ...params, after, limit: limit + 1 }), limit, ({ id }) => id)
  })

  operation(app, 'POST /api/documents/:documentId/drafts', ({ actor, params, body }) =>
    keepDraft(deps, actor, { ...params, ...body }),
  )

  operation(app, 'GET /api/documents/:documentId/drafts/:draftId', ({ actor, params }) =>
    readDraft(deps, actor, params),
  )

  operation(app, 'DELETE /api/documents/:documentId/drafts/:draftId', async ({ actor, params }) => {
    await dismissDraft(deps, actor, params)
    return undefined
  })

  return app
}
