import { Hono } from 'hono'
import { z } from 'zod'
import type { HttpEnv } from '../../http/env.ts'
import { operation } from '../../http/operation.ts'
import { cutPage, keyOf, usualLimit } from '../../http/paging.ts'
import {
  changeSettings,
  listNews,
  listUnread,
  markSeen,
  type NewsDeps,
  readDigest,
  readSettings,
  stopLetters,
} from './service.ts'

/** Where a page of news goes on: below an entry, in the list as it stood. */
const place = z
  .tuple([z.int().positive(), z.int().min(0), z.int().min(0), z.int().min(0)])
  .transform(([below, seen, head, at]) => ({ below, seen, head, at }))

/** What happened while somebody was away, and because of them; and how they wish to be told. */
export function newsRoutes(deps: NewsDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()

  operation(app, 'GET /api/news', async ({ actor }) => ({
    items: await listUnread(deps, actor),
  }))
  operation(app, 'GET /api/plans/:planId/news', async ({ actor, params, query }) => {
    const limit = query.limit ?? usualLimit
    const from = keyOf(query.cursor, place)
    const wanted = { from, split: query.seen, mine: query.mine === 'true', limit }
    const { items, asOf, ...more } = await listNews(deps, actor, params.planId, wanted)
    return { ...more, ...cutPage(items, limit, ({ entry }) => [entry, asOf.seen, asOf.head, asOf.at]) }
  })
  operation(app, 'POST /api/plans/:planId/news/seen', async ({ actor, params, body }) => ({
    unread: await markSeen(deps, actor, params.planId, body.mark),
  }))
  operation(app, 'GET /api/plans/:planId/news/digest', ({ actor, params, query }) =>
    readDigest(deps, actor, params.planId, query),
  )
  operation(app, 'GET /api/profile/news', ({ actor }) => readSettings(deps, actor))
  operation(app, 'PUT /api/profile/news', ({ actor, body }) => changeSettings(deps, actor, body))
  operation(app, 'POST /api/news/stop', async ({ body }) => {
    await stopLetters(deps, body.token)
    return undefined
  })

  return app
}
