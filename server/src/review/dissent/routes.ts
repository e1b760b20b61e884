import { Hono } from 'hono'
import { z } from 'zod'
import type { HttpEnv } from '../../http/env.ts'
import { operation } from '../../http/operation.ts'
import { cutPage, keyOf, usualLimit } from '../../http/paging.ts'
import { type DissentDeps, listDissents, stateDissent, withdrawDissent } from './service.ts'

const dissents = '/api/documents/:documentId/dissents'

/** Positions that groups reserve on clauses of a text. */
export function dissentRoutes(deps: DissentDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()

  operation(app, `GET ${dissents}`, async ({ actor, params, query }) => {
    const limit = query.limit ?? usualLimit
    const wanted = { after: keyOf(query.cursor, z.int().positive()), limit: limit + 1 }
    const { items, ...rest } = await listDissents(deps, actor, params.documentId, wanted)
    return { ...rest, ...cutPage(items, limit, ({ number }) => number) }
  })
  operation(app, `POST ${dissents}`, ({ actor, params, body }) => stateDissent(deps, actor, params.documentId, body))
  operation(app, `POST ${dissents}/:dissentId/withdraw`, ({ actor, params }) => withdrawDissent(deps, actor, params))

  return app
}
