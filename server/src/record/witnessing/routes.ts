import { Hono } from 'hono'
import type { Throttles } from '../../auth/throttling.ts'
import { networkOf } from '../../http/address.ts'
import type { HttpEnv } from '../../http/env.ts'
import { operation } from '../../http/operation.ts'
import { statusOf, takeCosignature, takeEvidence, type WitnessingDeps } from './service.ts'

/** Asked for in a minute by one address: a witness comes once for each head it sees. */
const perMinute = 120

/** How the record stands, for everybody; and where witnesses bring what they signed, and what alarmed them. */
export function witnessingRoutes({ throttles, ...deps }: WitnessingDeps & { throttles: Throttles }): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  const handedIn = throttles.bucket('witness: handed in', { points: perMinute, seconds: 60 })

  operation(app, 'GET /api/record/status', () => statusOf(deps))

  operation(app, 'POST /tlog/cosignatures', async ({ body }, c) => {
    await handedIn.take(networkOf(c.var.address))
    return takeCosignature(deps, body)
  })

  operation(app, 'POST /tlog/evidence', async ({ body }, c) => {
    await handedIn.take(networkOf(c.var.address))
    return takeEvidence(deps, body)
  })

  return app
}
