import { timingSafeEqual } from 'node:crypto'
import { AppError } from '@cabildo/protocol/errors'
import { Hono } from 'hono'
import type { Clock } from '../rooms/ports.ts'
import { isLoopback } from './address.ts'
import type { HttpEnv } from './env.ts'
import type { Metrics } from './metrics.ts'

/** What the service's own addresses need. */
export interface HealthDeps {
  /** The migrations the database lacks; throws when it cannot be reached. */
  pendingMigrations: () => Promise<readonly string[]>
  /** True from the moment the server begins to stop. */
  draining: () => boolean
  clock: Clock
  metrics: Metrics
  metricsToken: string | undefined
}

/** How long `/readyz` waits for the database, in milliseconds. */
const patience = 2000

/**
 * `/healthz`: this process answers. `/readyz`: it can do its work, else 503 with what is not ready in `notReady`.
 * `/metrics`: for this machine, or whoever shows the token.
 */
export function healthRoutes(deps: HealthDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()

  app.get('/healthz', (c) => c.json({ status: 'alive' }, 200, { 'Cache-Control': 'no-store' }))

  app.get('/readyz', async (c) => {
    const notReady = await whatIsNotReady(deps)
    const body = { status: notReady.length === 0 ? 'ready' : 'not_ready', notReady }
    return c.json(body, notReady.length === 0 ? 200 : 503, { 'Cache-Control': 'no-store' })
  })

  app.get('/metrics', async (c) => {
    // A proxy on this machine speaks for others: then the loopback address proves nothing.
    const isLocal = isLoopback(c.var.address) && !c.req.header('x-forwarded-for') && !c.req.header('forwarded')
    if (!isLocal && !showsToken(c.req.header('authorization'), deps.metricsToken)) throw new AppError('forbidden')
    return c.text(await deps.metrics.text(), 200, {
      'Content-Type': deps.metrics.contentType,
      'Cache-Control': 'no-store',
    })
  })

  return app
}

/** What keeps the server from its work, each as a short name and its cause. */
async function whatIsNotReady({ draining, pendingMigrations, clock }: HealthDeps): Promise<string[]> {
  if (draining()) return ['server: stopping']
  let cancel = () => {}
  const late = new Promise<'late'>((resolve) => {
    cancel = clock.after(patience, () => resolve('late'))
  })
  try {
    const pending = await Promise.race([pendingMigrations(), late])
    if (pending === 'late') return ['database: does not answer']
    return pending.length === 0 ? [] : [`database: not migrated (${pending.join(', ')})`]
  } catch {
    return ['database: cannot be reached']
  } finally {
    cancel()
  }
}

function showsToken(authorization: string | undefined, token: string | undefined): boolean {
  if (!token || !authorization) return false
  const shown = Buffer.from(authorization)
  const wanted = Buffer.from(`Bearer ${token}`)
  return shown.length === wanted.length && timingSafeEqual(shown, wanted)
}
