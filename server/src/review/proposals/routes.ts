import { Hono } from 'hono'
import type { HttpEnv } from '../../http/env.ts'
import { operation } from '../../http/operation.ts'
import { accept, acceptMany } from './accepting.ts'
import { propose, reject, withdraw } from './service.ts'
import { listProposals, type ProposalDeps } from './tell.ts'

const proposals = '/api/documents/:documentId/proposals'

/** Changes that people propose for a document. */
export function proposalRoutes(deps: ProposalDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()

  operation(app, `GET ${proposals}`, ({ actor, params }) => listProposals(deps, actor, params.documentId))
  operation(app, `POST ${proposals}`, ({ actor, params, body }) => propose(deps, actor, params.documentId, body))
  operation(app, `POST ${proposals}/accept`, ({ actor, params, body }) =>
    acceptMany(deps, actor, params.documentId, body),
  )
  operation(app, `POST ${proposals}/:proposalId/accept`, ({ actor, params, body }) => accept(deps, actor, params, body))
  operation(app, `POST ${proposals}/:proposalId/reject`, ({ actor, params, body }) => reject(deps, actor, params, body))
  operation(app, `POST ${proposals}/:proposalId/withdraw`, ({ actor, params }) => withdraw(deps, actor, params))

  return app
}
