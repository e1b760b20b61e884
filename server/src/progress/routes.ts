import { Hono } from 'hono'
import type { Kysely } from 'kysely'
import type { Database } from '../db/types.ts'
import type { HttpEnv } from '../http/env.ts'
import { operation } from '../http/operation.ts'
import { assess, reportMilestone, tellProgress } from './service.ts'

const progress = '/api/documents/:documentId/progress'

/** What becomes of an approved text. */
export function progressRoutes({ db }: { db: Kysely<Database> }): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  operation(app, `GET ${progress}`, ({ actor, params }) => tellProgress(db, actor, params.documentId))
  operation(app, `POST ${progress}/reports`, ({ actor, params, body }) =>
    reportMilestone(db, actor, params.documentId, body),
  )
  operation(app, `POST ${progress}/assessments`, ({ actor, params, body }) =>
    assess(db, actor, params.documentId, body),
  )
  return app
}
