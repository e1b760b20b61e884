import { AppError } from '@cabildo/protocol/errors'
import { Hono } from 'hono'
import type { HttpEnv } from '../../../http/env.ts'
import { fileNumber, sendFile } from '../../../http/file-parts.ts'
import { refuseNul } from '../../../http/nul.ts'
import { operation } from '../../../http/operation.ts'
import { type AttachmentDeps, attach, detach, listAttachments, readAttachment } from './service.ts'

const attachments = '/api/plans/:planId/inputs/:inputId/attachments'

/** What is kept beside what people bring. */
export function attachmentRoutes(deps: AttachmentDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()

  operation(app, `GET ${attachments}`, ({ actor, params }) => listAttachments(deps, actor, params))
  operation(app, `POST ${attachments}`, ({ actor, params, file }) => attach(deps, actor, params, file))
  operation(app, `DELETE ${attachments}/:number`, ({ actor, params }) => detach(deps, actor, params))

  for (const what of ['bytes', 'thumbnail'] as const) {
    app.get(`${attachments}/:number${what === 'thumbnail' ? '/thumbnail' : ''}`, async (c) => {
      if (!c.var.actor) throw new AppError('signed_out')
      const { planId, inputId, number } = c.req.param()
      refuseNul({ planId, inputId, number })
      await c.var.rates?.spendRead(c.var.actor.userId)
      const address = { planId, inputId, number: fileNumber(number) }
      return sendFile(c, await readAttachment(deps, c.var.actor, address, what))
    })
  }
  return app
}
