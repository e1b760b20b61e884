import { AppError } from '@cabildo/protocol/errors'
import { Hono } from 'hono'
import type { HttpEnv } from '../../http/env.ts'
import { fileNumber, sendFile } from '../../http/file-parts.ts'
import { refuseNul } from '../../http/nul.ts'
import { operation } from '../../http/operation.ts'
import { attachFile, describeFile, detachFile, listFiles, type MeetingFileDeps, readFile } from './service.ts'

const files = '/api/plans/:planId/meetings/:meetingId/attachments'

/** What is kept beside meetings. */
export function meetingFileRoutes(deps: MeetingFileDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()

  operation(app, `GET ${files}`, ({ actor, params }) => listFiles(deps, actor, params))
  operation(app, `POST ${files}`, ({ actor, params, query, file }) =>
    attachFile(deps, actor, params, { use: query.use, file }),
  )
  operation(app, `PATCH ${files}/:number`, ({ actor, params, body }) => describeFile(deps, actor, params, body))
  operation(app, `DELETE ${files}/:number`, ({ actor, params }) => detachFile(deps, actor, params))

  for (const what of ['bytes', 'thumbnail'] as const) {
    app.get(`${files}/:number${what === 'thumbnail' ? '/thumbnail' : ''}`, async (c) => {
      if (!c.var.actor) throw new AppError('signed_out')
      const { planId, meetingId, number } = c.req.param()
      refuseNul({ planId, meetingId, number })
      await c.var.rates?.spendRead(c.var.actor.userId)
      const address = { planId, meetingId, number: fileNumber(number) }
      return sendFile(c, await readFile(deps, c.var.actor, address, what))
    })
  }
  return app
}
