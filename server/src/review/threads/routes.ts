import { Hono } from 'hono'
import { z } from 'zod'
import type { HttpEnv } from '../../http/env.ts'
import { operation } from '../../http/operation.ts'
import { cutPage, keyOf, usualLimit } from '../../http/paging.ts'
import { openThread, react, reply, reword, settle, takeBack } from './service.ts'
import { listPlaces, listThreads, readWordings, type ThreadDeps } from './tell.ts'

const thread = '/api/documents/:documentId/threads/:threadId'
const comment = `${thread}/comments/:commentId`

/** Threads of comments beside a document's text. */
export function threadRoutes(deps: ThreadDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()

  operation(app, 'GET /api/documents/:documentId/threads', async ({ actor, params, query }) => {
    const limit = query.limit ?? usualLimit
    const wanted = { after: keyOf(query.cursor, z.int().positive()), limit: limit + 1 }
    const { seq, syncToken, items } = await listThreads(deps, actor, params.documentId, query.syncToken, wanted)
    return { seq, syncToken, ...cutPage(items, limit, ({ number }) => number) }
  })
  operation(app, 'GET /api/documents/:documentId/threads/places', async ({ actor, params, query }) => {
    const limit = query.limit ?? usualLimit
    const wanted = { after: keyOf(query.cursor, z.int().positive()), limit: limit + 1 }
    const { seq, items } = await listPlaces(deps, actor, params.documentId, wanted)
    return { seq, ...cutPage(items, limit, ({ number }) => number) }
  })
  operation(app, 'POST /api/documents/:documentId/threads', ({ actor, params, body }) =>
    openThread(deps, actor, params.documentId, body),
  )
  operation(app, `POST ${thread}/comments`, ({ actor, params, body }) => reply(deps, actor, params, body))
  operation(app, `PATCH ${comment}`, ({ actor, params, body }) => reword(deps, actor, params, body))
  operation(app, `DELETE ${comment}`, ({ actor, params }) => takeBack(deps, actor, params))
  operation(app, `GET ${comment}/wordings`, async ({ actor, params }) => ({
    items: await readWordings(deps, actor, params),
  }))
  operation(app, `PUT ${comment}/reactions/:kind`, ({ actor, params }) => react(deps, actor, params, params.kind, true))
  operation(app, `DELETE ${comment}/reactions/:kind`, ({ actor, params }) =>
    react(deps, actor, params, params.kind, false),
  )
  operation(app, `POST ${thread}/resolve`, ({ actor, params, body }) =>
    settle(deps, actor, params, { step: 'resolved', ...body }),
  )
  operation(app, `POST ${thread}/reopen`, ({ actor, params, body }) =>
    settle(deps, actor, params, { step: 'reopened', ...body }),
  )

  return app
}
