import { AppError } from '@cabildo/protocol/errors'
import { Hono } from 'hono'
import { z } from 'zod'
import type { HttpEnv } from '../http/env.ts'
import { refuseNul } from '../http/nul.ts'
import { operation } from '../http/operation.ts'
import { cutPage, keyOf, usualLimit } from '../http/paging.ts'
import { readAttendanceTable } from './attendance-csv.ts'
import { meetingFileRoutes } from './files/routes.ts'
import type { MeetingFileDeps } from './files/service.ts'
import { beginMinutes, type MinutesDeps, readMinutes } from './minutes/service.ts'
import { addMeeting, changeMeeting, countByWorkshop, countMeeting, gatherInputs, moveMeeting } from './service.ts'
import { listMeetings, readMeeting } from './tell.ts'

const plan = '/api/plans/:planId/meetings'
const meeting = `${plan}/:meetingId`

/** Meetings of a plan. */
export function meetingRoutes(deps: MeetingFileDeps & MinutesDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()

  app.get(`${plan}/attendance.csv`, async (c) => {
    const { actor } = c.var
    if (!actor) throw new AppError('signed_out')
    refuseNul(c.req.param())
    await c.var.rates?.spendRead(actor.userId)
    const language = c.req.query('language') === 'en' ? 'en' : 'es'
    const table = await readAttendanceTable(deps, actor, c.req.param('planId'), language)
    c.header('Cache-Control', 'no-store')
    c.header('Content-Type', 'text/csv; charset=utf-8')
    const name = language === 'en' ? 'attendance' : 'asistencia'
    c.header('Content-Disposition', `attachment; filename="${name}.csv"`)
    return c.body(table)
  })

  operation(app, `GET ${plan}`, async ({ actor, params, query }) => {
    const { cursor, number, limit = usualLimit } = query
    const after = keyOf(cursor, z.tuple([z.iso.date(), z.int().positive()]))
    const { items, ...rest } = await listMeetings(deps, actor, params.planId, { number, after, limit: limit + 1 })
    return { ...rest, ...cutPage(items, limit, ({ heldOn, number }) => [heldOn, number]) }
  })
  operation(app, `POST ${plan}`, ({ actor, params, body }) => addMeeting(deps, actor, params.planId, body))
  operation(app, `GET ${meeting}`, ({ actor, params }) => readMeeting(deps, actor, params))
  operation(app, `PUT ${meeting}`, ({ actor, params, body }) => changeMeeting(deps, actor, params, body))
  operation(app, `POST ${meeting}/state`, ({ actor, params, body }) => moveMeeting(deps, actor, params, body))
  operation(app, `PUT ${meeting}/attendance`, ({ actor, params, body }) => countMeeting(deps, actor, params, body))
  operation(app, `POST ${meeting}/attendance/workshop`, ({ actor, params, body }) =>
    countByWorkshop(deps, actor, params, body),
  )
  operation(app, `PUT ${meeting}/inputs`, ({ actor, params, body }) => gatherInputs(deps, actor, params, body))
  operation(app, `GET ${meeting}/minutes`, ({ actor, params }) => readMinutes(deps, actor, params))
  operation(app, `POST ${meeting}/minutes`, ({ actor, params }) => beginMinutes(deps, actor, params))
  app.route('/', meetingFileRoutes(deps))

  return app
}
