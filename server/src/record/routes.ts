import { AppError } from '@cabildo/protocol/errors'
import { parseTilePath } from '@cabildo/record/tiles'
import { Hono } from 'hono'
import { z } from 'zod'
import type { HttpEnv } from '../http/env.ts'
import { refuseNul } from '../http/nul.ts'
import { operation } from '../http/operation.ts'
import { cutPage, keyOf, usualLimit } from '../http/paging.ts'
import type { Bundles } from './bundle/service.ts'
import { enterRecord, listPeople, listRecord, type ReadingDeps, readEntry, readHead } from './reading/service.ts'
import type { Tree } from './tree/service.ts'
import type { KnownWitness } from './witnessing/rules.ts'
import { cosignedHead } from './witnessing/service.ts'

/** What the record's routes need. */
export interface RecordDeps extends ReadingDeps {
  tree: Tree
  witnesses: readonly KnownWitness[]
  bundles: Bundles
}

const forever = 'public, max-age=31536000, immutable'

/**
 * The record: a plan's chronology and proofs for its members, and the signed tree for everybody, which tells no more
 * than hashes (c2sp.org/tlog-tiles, below `/tlog`).
 */
export function recordRoutes(deps: RecordDeps): Hono<HttpEnv> {
  const { db, tree } = deps
  const app = new Hono<HttpEnv>()

  operation(app, 'GET /api/plans/:planId/record', async ({ actor, params, query }) => {
    const { cursor, limit = usualLimit, ...wanted } = query
    const below = keyOf(cursor, z.int().positive())
    const items = await listRecord(deps, actor, params.planId, { ...wanted, below, limit: limit + 1 })
    return cutPage(items, limit, ({ seq }) => seq)
  })

  operation(app, 'GET /api/plans/:planId/record/entries/:seq', ({ actor, params }) => readEntry(deps, actor, params))

  operation(app, 'GET /api/plans/:planId/record/people', async ({ actor, params }) => ({
    items: await listPeople(deps, actor, params.planId),
  }))

  operation(app, 'GET /api/plans/:planId/record/head', ({ actor, params }) => readHead(deps, actor, params.planId))

  app.get('/api/plans/:planId/record/checkpoint', async (c) => {
    if (!c.var.actor) throw new AppError('signed_out')
    await enterRecord(db, c.var.actor, c.req.param('planId'))
    return c.text(await headOf(deps), 200, { 'Cache-Control': 'no-store' })
  })

  app.get('/api/plans/:planId/record/bundle', async (c) => {
    const { actor } = c.var
    if (!actor) throw new AppError('signed_out')
    refuseNul(c.req.param())
    await c.var.rates?.spendRead(actor.userId)
    const { name, size, stream } = await deps.bundles.of(actor, c.req.param('planId'))
    c.header('Cache-Control', 'no-store')
    c.header('Content-Type', 'application/zip')
    c.header('Content-Length', String(size))
    c.header('Content-Disposition', `attachment; filename="${name}"`)
    if (c.req.method !== 'HEAD') return c.body(stream)
    await stream.cancel()
    return c.body(null)
  })

  app.get('/tlog/checkpoint', async (c) => c.text(await headOf(deps), 200, { 'Cache-Control': 'no-cache' }))

  app.get('/tlog/tile/:level/:tile{.+}', async (c) => {
    const path = c.req.path.slice('/tlog/'.length)
    const tile = parseTilePath(path)
    if (!tile || tile.level === 'entries') throw new AppError('not_found')
    const hashes = await tree.tile(tile.level, tile.index, tile.width)
    c.header('Cache-Control', forever)
    c.header('Content-Type', 'application/octet-stream')
    return c.body(new Uint8Array(hashes))
  })

  return app
}

/** The last published head. Before the first one, and when the record is not as it was published, `unavailable`. */
async function headOf(deps: RecordDeps): Promise<string> {
  const head = await cosignedHead(deps)
  if (head !== undefined) return head
  throw new AppError('unavailable', { detail: deps.tree.alarm() ?? 'Nothing is signed yet.', retryAfter: 2 })
}
