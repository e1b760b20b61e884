import { AppError } from '@cabildo/protocol/errors'
import { Hono } from 'hono'
import { z } from 'zod'
import type { HttpEnv } from '../../http/env.ts'
import { refuseNul } from '../../http/nul.ts'
import { operation } from '../../http/operation.ts'
import { cutPage, keyOf, usualLimit } from '../../http/paging.ts'
import { createAlikes } from './alike.ts'
import { answerInput, linkInput, promise, unlinkInput } from './answering.ts'
import { readMatrix } from './matrix.ts'
import { readMatrixPdf } from './matrix-pdf.ts'
import { listDocumentPassages, listInputPassages } from './passages.ts'
import { moderateInput } from './public/service.ts'
import { bringInputs, bringProposal, bringThread, forgetName, takeBackInput } from './service.ts'
import { type InputDeps, listInputs, readCoverage, readInput } from './tell.ts'

const plan = '/api/plans/:planId/inputs'
const input = `${plan}/:inputId`

/** What people bring to a plan, and what they are answered. */
export function inputRoutes(deps: InputDeps & { now: () => Date }): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()

  operation(app, `GET ${plan}`, async ({ actor, params, query }) => {
    const { cursor, limit = usualLimit, mine, above, ...wanted } = query
    const after = keyOf(cursor, z.int().positive()) ?? above
    const page = { ...wanted, mine: mine === 'true', after, limit: limit + 1 }
    return cutPage(await listInputs(deps, actor, params.planId, page), limit, ({ number }) => number)
  })
  const alikes = createAlikes(deps)
  operation(app, `POST ${plan}`, async ({ actor, params, body }) => {
    const brought = await bringInputs(deps, actor, params.planId, body.inputs)
    const texts = body.inputs.map(({ words }) => words)
    // Those of the same list are beside each other on its screen, which points them out.
    const found = await alikes.find(actor, params.planId, texts, new Set(brought.map(({ id }) => id)))
    return { items: brought.map((one, at) => ({ ...one, alike: found[at] ?? [] })) }
  })
  operation(app, `POST ${plan}/alike`, async ({ actor, params, body }) => ({
    items: (await alikes.find(actor, params.planId, body.words)).map((alike) => ({ alike })),
  }))
  operation(app, `GET ${plan}/coverage`, ({ actor, params }) => readCoverage(deps, actor, params.planId))
  operation(app, `PUT ${plan}/promise`, ({ actor, params, body }) => promise(deps, actor, params.planId, body))

  for (const kind of ['csv', 'pdf'] as const) {
    app.get(`${plan}/matrix.${kind}`, async (c) => {
      const { actor } = c.var
      if (!actor) throw new AppError('signed_out')
      refuseNul(c.req.param())
      await c.var.rates?.spendRead(actor.userId)
      const language = c.req.query('language') === 'en' ? 'en' : 'es'
      const planId = c.req.param('planId')
      c.header('Cache-Control', 'no-store')
      c.header('Content-Type', kind === 'csv' ? 'text/csv; charset=utf-8' : 'application/pdf')
      const name = language === 'en' ? 'contributions' : 'aportes'
      c.header('Content-Disposition', `attachment; filename="${name}.${kind}"`)
      if (kind === 'csv') return c.body(await readMatrix(deps, actor, planId, language))
      return c.body(new Uint8Array(await readMatrixPdf(deps, actor, planId, { language, at: deps.now() })))
    })
  }

  operation(app, `GET ${input}`, ({ actor, params }) => readInput(deps, actor, params))
  operation(app, `DELETE ${input}`, ({ actor, params }) => takeBackInput(deps, actor, params))
  operation(app, `DELETE ${input}/name`, ({ actor, params }) => forgetName(deps, actor, params))
  operation(app, `POST ${input}/links`, ({ actor, params, body }) => linkInput(deps, actor, params, body))
  operation(app, `DELETE ${input}/links/:link`, ({ actor, params }) => unlinkInput(deps, actor, params))
  operation(app, `POST ${input}/moderation`, ({ actor, params, body }) => moderateInput(deps, actor, params, body))
  operation(app, `POST ${input}/answers`, ({ actor, params, body }) => answerInput(deps, actor, params, body))
  operation(app, 'POST /api/documents/:documentId/threads/:threadId/input', ({ actor, params }) =>
    bringThread(deps, actor, params),
  )

  operation(app, 'POST /api/documents/:documentId/proposals/:proposalId/input', ({ actor, params }) =>
    bringProposal(deps, actor, params),
  )
  operation(app, `GET ${input}/passages`, async ({ actor, params }) => ({
    items: await listInputPassages(deps, actor, params),
  }))
  operation(app, 'GET /api/documents/:documentId/passages', async ({ actor, params, query }) => {
    const limit = query.limit ?? usualLimit
    const wanted = { after: keyOf(query.cursor, z.int().positive()), limit: limit + 1 }
    const { items, ...rest } = await listDocumentPassages(deps, actor, params.documentId, wanted)
    return { ...rest, ...cutPage(items, limit, ({ entry }) => entry) }
  })

  return app
}
