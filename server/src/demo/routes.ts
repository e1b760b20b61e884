import { Hono } from 'hono'
import type { HttpEnv } from '../http/env.ts'
import { operation } from '../http/operation.ts'
import { type DemoDeps, isDemo } from './service.ts'

/** What a visitor may know before signing in. */
export function demoRoutes(deps: DemoDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  operation(app, 'GET /api/service', async () => ({
    demo: await isDemo(deps),
    openid: deps.config.openid?.label ?? null,
  }))
  return app
}
