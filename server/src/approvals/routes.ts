import { Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Kysely } from 'kysely'
import { createCeremonies } from '../auth/ceremonies.ts'
import { createCodes } from '../auth/factors/codes.ts'
import { createFreshProof } from '../auth/fresh-proof.ts'
import type { Passwords } from '../auth/passwords.ts'
import { createProof } from '../auth/proof.ts'
import type { Throttles } from '../auth/throttling.ts'
import type { Database } from '../db/types.ts'
import { networkOf } from '../http/address.ts'
import type { HttpEnv } from '../http/env.ts'
import { operation } from '../http/operation.ts'
import type { Keys } from '../keys.ts'
import { moveCommitment } from './moving.ts'
import { stepPlan } from './plan/moving.ts'
import { readPlanStanding } from './plan/tell.ts'
import { decideApproval, requestApproval, signApproval, withdrawApproval } from './service.ts'
import { type ApprovalDeps, readStanding } from './tell.ts'

const document = '/api/documents/:documentId'

/** The lives of commitments and plans, and the approval of an exact text of a commitment. */
export function approvalRoutes(
  deps: Omit<ApprovalDeps, 'fresh'> & {
    db: Kysely<Database>
    passwords: Passwords
    throttles: Throttles
    keys: Keys
    config: { readonly baseUrl: string }
    now: () => Date
  },
): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  const { db, rooms, config, now } = deps
  const ceremonies = createCeremonies(db, { secure: config.baseUrl.startsWith('https:') })
  const parts = {
    db,
    rooms,
    now,
    ceremonies,
    config,
    fresh: createFreshProof({ db, proof: createProof(deps), codes: createCodes(deps) }),
  }

  operation(app, `GET ${document}/standing`, ({ actor, params }) => readStanding(parts, actor, params.documentId))
  operation(app, `POST ${document}/steps`, ({ actor, params, body }) =>
    moveCommitment(parts, actor, params.documentId, body),
  )
  operation(app, `POST ${document}/approvals`, ({ actor, params, body }) =>
    requestApproval(parts, actor, { ...params, ...body }),
  )
  operation(app, `POST ${document}/approvals/:approvalId/signing`, async ({ actor, params, body }, c) => {
    const { options, cookie } = await signApproval(parts, actor, { ...params, ...body })
    c.header('Set-Cookie', cookie)
    return { ...options }
  })
  operation(app, `POST ${document}/approvals/:approvalId/decisions`, async ({ actor, params, body }, c) => {
    const secret = getCookie(c, ceremonies.cookieName('passkey_signing'))
    if (body.passkey) c.header('Set-Cookie', ceremonies.blankCookie('passkey_signing'))
    return decideApproval(parts, actor, { ...params, ...body, secret, network: networkOf(c.var.address) })
  })
  operation(app, `POST ${document}/approvals/:approvalId/withdrawal`, ({ actor, params, body }) =>
    withdrawApproval(parts, actor, { ...params, ...body }),
  )

  operation(app, 'GET /api/plans/:planId/standing', ({ actor, params }) =>
    readPlanStanding(parts, actor, params.planId),
  )
  operation(app, 'POST /api/plans/:planId/steps', ({ actor, params, body }) =>
    stepPlan(parts, actor, params.planId, body),
  )

  return app
}
