import { Hono } from 'hono'
import type { HttpEnv } from '../http/env.ts'
import { operation } from '../http/operation.ts'
import { applyImport, type ImportDeps, previewImport } from './service.ts'

const imports = '/api/documents/:documentId/imports'

/** Texts of Word and Markdown, read into a document. */
export function importRoutes(deps: ImportDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()

  operation(app, `POST ${imports}`, ({ actor, params, file }) => previewImport(deps, actor, params.documentId, file))
  operation(app, `POST ${imports}/apply`, ({ actor, params, body }) =>
    applyImport(deps, actor, params.documentId, body),
  )

  return app
}
