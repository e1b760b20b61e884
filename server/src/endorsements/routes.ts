import { AppError } from '@cabildo/protocol/errors'
import { Hono } from 'hono'
import type { HttpEnv } from '../http/env.ts'
import { refuseNul } from '../http/nul.ts'
import { operation } from '../http/operation.ts'
import {
  type EndorsementDeps,
  endorse,
  keepLetter,
  listEndorsements,
  openLetter,
  takeBackEndorsement,
  takeBackLetter,
} from './service.ts'

const plan = '/api/plans/:planId'

/** A letter is saved by who reads it and is never a page of ours. */
const filePolicy = "sandbox; default-src 'none'; frame-ancestors 'none'"

/** Who stands behind a plan. */
export function endorsementRoutes(deps: EndorsementDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()

  operation(app, `GET ${plan}/endorsements`, ({ actor, params }) => listEndorsements(deps, actor, params.planId))
  operation(app, `POST ${plan}/endorsements`, ({ actor, params, body }) => endorse(deps, actor, params.planId, body))
  operation(app, `POST ${plan}/endorsements/:endorsementId/withdrawal`, ({ actor, params, body }) =>
    takeBackEndorsement(deps, actor, { ...params, ...body }),
  )
  operation(app, `POST ${plan}/letters`, ({ actor, params, query, file }) =>
    keepLetter(deps, actor, { ...params, ...query }, file),
  )
  operation(app, `POST ${plan}/letters/:number/withdrawal`, ({ actor, params, body }) =>
    takeBackLetter(deps, actor, { ...params, ...body }),
  )

  app.get(`${plan}/letters/:number`, async (c) => {
    if (!c.var.actor) throw new AppError('signed_out')
    const { planId, number } = c.req.param()
    refuseNul({ planId, number })
    await c.var.rates?.spendRead(c.var.actor.userId)
    const asked = /^[1-9]\d{0,5}$/.test(number) ? Number(number) : 0
    const { bytes, mediaType, name } = await openLetter(deps, c.var.actor, planId, asked)
    c.header('Cache-Control', 'no-store')
    c.header('Content-Security-Policy', filePolicy)
    c.header('Content-Type', mediaType)
    c.header('Content-Disposition', `attachment; filename="${name}"`)
    return c.body(new Uint8Array(bytes))
  })
  return app
}
