import { AppError } from '@cabildo/protocol/errors'
import { Key } from '@cabildo/protocol/http/common'
import { Hono } from 'hono'
import type { HttpEnv } from '../http/env.ts'
import { refuseNul } from '../http/nul.ts'
import { operation } from '../http/operation.ts'
import { createPacks, type PackDeps } from './evidence.ts'
import { isFileName } from './files.ts'
import { planSchemaFile, planSchemaPath } from './plan-file.ts'
import { asFile } from './sending.ts'
import { exportPlan, listExports } from './service.ts'

const exports = '/api/plans/:planId/exports'

/** Files that a plan is taken along as, for those who take part in it. */
export function exportRoutes(deps: PackDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  const packs = createPacks(deps)

  app.get(planSchemaPath, (c) => {
    c.header('Content-Type', 'application/schema+json; charset=utf-8')
    c.header('Cache-Control', 'public, max-age=3600')
    return c.body(planSchemaFile(deps.config.baseUrl))
  })

  operation(app, `GET ${exports}`, ({ actor, params }) => listExports(deps, actor, params.planId))
  operation(app, `GET ${exports}/evidence/:key`, ({ actor, params }) =>
    packs.progressOf(actor, params.planId, params.key),
  )

  app.get(`${exports}/:file`, async (c) => {
    const { actor } = c.var
    if (!actor) throw new AppError('signed_out')
    refuseNul(c.req.param())
    const { planId, file } = c.req.param()
    const language = c.req.query('language') === 'en' ? 'en' : 'es'
    await c.var.rates?.spendFile(actor.userId)
    c.header('Cache-Control', 'no-store')
    if (file === 'evidence.zip') {
      // Nobody would read what is made for the heads alone.
      if (c.req.method === 'HEAD') throw new AppError('not_found')
      const key = Key.safeParse(c.req.query('key')).data
      const { name, stream } = await packs.begin(actor, planId, { language, key })
      c.header('Content-Type', 'application/zip')
      asFile(c, name)
      return c.body(stream)
    }
    if (!isFileName(file)) throw new AppError('not_found')
    const text = c.req.query('text') === 'public' ? 'public' : 'working'
    const sent = await exportPlan(deps, actor, planId, { name: file, language, text })
    c.header('Content-Type', sent.mediaType)
    asFile(c, sent.name)
    return c.body(new Uint8Array(sent.bytes))
  })

  return app
}
