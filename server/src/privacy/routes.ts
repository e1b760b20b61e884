import { Hono } from 'hono'
import type { Kysely } from 'kysely'
import type { Passwords } from '../auth/passwords.ts'
import { createProof } from '../auth/proof.ts'
import type { Sessions } from '../auth/sessions.ts'
import type { Throttles } from '../auth/throttling.ts'
import type { Database } from '../db/types.ts'
import type { HttpEnv } from '../http/env.ts'
import { operation } from '../http/operation.ts'
import type { Logger } from '../log.ts'
import type { Erasures } from '../record/forgetting/erasures.ts'
import type { Rooms } from '../rooms/ports.ts'
import { townDay } from '../town-time.ts'
import { eraseSelf } from './erasing/service.ts'
import { exportSelf } from './export/service.ts'
import { chooseDisplay, withdrawConsent } from './service.ts'

/** What personal data needs. */
export interface PrivacyDeps {
  db: Kysely<Database>
  sessions: Sessions
  passwords: Passwords
  throttles: Throttles
  rooms: Pick<Rooms, 'recheck'>
  erasures: Pick<Erasures, 'add'>
  logger: Pick<Logger, 'error'>
  now: () => Date
}

/** Display, consent, export, erasure: what a person may do with what is about them. */
export function privacyRoutes(deps: PrivacyDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  const exports = deps.throttles.bucket('profile export', { points: 20, seconds: 3600 })
  const proof = createProof(deps)

  operation(app, 'GET /api/profile/export', async ({ actor }, c) => {
    const answer = await exportSelf({ ...deps, exports }, actor)
    const day = townDay(answer.exportedAt)
    c.header('Content-Disposition', `attachment; filename="cabildo-${day}.json"`)
    return answer
  })

  operation(app, 'POST /api/profile/erase', async ({ actor, body }, c) => {
    await eraseSelf({ ...deps, proof }, actor, body)
    c.header('Set-Cookie', deps.sessions.blankCookie)
    return undefined
  })

  operation(app, 'PUT /api/plans/:planId/display', async ({ actor, params, body }) => {
    await chooseDisplay(deps, actor, params.planId, body.display)
    return undefined
  })

  operation(app, 'POST /api/plans/:planId/consent/withdraw', async ({ actor, params }) => {
    await withdrawConsent(deps, actor, params.planId)
    return undefined
  })

  return app
}
