import { Hono } from 'hono'
import { z } from 'zod'
import type { HttpEnv } from '../../http/env.ts'
import { operation } from '../../http/operation.ts'
import { cutPage, keyOf, usualLimit } from '../../http/paging.ts'
import { accept, acceptMany } from './accepting.ts'
import { propose, reject, withdraw } from './service.ts'
import { listProposals, type ProposalDeps } from './tell.ts'

const proposals = '/api/documents/:documentId/proposals'

/** Changes that people propose for a document. */
export function proposalRoutes(deps: ProposalDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()

  operation(app, `GET ${proposals}`, async ({ actor, params, query }) => {
    const limit = query.limit ?? usualLimit
    const wanted = { after: keyOf(query.cursor, z.int().positive()), limit: limit + 1 }
    const { seq, items } = await listProposals(deps, actor, params.documentId, wanted)
    return { seq, ...cutPage(items, limit, ({ number }) => number) }
  })
  operation(app, `POST ${proposals}`, ({ actor, params, body }) => propose(deps, actor, params.documentId, body))
  operation(app, `POST ${proposals}/accept`, ({ actor, params, body }) =>
    acceptMany(deps, actor, params.documentId, body),
  )
  operation(app, `POST ${proposals}/:proposalId/accept`, ({ actor, params, body }) => accept(deps, actor, params, body))
  operation(app, `POST ${proposals}/:proposalId/reject`, ({ actor, params, body }) => reject(deps, actor, params, body))
  operation(app, `POST ${proposals}/:proposalId/withdraw`, ({ actor, params }) => withdraw(deps, actor, params))

  return app
}
