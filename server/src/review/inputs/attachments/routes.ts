import { AppError } from '@cabildo/protocol/errors'
import { Hono } from 'hono'
import type { HttpEnv } from '../../../http/env.ts'
import { refuseNul } from '../../../http/nul.ts'
import { operation } from '../../../http/operation.ts'
import { partOf } from './rules.ts'
import { type AttachmentDeps, attach, detach, listAttachments, readAttachment } from './service.ts'

const attachments = '/api/plans/:planId/inputs/:inputId/attachments'

/** A file is shown or played by our own pages and is never a page itself: opened alone it can do nothing. */
const filePolicy = "sandbox; default-src 'none'; frame-ancestors 'none'"

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
      const address = { planId, inputId, number: /^[1-9]\d{0,5}$/.test(number) ? Number(number) : 0 }
      const { bytes, mediaType, name } = await readAttachment(deps, c.var.actor, address, what)
      c.header('Cache-Control', 'no-store')
      c.header('Content-Security-Policy', filePolicy)
      c.header('Content-Type', mediaType)
      c.header('Content-Disposition', `attachment; filename="${name}"`)
      c.header('Accept-Ranges', 'bytes')
      const part = partOf(c.req.header('range'), bytes.length)
      if (part === null) {
        c.header('Content-Range', `bytes */${bytes.length}`)
        return c.body(null, 416)
      }
      if (part === undefined) return c.body(new Uint8Array(bytes))
      c.header('Content-Range', `bytes ${part.from}-${part.to}/${bytes.length}`)
      return c.body(new Uint8Array(bytes.subarray(part.from, part.to + 1)), 206)
    })
  }
  return app
}
